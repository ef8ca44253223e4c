import { Command, Option } from 'commander'
import { type Base, issuerOf } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { messageKeyPurpose, messengerOf } from '../mail/mail.ts'
import { parseDuration, printDuration } from '../platform/duration.ts'
import { isUuid } from '../platform/ids.ts'
import { createInvitationAdmin, type InvitationAdmin, type InvitationRow } from '../users/invitation-admin.job.ts'
import { checkEmail, checkUsername, type Identifier } from '../users/users.ts'
import { chosenTenant } from './chosen-tenant.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { languageOption } from './mail-base.ts'
import { wholeNumber } from './options.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'

const daySeconds = 86_400
const daysMax = 90

const adminOf = ({ config, db, tenantId }: Base): InvitationAdmin =>
  createInvitationAdmin({
    ...{ db, tenantId, record },
    issuer: issuerOf(config, chosenTenant()),
    messenger: messengerOf(config.key(messageKeyPurpose)),
  })

const onInvitations = <T>(work: (admin: InvitationAdmin) => Promise<T>): Promise<T> => onDatabase((base) => work(adminOf(base)))

/** A life of whole days, for the mail tells their number. */
const days = (text: string): number => {
  const seconds = parseDuration(text) ?? 0
  if (seconds >= daySeconds && seconds <= daysMax * daySeconds && seconds % daySeconds === 0) return seconds
  throw new CliError(`Give whole days from 1d to ${daysMax}d, such as 7d.`, 2)
}

const emailOf = (text: string): Identifier => {
  const check = checkEmail(text)
  if (check.kind === 'ok') return check.identifier
  throw new CliError(`"${plain(text)}" is not an e-mail address.`, 2)
}

const usernameOf = (text: string | undefined): string | undefined => {
  const check = text === undefined ? undefined : checkUsername(text)
  if (check?.kind === 'refused') throw new CliError(check.reason, 2)
  return check?.identifier.written
}

type Sent = { readonly id: string; readonly link: string | undefined }
type Said = { readonly json: boolean; readonly email: string; readonly sentence: string }

const report = ({ id, link }: Sent, { json, email, sentence }: Said): void =>
  answer(json, { id, email, ...(link !== undefined && { link }) }, () => [
    sentence,
    ...(link === undefined
      ? []
      : ['', `  ${link}`, '', 'This link works once and is not kept. It lets in whoever has it, and does not prove the address.']),
  ])

type InviteOptions = {
  readonly email: string
  readonly username?: string
  readonly expires: number
  readonly language: string
  readonly printLink?: boolean
  readonly json?: boolean
}

const refusals = {
  'has-account': (email: string) => `${email} has an account already. See: cip users show ${email}`,
  'invited-already': (email: string) => `${email} is invited already. Send it again with: cip users resend-invitation ${email}`,
}

const invite = ({ email: text, printLink = false, json = false, ...options }: InviteOptions): Promise<void> => {
  const [email, username] = [emailOf(text), usernameOf(options.username)]
  const { language, expires: lifeSeconds } = options
  return onInvitations(async (admin) => {
    const outcome = await admin.invite({ email, username, language, lifeSeconds }, { printsLink: printLink })
    if (outcome.kind !== 'sent') throw new CliError(refusals[outcome.kind](plain(email.written)))
    const sentence = `Invited ${plain(email.written)}; the mail is on its way and valid for ${printDuration(lifeSeconds)}.`
    report(outcome, { json, email: email.written, sentence })
  })
}

export const usersInvite = (): Command =>
  withExamples(
    withJson(new Command('invite').description('invite somebody to make an account, whatever the sign-up policy is'))
      .requiredOption('--email <address>', 'whom; the account gets this address')
      .option('--username <name>', 'the user name that the form begins with; it can be changed there')
      .option('--expires <duration>', 'whole days, at most 90d', days, 7 * daySeconds)
      .addOption(languageOption())
      .option('--print-link', 'also print a link, to pass on by yourself')
      .action(invite),
    'users invite --email alice@example.com',
    'users invite --email alice@example.com --username alice --expires 14d --language de',
    'users invite --email alice@example.com --print-link',
  )

const find = async (admin: InvitationAdmin, text: string): Promise<InvitationRow> => {
  const found = await admin.find(isUuid(text.toLowerCase()) ? { id: text.toLowerCase() } : { email: emailOf(text) })
  if (found === undefined) throw new CliError(`There is no invitation of "${plain(text)}". See: cip users invitations`)
  return found
}

const statuses = ['pending', 'accepted', 'revoked', 'expired'] as const
type ListOptions = { readonly status?: InvitationRow['status']; readonly limit: number; readonly json?: boolean }

const lines = (rows: readonly InvitationRow[]): readonly string[] =>
  rows.length === 0
    ? ['No invitations.']
    : table([
        ['e-mail', 'status', 'sent', 'expires', 'user', 'id'],
        ...rows.map((one) => [
          ...[one.email, one.status, one.sent_at.toISOString(), one.expires_at.toISOString()],
          ...[one.user_number === null ? '' : String(one.user_number), one.id],
        ]),
      ])

export const usersInvitations = (): Command =>
  withExamples(
    withJson(new Command('invitations').description('list invitations, the newest first'))
      .addOption(new Option('--status <status>', 'only these').choices(statuses))
      .option('--limit <number>', 'how many, at most 1000', wholeNumber(1, 1000), 50)
      .action(({ status, limit, json = false }: ListOptions) =>
        onInvitations(async (admin) => {
          const invitations = await admin.list({ status, limit })
          answer(json, { invitations }, () => lines(invitations))
        }),
      ),
    'users invitations',
    'users invitations --status pending --json',
  )

export const usersRevokeInvitation = (): Command =>
  withExamples(
    withJson(new Command('revoke-invitation').description('take an invitation back: its link is dead at once'))
      .argument('<invitation>', 'e-mail address, or the id')
      .action((text: string, { json = false }: { json?: boolean }) =>
        onInvitations(async (admin) => {
          const { id, email, status } = await find(admin, text)
          if (!(await admin.revoke(id))) throw new CliError(`The invitation of ${plain(email)} cannot be taken back: it is ${status}.`)
          answer(json, { id, email, revoked: true }, () => `The invitation of ${plain(email)} was taken back.`)
        }),
      ),
    'users revoke-invitation alice@example.com',
  )

export const usersResendInvitation = (): Command =>
  withExamples(
    withJson(
      new Command('resend-invitation').description('send an invitation again, with a new link and its whole time; earlier links are dead'),
    )
      .argument('<invitation>', 'e-mail address, or the id')
      .option('--print-link', 'also print a link, to pass on by yourself')
      .action((text: string, { printLink = false, json = false }: { printLink?: boolean; json?: boolean }) =>
        onInvitations(async (admin) => {
          const { id, email, status } = await find(admin, text)
          const outcome = await admin.resend(id, { printsLink: printLink })
          if (outcome.kind === 'ended')
            throw new CliError(
              `The invitation of ${plain(email)} cannot be sent again: it is ${status}. Make a new one with: cip users invite`,
            )
          report(outcome, { json, email, sentence: `The invitation of ${plain(email)} is on its way again.` })
        }),
      ),
    'users resend-invitation alice@example.com',
  )

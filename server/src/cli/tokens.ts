import { Command } from 'commander'
import type { TokenOutcome } from '../access/tokens.job.ts'
import { createTokenAdmin } from '../access/tokens.job.ts'
import { isUuid } from '../platform/ids.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { wholeNumber } from './options.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { onUsers } from './users-base.ts'

type Options = {
  readonly json?: boolean
  readonly name: string
  readonly permission: readonly string[]
  readonly days: number
}

const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one]
const user = '<user>'
const about = 'user name, e-mail address, number or UUID'

const made = (outcome: TokenOutcome, reference: string): Extract<TokenOutcome, { kind: 'made' }> => {
  if (outcome.kind === 'made') return outcome
  if (outcome.kind === 'lacking')
    throw new CliError(`"${plain(reference)}" does not hold: ${outcome.permissions.join(', ')}. Give a role first: cip roles give`)
  if (outcome.kind === 'too-many') throw new CliError(`One person has at most ${outcome.max} tokens. Remove one: cip tokens remove`)
  throw new CliError(`"${plain(reference)}" is disabled. Open the account first: cip users enable`)
}

const create = (): Command =>
  withExamples(
    withJson(new Command('create').description('make a token for the admin API; it is shown once').argument(user, about))
      .requiredOption('--name <text>', 'what it is for')
      .requiredOption('--permission <name>', 'what it allows; again for more', collect)
      .option('--days <number>', 'how long it lives', wholeNumber(1, 366), 30)
      .action((reference: string, { json = false, name, permission, days }: Options) =>
        onUsers(async (admin, { db, tenantId }) => {
          const { id: userId } = await findUser(admin, reference)
          const { token, text } = made(
            await createTokenAdmin(db, tenantId).make({ userId, name, permissions: permission, days }),
            reference,
          )
          answer(json, { id: token.id, token: text, expires_at: token.expires_at.toISOString() }, () => [
            text,
            `It is shown once and lives until ${token.expires_at.toISOString()}.`,
          ])
        }),
      ),
    'tokens create alice --name "nightly report" --permission users:read --days 90',
  )

const list = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the tokens of a person').argument(user, about)).action(
      (reference: string, { json = false }: Pick<Options, 'json'>) =>
        onUsers(async (admin, { db, tenantId }) => {
          const tokens = await createTokenAdmin(db, tenantId).list((await findUser(admin, reference)).id)
          const rows = tokens.map(({ id, name, permissions, expires_at }) => [id, name, permissions.join(' '), expires_at.toISOString()])
          answer(json, { tokens }, () => (rows.length === 0 ? ['No tokens.'] : table([['id', 'name', 'permissions', 'expires'], ...rows])))
        }),
    ),
    'tokens list alice',
  )

const remove = (): Command =>
  withExamples(
    withJson(new Command('remove').description('remove a token; it ends at once').argument(user, about).argument('<id>')).action(
      (reference: string, id: string, { json = false }: Pick<Options, 'json'>) =>
        onUsers(async (admin, { db, tenantId }) => {
          const { id: userId } = await findUser(admin, reference)
          if (!isUuid(id) || !(await createTokenAdmin(db, tenantId).remove({ userId, id })))
            throw new CliError(`"${plain(reference)}" has no token ${plain(id)}. See: cip tokens list`)
          answer(json, { id, changed: true }, () => `The token ${id} was removed.`)
        }),
    ),
    'tokens remove alice 019a0000-0000-7000-8000-000000000000',
  )

export const tokensCommand = (program: Command): void =>
  group(program, {
    name: 'tokens',
    description: 'make, list and remove personal access tokens for the admin API',
    children: [create(), list(), remove()],
  })

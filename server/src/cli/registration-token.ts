import { Command, InvalidArgumentError } from 'commander'
import { createRegistrationAdmin, type RegistrationAdmin, type RegistrationPolicy } from '../clients/registration.job.ts'
import { parseDuration } from '../platform/duration.ts'
import { isUuid } from '../platform/ids.ts'
import { changeSettingOf } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { wholeNumber } from './options.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'

/** Runs `work` with the registration policy and tokens of the database that the settings name. */
export const onRegistration = <T>(work: (admin: RegistrationAdmin) => Promise<T>): Promise<T> =>
  onDatabase(({ db, tenantId }) => work(createRegistrationAdmin({ db, tenantId })))

/** Changes the policy, which is a part of the configuration. */
export const setRegistrationPolicy = (changes: Partial<RegistrationPolicy>): Promise<RegistrationPolicy> =>
  onDatabase((base) =>
    changeSettingOf(base, {
      name: 'registration',
      change: ({ db, tenantId }) => createRegistrationAdmin({ db, tenantId }).setPolicy(changes),
    }),
  )

const life = (text: string): number => {
  const seconds = parseDuration(text)
  if (seconds === undefined || seconds < 60) throw new InvalidArgumentError('Give a duration such as 7d, at least 60s.')
  return seconds
}

type CreateOptions = { readonly uses?: number; readonly expires?: number; readonly note?: string; readonly json?: boolean }

const create = ({ uses, expires, note, json = false }: CreateOptions): Promise<void> =>
  onRegistration(async (admin) => {
    const made = await admin.createToken({ uses, lifeSeconds: expires, note })
    answer(json, { id: made.id, initial_access_token: made.token, uses_left: uses ?? null }, () => [
      `Initial access token: ${made.token}`,
      'It is shown only now. Clients send it as Authorization: Bearer to /oauth2/register.',
    ])
  })

const tokenCreate = (): Command =>
  withExamples(
    withJson(new Command('create').description('make an initial access token, which lets clients register; it is shown once'))
      .option('--uses <number>', 'how many clients it may register; without end otherwise', wholeNumber(1, 1_000_000))
      .option('--expires <duration>', 'how long it works; without end otherwise', life)
      .option('--note <text>', 'what it is for')
      .action(create),
    'registration token create --uses 1 --expires 7d --note "partner portal"',
  )

const tokenList = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the initial access tokens; never their text')).action(
      ({ json = false }: { json?: boolean }) =>
        onRegistration(async (admin) => {
          const tokens = await admin.listTokens()
          const rows = tokens.map(({ id, note, uses_left: left, expires_at: at, is_live }) => [
            id,
            note ?? '',
            left === null ? 'without end' : String(left),
            at?.toISOString() ?? 'never',
            is_live ? 'yes' : 'no',
          ])
          answer(json, { tokens }, () =>
            rows.length === 0 ? ['No tokens.'] : table([['id', 'note', 'uses left', 'expires', 'works'], ...rows]),
          )
        }),
    ),
    'registration token list',
  )

const remove = (id: string, { json = false }: { json?: boolean }): Promise<void> =>
  onRegistration(async (admin) => {
    if (!isUuid(id) || !(await admin.deleteToken(id)))
      throw new CliError(`There is no initial access token "${plain(id)}". See: cip registration token list`)
    answer(json, { id, changed: true }, () => `The initial access token ${id} was deleted.`)
  })

const tokenDelete = (): Command =>
  withExamples(
    withJson(
      new Command('delete').description('delete an initial access token: nobody registers with it from now on').argument('<id>'),
    ).action(remove),
    'registration token delete 01980000-0000-7000-8000-000000000000',
  )

export const registrationTokens = (): Command[] => [tokenList(), tokenCreate(), tokenDelete()]

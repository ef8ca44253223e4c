import { Command, Option } from 'commander'
import { type Base, keyChangesOf, rotationOf } from '../compose.ts'
import { type Algorithm, algorithms, firstAlgorithms, keyState, type RotateResult, revokeKeyNow, rotateKey } from '../keys/keys.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { confirm } from './input.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'

const listKeys = async (base: Base) => {
  const changes = keyChangesOf(base)
  const rows = await changes.run((tx) => changes.list(tx))
  const now = Date.now()
  return rows.map((row) => ({
    kid: row.id,
    algorithm: row.algorithm,
    state: keyState(row, now),
    created_at: row.created_at,
    active_at: row.active_at,
    retired_at: row.retired_at,
    revoked_at: row.revoked_at,
  }))
}

const keysList = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the signing keys')).action(({ json = false }: { json?: boolean }) =>
      onDatabase(async (base) => {
        const keys = await listKeys(base)
        const rows = keys.map(({ kid, algorithm, state, active_at: at }) => [kid, algorithm, state, at.toISOString()])
        answer(json, { keys }, () =>
          keys.length === 0 ? ['No keys yet: the first start makes them.'] : table([['key', 'algorithm', 'state', 'active from'], ...rows]),
        )
      }),
    ),
    'keys list',
  )

type RotateOptions = { readonly algorithm: Algorithm | 'all'; readonly now?: boolean; readonly json?: boolean }

const rotate = ({ algorithm, now = false, json = false }: RotateOptions): Promise<void> =>
  onDatabase(async (base) => {
    const chosen = algorithm === 'all' ? firstAlgorithms : [algorithm]
    const results: (RotateResult & { readonly algorithm: Algorithm })[] = []
    for (const one of chosen) {
      const result = await rotateKey(keyChangesOf(base), rotationOf(base), { algorithm: one, isImmediate: now })
      if (result !== undefined) results.push({ algorithm: one, ...result })
    }
    answer(json, { keys: results }, () =>
      results.map(({ algorithm: name, kind, kid, activeInSeconds }) => {
        const when = activeInSeconds <= 0 ? 'signs from now on' : `is published and signs in ${Math.ceil(activeInSeconds / 60)} min`
        return `${name}: ${kind === 'rotated' ? 'the new key' : 'a successor waits already: it'} ${kid} ${when}`
      }),
    )
  })

const keysRotate = (): Command =>
  withExamples(
    withJson(new Command('rotate').description('give signing keys a successor; tokens of the old key stay valid until they expire'))
      .addOption(new Option('--algorithm <name>', 'which key').choices([...algorithms, 'all']).default('all'))
      .option('--now', 'sign with it at once, before clients could fetch it')
      .action(rotate),
    'keys rotate',
    'keys rotate --algorithm RS256 --now',
  )

const revoke = (kid: string, { yes = false, json = false }: { yes?: boolean; json?: boolean }): Promise<void> =>
  onDatabase(async (base) => {
    const key = (await listKeys(base)).find((one) => one.kid === kid)
    if (key === undefined) throw new CliError(`There is no key "${plain(kid)}". See: cip keys list`)
    if (key.state !== 'revoked') await confirm(`Revoke the key ${kid}? Every token that it signed is refused from now on.`, yes)
    const isRevoked = await revokeKeyNow(keyChangesOf(base), rotationOf(base), kid)
    answer(json, { kid, revoked: isRevoked }, () => (isRevoked ? `The key ${kid} was revoked.` : `The key ${kid} was revoked already.`))
  })

const keysRevoke = (): Command =>
  withExamples(
    withJson(
      new Command('revoke').description('refuse every token of a key from now on; asks first').argument('<kid>', 'the id of the key'),
    )
      .option('--yes', 'do not ask')
      .action(revoke),
    'keys revoke 8QrmYx2Vf0bTq3hXo7nKcw --yes',
  )

export const keysCommand = (program: Command): void =>
  group(program, { name: 'keys', description: 'list, rotate and revoke signing keys', children: [keysList(), keysRotate(), keysRevoke()] })

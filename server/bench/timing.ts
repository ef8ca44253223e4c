import { randomBytes, randomInt } from 'node:crypto'
import { createHashPool, type HashSettings, normalizePassword } from '../src/credentials/password/password.ts'
import type { Database } from '../src/db/database.ts'
import type { LoadProcess } from './load-process.ts'
import type { Timed, TimedRequest } from './load-protocol.ts'
import { userName } from './names.ts'
import { spread } from './numbers.ts'
import { type Comparison, compareRanks } from './rank-test.ts'

/** How often each door is asked about each kind of account. */
export const samplesPerKind = 500

/** Kinds of accounts, and what makes an ordinary one of that kind. Nobody answers to the names of the first. */
const kinds = {
  unknown: undefined,
  'wrong password': undefined,
  'no password': 'delete from passwords where tenant_id = $1 and user_id = any($2)',
  'bcrypt, imported': undefined,
  locked: `update sign_in_states set failures = 6, locked_until = now() + interval '1 day' where tenant_id = $1 and user_id = any($2)`,
  'password disabled': 'update sign_in_states set failures = 100 where tenant_id = $1 and user_id = any($2)',
  disabled: `update users set status = 'disabled' where tenant_id = $1 and id = any($2)`,
} as const
type Kind = keyof typeof kinds
const kindNames = Object.keys(kinds) as readonly Kind[]

/** How many accounts must be loaded. */
export const timingUsers = (kindNames.length - 1) * samplesPerKind

/** One kind at one door, against the unknown names: milliseconds, and whether nobody could tell the two apart (attack case K-02). */
export type TimingLine = Comparison & {
  readonly door: string
  readonly kind: string
  readonly median: number
  readonly statuses: readonly number[]
  readonly isKept: boolean
}

export type TimingInput = {
  readonly db: Database
  readonly tenantId: string
  readonly load: LoadProcess
  readonly url: string
  readonly signInPath: string
}

const bcryptCost = 10

const hashOf = async (settings: HashSettings): Promise<string> => {
  const normal = normalizePassword('what the imported accounts have')
  if (normal.kind !== 'ok') throw new Error(normal.sentence)
  const pool = createHashPool({ settings, threads: 1 })
  return pool.hash(normal.secret).finally(() => pool.close())
}

const nameOf = (kind: Kind, index: number, run: string): string => {
  const position = kindNames.indexOf(kind)
  return position === 0 ? `none${run}${index}` : userName((position - 1) * samplesPerKind + index + 1)
}

const prepareAccounts = async ({ db, tenantId }: TimingInput): Promise<void> => {
  const idsOf = async (kind: Kind): Promise<readonly string[]> => {
    const names = Array.from({ length: samplesPerKind }, (_, index) => nameOf(kind, index, ''))
    const rows = await db.text<{ user_id: string }>(
      `select user_id from identifiers where tenant_id = $1 and kind = 'username' and canonical = any($2)`,
      [tenantId, names],
    )
    if (rows.length !== samplesPerKind) throw new Error(`Only ${rows.length} accounts are there to be "${kind}".`)
    return rows.map((row) => row.user_id)
  }
  for (const kind of kindNames.slice(1)) {
    const sql = kinds[kind]
    if (sql !== undefined) await db.text(sql, [tenantId, await idsOf(kind)])
  }
  const imported = await hashOf({ scheme: 'bcrypt', cost: bcryptCost })
  await db.text('update passwords set encoded = $3 where tenant_id = $1 and user_id = any($2)', [
    tenantId,
    await idsOf('bcrypt, imported'),
    imported,
  ])
  await db.text('vacuum analyze')
}

type Door = { readonly title: string; readonly request: (name: string) => TimedRequest }

const form = { 'content-type': 'application/x-www-form-urlencoded' }

const hiddenOf = (page: string): Record<string, string> =>
  Object.fromEntries([...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]))

/** A page's form, filled in by one browser again and again. */
const pageDoor = async (url: string, { title, path, fields }: { title: string; path: string; fields: object }): Promise<Door> => {
  const shown = await fetch(url + path, { redirect: 'manual' })
  const cookie = shown.headers.getSetCookie().map((line) => line.split(';')[0])
  const hidden = hiddenOf(await shown.text())
  if (hidden['form_token'] === undefined) throw new Error(`The page at the door "${title}" has no form.`)
  const headers = { ...form, cookie: cookie.join('; '), 'sec-fetch-site': 'same-origin' }
  const action = path.replace(/\?.*/, '')
  return {
    title,
    request: (username) => ({
      ...{ method: 'POST', path: action, headers },
      body: new URLSearchParams({ ...hidden, username, ...fields }).toString(),
    }),
  }
}

const doorsOf = async ({ url, signInPath }: TimingInput): Promise<readonly Door[]> => {
  const password = 'the wrong one'
  const resetPath = signInPath.replace('/sign-in?', '/reset?')
  return [
    {
      title: 'POST /auth/token',
      request: (username) => ({
        ...{ method: 'POST', path: '/auth/token', headers: form },
        body: new URLSearchParams({ username, password }).toString(),
      }),
    },
    await pageDoor(url, { title: 'sign-in page, password', path: signInPath, fields: { password, action: 'sign-in' } }),
    await pageDoor(url, { title: 'sign-in page, code by mail', path: signInPath, fields: { action: 'mail-code' } }),
    await pageDoor(url, { title: 'reset page', path: resetPath, fields: { action: 'send' } }),
  ]
}

const shuffled = <T>(items: readonly T[]): T[] => {
  const all = [...items]
  for (let index = all.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1)
    ;[all[index], all[other]] = [all[other] as T, all[index] as T]
  }
  return all
}

// Imported hashes come last and alone: once one was refused, every refusal waits as long as it took.
const rounds: readonly (readonly Kind[])[] = [kindNames.filter((kind) => kind !== 'bcrypt, imported'), ['unknown', 'bcrypt, imported']]

const timeRound = async ({ load, url }: TimingInput, { door, round }: { door: Door; round: readonly Kind[] }): Promise<TimingLine[]> => {
  const run = randomBytes(4).toString('hex')
  const turns = Array.from({ length: samplesPerKind }, (_, index) => shuffled(round).map((kind) => ({ kind, index }))).flat()
  const timed = await load.time({ url, requests: turns.map(({ kind, index }) => door.request(nameOf(kind, index, run))) })
  const of = (kind: Kind): readonly Timed[] => timed.filter((_, position) => turns[position]?.kind === kind)
  const times = (kind: Kind): number[] => of(kind).map(({ milliseconds }) => milliseconds)
  return round.slice(1).map((kind) => {
    const compared = compareRanks(times(kind), times('unknown'))
    const statuses = [...new Set([...of(kind), ...of('unknown')].map(({ status }) => status))].sort()
    return {
      ...{ door: door.title, kind, ...compared, statuses },
      median: spread(times(kind)).median,
      isKept: Math.abs(compared.difference) < 2 || compared.p > 0.01,
    }
  })
}

/** Asks every door about accounts of every kind and about unknown names in turn, each name once at a door, and compares the times. */
export const runTiming = async (input: TimingInput, say: (text: string) => void): Promise<readonly TimingLine[]> => {
  await prepareAccounts(input)
  const doors = await doorsOf(input)
  const lines: TimingLine[] = []
  for (const round of rounds)
    for (const door of doors) {
      say(`${door.title}: ${round.slice(1).join(', ')}`)
      lines.push(...(await timeRound(input, { door, round })))
    }
  return lines
}

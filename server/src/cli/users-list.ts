import { Command, Option } from 'commander'
import type { AccountRow, AccountSearch } from '../users/user-admin.job.ts'
import { fold } from '../users/users.ts'
import { wholeNumber } from './options.ts'
import { answer, table, withExamples, withJson } from './output.ts'
import { onUsers } from './users-base.ts'

type Options = {
  readonly prefix?: string
  readonly status?: AccountSearch['status']
  readonly limit: number
  readonly after: number
  readonly json?: boolean
}

const lines = (users: readonly AccountRow[], next: number | null): string[] => {
  if (users.length === 0) return ['No users.']
  const rows = users.map((user) => [String(user.number), user.username ?? '', user.email ?? '', user.status, user.created_at.toISOString()])
  const more = next === null ? [] : ['', `More: --after ${next}`]
  return [...table([['number', 'user name', 'e-mail', 'status', 'created'], ...rows]), ...more]
}

const run = ({ prefix, status, limit, after, json = false }: Options): Promise<void> =>
  onUsers(async (admin) => {
    const found = await admin.list({ after, limit: limit + 1, status, prefix: prefix === undefined ? undefined : fold(prefix) })
    const users = found.slice(0, limit)
    const next = found.length > limit ? (users.at(-1)?.number ?? null) : null
    answer(json, { users, next }, () => lines(users, next))
  })

export const usersList = (): Command =>
  withExamples(
    withJson(new Command('list').description('list users in the order of their numbers'))
      .option('--prefix <text>', 'only user names or e-mail addresses that begin so')
      .addOption(new Option('--status <status>', 'only these').choices(['active', 'disabled']))
      .option('--limit <number>', 'how many, at most 1000', wholeNumber(1, 1000), 50)
      .option('--after <cursor>', 'go on after this number, as the page before says', wholeNumber(0, Number.MAX_SAFE_INTEGER), 0)
      .action(run),
    'users list',
    'users list --prefix ali --status active --limit 20',
    'users list --after 1000 --json',
  )

import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '../../db/database.ts'
import { DatabaseUnavailable } from '../../db/errors.ts'
import { CliError } from '../errors.ts'
import type { FileRow } from './rows.ts'

/** The users of the Python edition, in the order of their ids. */
export type Source = { readonly count: number; readonly rows: AsyncIterable<FileRow>; readonly close: () => Promise<void> }

type UserRow = { readonly id: unknown; readonly username: unknown; readonly email: unknown; readonly hashed_password: unknown }

const pageSize = 1000
const text = (value: unknown): unknown => (typeof value === 'string' ? value : undefined)

const toRow = ({ id, username, email, hashed_password: hash }: UserRow): FileRow => {
  const line = Number(id)
  if (typeof hash !== 'string' || hash === '') return { line, problem: `hashed_password is missing (user ${String(username)})` }
  return { line, raw: { number: line, username: text(username), email: text(email), password_hash: hash } }
}

const noTable = (): CliError =>
  new CliError('That database has no table "users" with id, username, email and hashed_password. Is it the one of the Python edition?')

const sqliteSource = (path: string): Source => {
  if (!existsSync(path)) throw new CliError(`There is no database file ${path}. An absolute path has four slashes: sqlite:////srv/app.db`)
  const database = new DatabaseSync(path, { readOnly: true })
  const open = (): { count: number; page: (after: number) => UserRow[] } => {
    try {
      const statement = database.prepare('select id, username, email, hashed_password from users where id > ? order by id limit ?')
      const count = Number(database.prepare('select count(*) as count from users').get()?.['count'])
      return { count, page: (after) => statement.all(after, pageSize) as UserRow[] }
    } catch {
      database.close()
      throw noTable()
    }
  }
  const { count, page } = open()
  return { count, rows: pages(async (after) => page(after)), close: async () => database.close() }
}

async function* pages(page: (after: number) => Promise<readonly UserRow[]>): AsyncGenerator<FileRow> {
  let after = Number.MIN_SAFE_INTEGER
  for (;;) {
    const rows = await page(after)
    for (const row of rows) yield toRow(row)
    const last = rows.at(-1)
    if (last === undefined) return
    after = Number(last.id)
  }
}

const postgresSource = async (url: string): Promise<Source> => {
  const db = openDatabase({ connection: { connectionString: url }, size: 1 })
  const page = (after: number): Promise<UserRow[]> =>
    db.text('select id, username, email, hashed_password from users where id > $1::bigint order by id limit $2', [after, pageSize])
  try {
    await page(Number.MAX_SAFE_INTEGER)
    const [row] = await db.text<{ count: number }>('select count(*) as count from users')
    return { count: row?.count ?? 0, rows: pages(page), close: () => db.close() }
  } catch (error) {
    await db.close()
    const { code, message } = error as Error & { code?: string }
    if (code === '42P01' || code === '42703') throw noTable()
    const cause = error instanceof DatabaseUnavailable ? (error.cause as Error & { code?: string }) : undefined
    throw new CliError(`That database cannot be read: ${cause?.code ?? cause?.message ?? message}. Correct its URL.`)
  }
}

/** Opens the database that a SQLAlchemy URL names: PostgreSQL with any driver, or SQLite. */
export const openSource = async (url: string): Promise<Source> => {
  const match = /^(postgres(?:ql)?|sqlite)(\+[a-z0-9]+)?:\/\/(.*)$/is.exec(url.trim())
  if (!match) throw new CliError('Give a URL such as sqlite:///app.db or postgresql://user@host/database.', 2)
  const [, scheme = '', , rest = ''] = match
  if (scheme.toLowerCase() === 'sqlite') return sqliteSource(rest.replace(/^\//, '').replace(/\?.*$/, ''))
  return postgresSource(`postgresql://${rest}`)
}

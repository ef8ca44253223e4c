import type { Sql } from '../db/database.ts'

/** A value that belongs to the whole installation. */
export const readState = async <T>(sql: Sql, key: string): Promise<T | undefined> =>
  (await sql.text<{ value: T }>('select value from platform_state where key = $1', [key]))[0]?.value

export const writeState = async (sql: Sql, key: string, value: unknown): Promise<void> => {
  await sql.text(
    `insert into platform_state (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value, changed_at = now()`,
    [key, JSON.stringify(value)],
  )
}

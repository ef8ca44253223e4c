import type { Sql } from '../db/database.ts'

/** True for the one caller that may do the task now; the next is due a period later. */
const claimTask = async (sql: Sql, task: string, everySeconds: number): Promise<boolean> => {
  await sql.text('insert into upkeep (task) values ($1) on conflict do nothing', [task])
  const rows = await sql.text(
    `update upkeep set due_at = now() + make_interval(secs => $2) where task = $1 and due_at <= now() returning task`,
    [task, everySeconds],
  )
  return rows.length > 0
}

const finishTask = async (sql: Sql, task: string, error: string | null): Promise<void> => {
  await sql.text('update upkeep set last_run_at = now(), last_error = $2 where task = $1', [task, error])
}

/** What the upkeep needs of a database. */
export const upkeepStore = (sql: Sql) => ({
  claim: (task: string, everySeconds: number) => claimTask(sql, task, everySeconds),
  finish: (task: string, error: string | null) => finishTask(sql, task, error),
  sql,
})

export type TaskRow = {
  readonly task: string
  readonly due_at: Date
  readonly last_run_at: Date | null
  readonly last_error: string | null
}

/** Every task that a node has ever claimed. */
export const listTasks = (sql: Sql): Promise<TaskRow[]> =>
  sql.text<TaskRow>('select task, due_at, last_run_at, last_error from upkeep order by task', [])

import type { Sql } from '../db/database.ts'

/** Regular work that one node at a time does. It must be safe to run twice. */
export type Upkeep = { readonly task: string; readonly everySeconds: number; readonly run: (sql: Sql) => Promise<void> }

export type UpkeepDeps = {
  readonly tasks: readonly Upkeep[]
  readonly claim: (task: string, everySeconds: number) => Promise<boolean>
  readonly finish: (task: string, error: string | null) => Promise<void>
  readonly sql: Sql
  readonly onError: (task: string, error: unknown) => void
}

/** Looks every `lookSeconds` for tasks that are due; the claim moves the due time, so one node wins and a crash only delays the task. */
export const startUpkeep = (
  { tasks, claim, finish, sql, onError }: UpkeepDeps,
  lookSeconds = 30,
): { readonly stop: () => void; readonly look: () => Promise<void> } => {
  const runOne = async ({ task, everySeconds, run }: Upkeep): Promise<void> => {
    if (!(await claim(task, everySeconds))) return
    try {
      await run(sql)
      await finish(task, null)
    } catch (error) {
      onError(task, error)
      await finish(task, String((error as Error).message).slice(0, 500))
    }
  }
  const look = async (): Promise<void> => {
    for (const task of tasks) await runOne(task)
  }
  const timer = setInterval(() => void look().catch((error) => onError('upkeep', error)), lookSeconds * 1000)
  timer.unref()
  return { stop: () => clearInterval(timer), look }
}

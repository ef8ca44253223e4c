import type { ChildProcess } from 'node:child_process'
import { after } from 'node:test'
import { leaveProcess } from './leftovers.ts'

type Close = () => Promise<unknown>

const closes: Close[] = []

/** Runs `close` when the tests of the file have ended, whatever their outcome; what was opened last is closed first. */
export const atEnd = (close: Close): void => {
  closes.push(close)
}

/** Ends `child` together with this process, however that dies. */
export const endWithUs = (child: ChildProcess): void => {
  if (child.pid !== undefined) leaveProcess(child.pid)
}

after(async () => {
  const failures: unknown[] = []
  for (const close of closes.splice(0).reverse()) await close().catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
})

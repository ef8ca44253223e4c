import type { ChildProcess } from 'node:child_process'
import { after } from 'node:test'

type Close = () => Promise<unknown>

const closes: Close[] = []
const endings = new Set<() => void>()

/** Runs `close` when the tests of the file have ended, whatever their outcome; what was opened last is closed first. */
export const atEnd = (close: Close): void => {
  closes.push(close)
}

/** Ends `child` together with this process, should it die before its tests have ended. */
export const endWithUs = (child: ChildProcess): void => {
  const end = () => void child.kill('SIGKILL')
  endings.add(end)
  child.once('exit', () => endings.delete(end))
}

/** The same for a process that is known by its id alone; undefined where none runs. */
export const endProcessWithUs = (pid: () => number | undefined, signal: NodeJS.Signals): void => {
  endings.add(() => {
    const id = pid()
    if (id !== undefined) process.kill(id, signal)
  })
}

after(async () => {
  const failures: unknown[] = []
  for (const close of closes.splice(0).reverse()) await close().catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
})

process.on('exit', () => {
  for (const end of endings) {
    try {
      end()
    } catch {
      // It went by itself.
    }
  }
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

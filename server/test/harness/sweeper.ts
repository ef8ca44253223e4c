// A process of its own that outlives the tests of a file, however they end: it then ends what they left running and deletes their folders.
// Each line of its input names a folder or a process; the end of the input is the end of the tests.
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { birthOf, isAlive } from '../../src/db/embedded/processes.ts'
import { endPostgresOf } from './postgres-of.ts'

type Leftover = { readonly folder: string } | { readonly pid: number; readonly birth: string }

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const leftovers: Leftover[] = []
for await (const line of createInterface({ input: process.stdin })) leftovers.push(JSON.parse(line))

for (const one of leftovers) if ('pid' in one && isAlive(one.pid) && birthOf(one.pid) === one.birth) process.kill(one.pid, 'SIGKILL')
for (const one of leftovers) {
  if (!('folder' in one)) continue
  await endPostgresOf(one.folder)
  await rm(one.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

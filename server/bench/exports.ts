import { memoryOf } from './proc.ts'
import type { Running } from './server.ts'

export type Export = {
  readonly title: string
  readonly rows: number
  readonly megabytes: number
  readonly seconds: number
  readonly firstByteMs: number
  /** Highest resident memory of the server during it. */
  readonly serverMemory: number
}

/** A longer one is broken off: its rate is known by then. */
const secondsMax = 60

const newline = 10

const countLines = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte === newline ? 1 : 0), 0)

type Wanted = { readonly title: string; readonly method: 'GET' | 'POST'; readonly path: string }

const measureOne = async ({ url, pid }: Running, token: string, { title, method, path }: Wanted): Promise<Export> => {
  const began = performance.now()
  const took = (): number => performance.now() - began
  const breaking = new AbortController()
  const answer = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${token}` }, signal: breaking.signal })
  if (!answer.ok || answer.body === null) throw new Error(`${title}: ${answer.status} ${await answer.text()}`)
  let [rows, bytes, serverMemory, firstByteMs] = [0, 0, 0, 0]
  for await (const part of answer.body) {
    if (bytes === 0) firstByteMs = took()
    bytes += part.length
    rows += countLines(part)
    serverMemory = Math.max(serverMemory, memoryOf([pid]).rss)
    if (took() > secondsMax * 1000) break
  }
  breaking.abort()
  return { title, rows, megabytes: bytes / 1e6, seconds: took() / 1000, firstByteMs, serverMemory }
}

/** Exports of everything, read as fast as they come, for a minute at most each. */
export const measureExports = async (server: Running, token: string, say: (text: string) => void): Promise<readonly Export[]> => {
  say('Exports ...')
  return [
    await measureOne(server, token, { title: 'accounts, JSON Lines', method: 'POST', path: '/admin/v1/users/export' }),
    await measureOne(server, token, { title: 'events, JSON Lines', method: 'GET', path: '/admin/v1/events/export?format=jsonl' }),
    await measureOne(server, token, { title: 'events, CSV', method: 'GET', path: '/admin/v1/events/export?format=csv' }),
  ]
}

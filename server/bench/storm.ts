import { setTimeout as sleep } from 'node:timers/promises'
import type { LoadProcess } from './load-process.ts'
import type { LoadResult, Operation } from './load-protocol.ts'

/** Times in milliseconds. `ratio` is what was offered over what the hash threads can do. */
export type Storm = {
  readonly title: string
  readonly probeP50: number
  readonly probeP99: number
  readonly probeErrors: number
  readonly offeredPerSecond: number
  readonly ratio: number
  readonly acceptedPerSecond: number
  readonly refusedPerSecond: number
  readonly refusals: number
  readonly refusalsWithRetryAfter: number
  readonly others: number
}

export type StormInput = { readonly load: LoadProcess; readonly probe: LoadProcess; readonly url: string; readonly capacity: number }

const probesPerSecond = 50
const seconds = 8
const settleSeconds = 3
// A request waits up to two seconds for its hash, and its connection misses one turn: so many more connections keep the rate.
const missedTurns = 1

const count = (result: LoadResult | undefined, ...statuses: string[]): number =>
  statuses.reduce((sum, status) => sum + (result?.statuses[status] ?? 0), 0)

type Phase = { readonly title: string; readonly capacity: number; readonly probe: LoadResult; readonly storm?: LoadResult }

const summary = ({ title, capacity, probe, storm }: Phase): Storm => {
  const took = storm?.seconds ?? 1
  const refusals = count(storm, '503')
  return {
    title,
    probeP50: probe.p50,
    probeP99: probe.p99,
    probeErrors: probe.requests - count(probe, '200') + probe.faults,
    offeredPerSecond: (storm?.requests ?? 0) / took,
    ratio: (storm?.requests ?? 0) / took / capacity,
    acceptedPerSecond: count(storm, '200', '401') / took,
    refusedPerSecond: refusals / took,
    refusals,
    refusalsWithRetryAfter: storm?.refusalsWithRetryAfter ?? 0,
    others: (storm?.requests ?? 0) - count(storm, '200', '401', '503') + (storm?.faults ?? 0),
  }
}

/** Probes of `/auth/me` while nothing else happens, while users sign in at three times the capacity, and while 300 unknown names a second try. */
export const runStorms = async ({ load, probe, url, capacity }: StormInput, say: (text: string) => void): Promise<readonly Storm[]> => {
  const probing = () => probe.run({ operation: 'me-warm', url, connections: probesPerSecond, perSecond: probesPerSecond, seconds })
  const storming = (operation: Operation, perSecond: number) =>
    load.run({ operation, url, connections: perSecond, perSecond: Math.round(perSecond + capacity * missedTurns), seconds: seconds + 1 })
  const during = async (title: string, operation: Operation, perSecond: number): Promise<Storm> => {
    say(title)
    const storm = storming(operation, perSecond)
    await sleep(1000)
    const [probed, stormed] = await Promise.all([probing(), storm])
    await sleep(settleSeconds * 1000)
    return summary({ title, capacity, probe: probed, storm: stormed })
  }
  say('calm')
  const calm = summary({ title: 'calm', capacity, probe: await probing() })
  return [
    calm,
    await during('sign-ins at 3x capacity', 'login', Math.round(capacity * 3)),
    await during('300 unknown names a second', 'unknown', 300),
  ]
}

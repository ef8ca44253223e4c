// The load generator's process: autocannon, told over IPC what to send. It runs on a core of its own.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import autocannon from 'autocannon'
import { type LoadCommand, type LoadReply, type LoadResult, type LoadRun, stepsOf } from './load-protocol.ts'
import { percentile } from './numbers.ts'
import { createLoadState, requestsOf } from './requests.ts'
import { timeRequests } from './time-requests.ts'

const state = createLoadState()

type Tally = { readonly durations: number[]; readonly statuses: Map<number, number>; faults: number; endedAt: number }

/** One autocannon run. Its own percentiles are whole milliseconds, so the durations are kept as they come. */
const fire = (run: LoadRun, connections: number, tally: Tally): Promise<void> =>
  new Promise((resolve, reject) => {
    const steps = stepsOf(run.operation)
    // Each connection gets whole operations to do.
    const amount = Math.ceil((run.amount ?? 0) / connections) * connections * steps
    const length = run.amount === undefined ? { duration: run.seconds ?? 1 } : { amount: steps === 1 ? run.amount : amount }
    const rate = run.perSecond === undefined ? {} : { overallRate: connections, sampleInt: 200 }
    const instance = autocannon(
      { url: run.url, connections, requests: requestsOf(run.operation, state), timeout: 20, sampleInt: 5, ...length, ...rate },
      (error) => (error ? reject(error) : resolve()),
    )
    const begun = new Map<unknown, { taken: number; milliseconds: number }>()
    instance.on('response', (...[client, status, , milliseconds]) => {
      const so = begun.get(client) ?? { taken: 0, milliseconds: 0 }
      const now = { taken: so.taken + 1, milliseconds: so.milliseconds + milliseconds }
      tally.endedAt = performance.now()
      if (now.taken < steps) return void begun.set(client, now)
      begun.delete(client)
      tally.durations.push(now.milliseconds)
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1)
    })
    instance.on('reqError', () => {
      tally.faults += 1
    })
  })

// autocannon lets a connection with a rate send at the beginning of each second: groups that start one after the other spread the requests.
const fireSpread = async (run: LoadRun, connections: number, tally: Tally): Promise<void> => {
  const groups = Math.min(50, connections)
  const sizes = Array.from(
    { length: groups },
    (_, index) => Math.floor(((index + 1) * connections) / groups) - Math.floor((index * connections) / groups),
  )
  await Promise.all(
    sizes.map(async (size, index) => {
      await sleep((index * 1000) / groups)
      await fire(run, size, tally)
    }),
  )
}

const runLoad = async (run: LoadRun): Promise<LoadResult> => {
  const tally: Tally = { durations: [], statuses: new Map(), faults: 0, endedAt: 0 }
  state.begin(run.operation)
  const startedAt = performance.now()
  await (run.perSecond === undefined ? fire(run, run.connections, tally) : fireSpread(run, run.perSecond, tally))
  const sorted = tally.durations.sort((left, right) => left - right)
  return {
    requests: sorted.length,
    seconds: Math.max(0.001, (tally.endedAt - startedAt) / 1000),
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    statuses: Object.fromEntries(tally.statuses),
    faults: tally.faults,
    refusalsWithRetryAfter: state.retryAfters(),
  }
}

const obey = async (command: LoadCommand): Promise<LoadReply> => {
  if (command.kind === 'know') {
    state.know(command)
    return { kind: 'done', accessTokens: [] }
  }
  if (command.kind === 'tell') return { kind: 'done', accessTokens: state.accessTokens() }
  if (command.kind === 'time') return { kind: 'timed', timed: await timeRequests(command) }
  return { kind: 'result', result: await runLoad(command) }
}

process.on('message', async (command: LoadCommand) => {
  const reply = await obey(command).catch((error: Error): LoadReply => ({ kind: 'failed', reason: error.message }))
  process.send?.(reply)
})
process.on('disconnect', () => process.exit(0))
// A terminal's Ctrl-C is for the parent, which ends this process.
process.on('SIGINT', () => undefined)

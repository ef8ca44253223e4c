// The load generator's process: autocannon, told over IPC what to send. It runs on a core of its own.
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import autocannon from 'autocannon'
import type { LoadCommand, LoadReply, LoadResult, LoadRun } from './load-protocol.ts'
import { percentile } from './numbers.ts'
import { createLoadState, requestOf } from './requests.ts'

const state = createLoadState()

type Tally = { readonly durations: number[]; readonly statuses: Map<number, number>; faults: number; endedAt: number }

/** One autocannon run. Its own percentiles are whole milliseconds, so the durations are kept as they come. */
const fire = (run: LoadRun, connections: number, tally: Tally): Promise<void> =>
  new Promise((resolve, reject) => {
    const length = run.amount === undefined ? { duration: run.seconds ?? 1 } : { amount: run.amount }
    const rate = run.perSecond === undefined ? {} : { overallRate: connections, sampleInt: 200 }
    const instance = autocannon(
      { url: run.url, connections, requests: [requestOf(run.operation, state)], timeout: 20, sampleInt: 5, ...length, ...rate },
      (error) => (error ? reject(error) : resolve()),
    )
    instance.on('response', (...[, status, , milliseconds]) => {
      tally.durations.push(milliseconds)
      tally.statuses.set(status, (tally.statuses.get(status) ?? 0) + 1)
      tally.endedAt = performance.now()
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
  return { kind: 'result', result: await runLoad(command) }
}

process.on('message', async (command: LoadCommand) => {
  const reply = await obey(command).catch((error: Error): LoadReply => ({ kind: 'failed', reason: error.message }))
  process.send?.(reply)
})
process.on('disconnect', () => process.exit(0))
// A terminal's Ctrl-C is for the parent, which ends this process.
process.on('SIGINT', () => undefined)

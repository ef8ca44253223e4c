import type { Export } from './exports.ts'
import type { Sample } from './measure.ts'
import { type Spread, spread } from './numbers.ts'
import type { Measured } from './operations.ts'
import type { Starts } from './starts.ts'
import type { Storm } from './storm.ts'
import { figure, table } from './table.ts'
import type { TimingLine } from './timing.ts'

/** An operation over all rounds: medians, and the extremes of what is compared with the budget. `ratio`: to the bare server of the same round. */
export type Line = {
  readonly operation: string
  readonly title: string
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly serverCpu: number
  readonly databaseCpu: number
  readonly cpu: Spread
  readonly ratio: Spread
  readonly busy: number
  readonly serverMemory: number
  readonly databaseMemory: number
  readonly errors: number
  readonly budget: number | undefined
  readonly p99Max: number | undefined
}

export type Report = {
  readonly lines: readonly Line[]
  /** Absent where administration was not measured. */
  readonly exports: readonly Export[] | undefined
  /** How long the audit tree took for all events. */
  readonly sealSeconds: number | undefined
  readonly starts: Starts | undefined
  readonly storms: readonly Storm[] | undefined
  readonly timing: readonly TimingLine[] | undefined
}

const cpuOfSample = ({ serverCpu, databaseCpu }: Sample): number => serverCpu + databaseCpu

/** `rounds`: the samples of each round. */
export const summarize = (operations: readonly Measured[], rounds: readonly (readonly Sample[])[]): readonly Line[] =>
  operations.map(({ operation, title, budget, p99Max }) => {
    const of = (round: readonly Sample[], name: string): Sample[] => round.filter((sample) => sample.operation === name)
    const samples = rounds.flatMap((round) => of(round, operation))
    const median = (read: (sample: Sample) => number): number => spread(samples.map(read)).median
    const ratios = rounds.flatMap((round) =>
      of(round, operation).flatMap((sample) => of(round, 'bare').map((bare) => cpuOfSample(sample) / Math.max(0.01, cpuOfSample(bare)))),
    )
    return {
      operation,
      title,
      requestsPerSecond: median((sample) => sample.requestsPerSecond),
      p50: median((sample) => sample.p50),
      p99: median((sample) => sample.p99),
      serverCpu: median((sample) => sample.serverCpu),
      databaseCpu: median((sample) => sample.databaseCpu),
      cpu: spread(samples.map(cpuOfSample)),
      ratio: spread(ratios),
      busy: median((sample) => sample.busy),
      serverMemory: Math.max(0, ...samples.map(({ serverMemory }) => serverMemory)),
      databaseMemory: Math.max(0, ...samples.map(({ databaseMemory }) => databaseMemory)),
      errors: samples.reduce((sum, { errors }) => sum + errors, 0),
      budget,
      p99Max,
    }
  })

const verdict = (value: number, budget: number | undefined): string => (budget === undefined ? '' : value <= budget ? 'kept' : 'MISSED')

const answersTable = (lines: readonly Line[]): string =>
  table(
    ['administration', 'req/s', 'p50 ms', 'p99 ms', 'at most ms', '', 'CPU us/op', 'errors'],
    lines.map((line) => [
      ...[line.title, figure(line.requestsPerSecond), figure(line.p50), figure(line.p99), figure(line.p99Max ?? 0)],
      ...[verdict(line.p99, line.p99Max), figure(line.cpu.median), String(line.errors)],
    ]),
  )

const exportsTable = (exports: readonly Export[]): string =>
  table(
    ['export', 'rows', 'MB', 'seconds', 'rows/s', 'first byte ms', 'server MB at most'],
    exports.map(({ title, rows, megabytes, seconds, firstByteMs, serverMemory }) => [
      ...[
        title,
        String(rows),
        megabytes.toFixed(0),
        seconds.toFixed(1),
        figure(rows / seconds),
        figure(firstByteMs),
        serverMemory.toFixed(0),
      ],
    ]),
  )

const operationsTable = (lines: readonly Line[]): string =>
  table(
    [
      ...['operation', 'req/s', 'p50 ms', 'p99 ms', 'server us', 'database us', 'CPU us/op', 'min-max', 'x bare'],
      ...['budget us', '', 'core %', 'server MB', 'database MB', 'errors'],
    ],
    lines.map((line) => [
      ...[line.title, figure(line.requestsPerSecond), figure(line.p50), figure(line.p99), figure(line.serverCpu), figure(line.databaseCpu)],
      ...[figure(line.cpu.median), `${figure(line.cpu.min)}-${figure(line.cpu.max)}`, figure(line.ratio.median)],
      ...[line.budget === undefined ? '' : figure(line.budget), verdict(line.cpu.median, line.budget), (line.busy * 100).toFixed(0)],
      ...[line.serverMemory.toFixed(0), line.databaseMemory.toFixed(0), String(line.errors)],
    ]),
  )

const startsTable = ({ firstRun, laterRun, npmStart, idleServer, idleDatabase }: Starts): string => {
  const time = (title: string, { min, median, max }: Spread, budget?: number): string[] => [
    ...[title, `${median.toFixed(0)} ms`, `${min.toFixed(0)}-${max.toFixed(0)}`],
    ...[budget === undefined ? '' : `${budget} ms`, verdict(median, budget)],
  ]
  const memory = (title: string, value: number, budget?: number): string[] => [
    ...[title, `${value.toFixed(0)} MB`, '', budget === undefined ? '' : `${budget} MB`, verdict(value, budget)],
  ]
  return table(
    ['start and memory', 'median', 'min-max', 'budget', ''],
    [
      time('first run ever to first 200 of /readyz', firstRun, 4000),
      time('later run', laterRun, 1500),
      ...(npmStart === undefined ? [] : [time('later run through npm start', npmStart)]),
      memory('idle server after 10 s, resident', idleServer.rss, 150),
      memory('idle server after 10 s, proportional (Pss)', idleServer.pss),
      memory('its PostgreSQL, proportional (Pss)', idleDatabase.pss),
    ],
  )
}

const stormsTable = (storms: readonly Storm[]): string =>
  table(
    [
      'storm',
      'offered/s',
      'x capacity',
      'answered/s',
      '503/s',
      'with Retry-After',
      'other',
      '/auth/me p50 ms',
      'p99 ms',
      'budget ms',
      '',
      'errors',
    ],
    storms.map((storm) => [
      ...[
        storm.title,
        figure(storm.offeredPerSecond),
        figure(storm.ratio),
        figure(storm.acceptedPerSecond),
        figure(storm.refusedPerSecond),
      ],
      ...[`${storm.refusalsWithRetryAfter} of ${storm.refusals}`, String(storm.others), figure(storm.probeP50), figure(storm.probeP99)],
      ...['50', verdict(storm.probeP99, 50), String(storm.probeErrors)],
    ]),
  )

const timingTable = (lines: readonly TimingLine[]): string =>
  table(
    ['against unknown names', 'account', 'median ms', 'difference ms', 'p', 'statuses', ''],
    lines.map(({ door, kind, median, difference, p, statuses, isKept }) => [
      ...[door, kind, figure(median), difference.toFixed(2), p < 0.0001 ? '< 0.0001' : p.toFixed(4), statuses.join(' ')],
      isKept ? 'kept' : 'MISSED',
    ]),
  )

export const printReport = ({ lines, exports, sealSeconds, starts, storms, timing }: Report): string =>
  [
    operationsTable(lines.filter(({ p99Max }) => p99Max === undefined)),
    ...(exports === undefined ? [] : [answersTable(lines.filter(({ p99Max }) => p99Max !== undefined)), exportsTable(exports)]),
    ...(sealSeconds === undefined ? [] : [`All events went into the audit tree in ${sealSeconds.toFixed(0)} s.`]),
    ...(starts === undefined ? [] : [startsTable(starts)]),
    ...(storms === undefined ? [] : [stormsTable(storms)]),
    ...(timing === undefined ? [] : [timingTable(timing)]),
  ].join('\n\n')

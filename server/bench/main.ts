import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { checkoutRoot } from '../src/config/config.ts'
import { argon2idSettings, createHashPool, normalizePassword } from '../src/credentials/password/password.ts'
import { checkpointKey } from '../src/events/chain/chain.job.ts'
import { deriveKey } from '../src/platform/digest.ts'
import { loadAdministration, sealEvents } from './administration.ts'
import { type BenchDatabase, startDatabase } from './database.ts'
import { loadEvents } from './events.ts'
import { measureExports } from './exports.ts'
import { startLoadProcess } from './load-process.ts'
import { type Bench, measure, rehearse, type Sample } from './measure.ts'
import { loadOAuth } from './oauth.ts'
import { chosenOperations, type Measured } from './operations.ts'
import { type BenchOptions, readOptions } from './options.ts'
import { choosePinning, type Pinning } from './pinning.ts'
import { printReport, summarize } from './report.ts'
import { createScope, type Scope } from './scope.ts'
import { startBare, startServer } from './server.ts'
import { measureStarts, type Starts } from './starts.ts'
import { runStorms, type Storm } from './storm.ts'
import { runTiming, timingUsers } from './timing.ts'
import { loadUsers } from './users.ts'

const secretKey = 'of-the-bench-alone-1f0c9d7e5b3a8642'
const password = 'all users of the bench share it'
const sessionCount = 10_000

const say = (text: string): void => void process.stderr.write(`${text}\n`)

const sharedHash = async (): Promise<string> => {
  const normalized = normalizePassword(password)
  if (normalized.kind !== 'ok') throw new Error(normalized.sentence)
  const pool = createHashPool({ settings: argon2idSettings(), threads: 1 })
  return pool.hash(normalized.secret).finally(() => pool.close())
}

type Setup = {
  readonly pinning: Pinning
  readonly scope: Scope
  readonly users: number
  /** How many events to load for administration; absent: none. */
  readonly events?: number
}

const administer = async (database: BenchDatabase, { users, events }: { users: number; events: number }) => {
  say(`Loading ${events.toLocaleString('en-US')} events ...`)
  const began = performance.now()
  const onProgress = (loaded: number) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K  ${loaded.toLocaleString('en-US')}`)
  await loadEvents(database.db, { tenantId: database.tenantId, secretKey, users, events, onProgress })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  say(`  ${((performance.now() - began) / 1000).toFixed(1)} s`)
  say('Taking them into the audit tree ...')
  const sealSeconds = await sealEvents(database, checkpointKey(deriveKey(secretKey, 'audit-checkpoints')))
  say(`  ${sealSeconds.toFixed(1)} s`)
  return { sealSeconds, known: await loadAdministration(database, { users, events }) }
}

const fill = async (database: BenchDatabase, users: number): Promise<readonly string[]> => {
  const began = performance.now()
  say(`Loading ${users.toLocaleString('en-US')} users ...`)
  const { db, tenantId } = database
  const tokens = await loadUsers(db, { tenantId, users, sessions: sessionCount, encoded: await sharedHash(), secretKey })
  say(`  ${((performance.now() - began) / 1000).toFixed(1)} s`)
  return tokens
}

const setUp = async ({ pinning, scope, users, events }: Setup) => {
  say('Starting PostgreSQL ...')
  const database = await startDatabase(pinning, scope)
  const refreshTokens = await fill(database, users)
  const administered = events === undefined ? undefined : await administer(database, { users, events })
  say('Starting the servers and the load generator ...')
  const env = { DATABASE_URL: database.url, DATA_DIR: database.dataDir, SECRET_KEY: secretKey }
  const server = await startServer({ pinning, scope, env })
  const bare = await startBare(pinning, scope)
  const load = startLoadProcess(pinning, scope)
  const oauth = await loadOAuth(database.db, { tenantId: database.tenantId, secretKey })
  await load.know({ users, password, refreshTokens, accessTokens: [], oauth, administration: administered?.known })
  const bench: Bench = { database, server, bare, load, sessions: sessionCount, signInPath: oauth.signInPath }
  return { bench, administered }
}

const rehearseAll = async (bench: Bench, operations: readonly Measured[]): Promise<ReadonlyMap<string, number>> => {
  say('Warming up ...')
  const rates = new Map<string, number>()
  for (const operation of operations) rates.set(operation.operation, await rehearse(bench, operation, 1))
  return rates
}

type Rounds = { readonly bench: Bench; readonly operations: readonly Measured[]; readonly rates: ReadonlyMap<string, number> }

const runRounds = async ({ bench, operations, rates }: Rounds, { rounds, seconds }: BenchOptions): Promise<Sample[][]> => {
  const all: Sample[][] = []
  for (let round = 1; round <= rounds; round += 1) {
    const samples: Sample[] = []
    for (const operation of operations) {
      if (process.stderr.isTTY) process.stderr.write(`\r\x1b[KRound ${round} of ${rounds}: ${operation.title}`)
      samples.push(await measure(bench, operation, Math.ceil((rates.get(operation.operation) ?? 1) * seconds)))
    }
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    say(`Round ${round} of ${rounds} done.`)
    all.push(samples)
  }
  return all
}

const stormOn = async (bench: Bench, { pinning, scope, users }: Setup): Promise<readonly Storm[]> => {
  say('Login storm ...')
  const probe = startLoadProcess(pinning, scope)
  const refresh = { operation: 'refresh', url: bench.server.url, connections: 10, amount: 200 } as const
  await bench.load.run(refresh)
  await probe.know({ users, password, refreshTokens: [], accessTokens: (await bench.load.accessTokens()).slice(0, 50) })
  const capacity = await rehearse(bench, { operation: 'login', title: 'login', connections: 4 }, 3)
  return runStorms({ load: bench.load, probe, url: bench.server.url, capacity }, (text) => say(`  ${text}`))
}

const timingOn = ({ database, server, load, signInPath }: Bench) => {
  say('Times of known and unknown accounts ...')
  const { db, tenantId } = database
  return runTiming({ db, tenantId, load, url: server.url, signInPath }, (text) => say(`  ${text}`))
}

const machine = () => ({
  model: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1e9),
  node: process.versions.node,
})

type Written = { readonly options: BenchOptions; readonly rounds: Sample[][]; readonly report: Parameters<typeof printReport>[0] }

const writeJson = async (pinning: Pinning, { options, rounds, report }: Written): Promise<string> => {
  const name = `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.json`
  const path = options.json === undefined ? join(checkoutRoot, 'bench-results', name) : resolve(options.json)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify({ machine: machine(), pinning: pinning.why, options, ...report, rounds }, null, 2)}\n`)
  return path
}

const run = async (options: BenchOptions, scope: Scope): Promise<void> => {
  const pinning = choosePinning()
  const { model, cores, node } = machine()
  say(`${model}, ${cores} cores, Node ${node}; ${pinning.why}.`)
  const starting = createScope()
  scope.onEnd(starting.end)
  if (options.starts) say('Start times ...')
  const starts: Starts | undefined = options.starts ? await measureStarts(starting, (text) => say(`  ${text}`)) : undefined
  await starting.end()
  const users = options.timing ? Math.max(options.users, timingUsers) : options.users
  const setup: Setup = { pinning, scope, users, ...(options.administration && { events: options.events }) }
  const { bench, administered } = await setUp(setup)
  const operations = chosenOperations(options.only, options.administration)
  const rates = await rehearseAll(bench, operations)
  const rounds = await runRounds({ bench, operations, rates }, options)
  const storms = options.storm ? await stormOn(bench, setup) : undefined
  const timing = options.timing ? await timingOn(bench) : undefined
  const exports = administered && (await measureExports(bench.server, administered.known.token, (text) => say(`  ${text}`)))
  const { sealSeconds } = administered ?? {}
  const report = { lines: summarize(operations, rounds), exports, sealSeconds, starts, storms, timing }
  process.stdout.write(`\n${printReport(report)}\n\n`)
  say(`The figures of every round: ${await writeJson(pinning, { options, rounds, report })}`)
}

const main = async (): Promise<void> => {
  const options = readOptions(process.argv)
  const scope = createScope()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (scope.isEnding()) return
      say('\nStopping what was started ...')
      scope.end().then(() => process.exit(130))
    })
  try {
    await run(options, scope)
  } catch (error) {
    // What breaks because everything is being stopped is no news.
    if (scope.isEnding()) return
    say((error as Error).stack ?? String(error))
    process.exitCode = 1
  }
  await scope.end()
}

await main()

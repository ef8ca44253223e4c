import { Command, InvalidArgumentError, Option } from 'commander'
import { asksAdministration, operationNames } from './operations.ts'

export type BenchOptions = {
  readonly users: number
  /** Audit events to load for the operations of administration. */
  readonly events: number
  readonly administration: boolean
  readonly rounds: number
  readonly seconds: number
  readonly only: readonly string[]
  readonly json: string | undefined
  readonly storm: boolean
  readonly timing: boolean
  readonly starts: boolean
}

const within = (least: number, most: number) => (text: string) => {
  const value = Number(text)
  if (!Number.isFinite(value) || value < least || value > most) throw new InvalidArgumentError(`A number from ${least} to ${most}.`)
  return value
}

const names = (text: string): string[] => {
  const chosen = text.split(',').map((name) => name.trim())
  const unknown = chosen.find((name) => !operationNames.includes(name))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no operation "${unknown}".`)
  return chosen
}

const description = `Measures the server on this machine: CPU per operation of server and PostgreSQL, latencies, start times, memory.
It starts a PostgreSQL, servers and a load generator of its own on loopback addresses, and leaves nothing behind but the figures in
bench-results/. What the columns mean and what to expect: docs/performance.md.`

/** Reads the command line; exits with the help, or with 2 where it does not fit. */
export const readOptions = (argv: readonly string[]): BenchOptions => {
  const command = new Command('npm run bench --')
    .description(description)
    .option('--users <n>', 'accounts to load, such as 1e3, 1e5 or 1e6', within(10, 10_000_000), 1000)
    .option('--events <n>', 'audit events to load for administration (default: ten for each account)', within(10, 100_000_000))
    .option('--administration', 'also the admin API: lists, search, exports, overview (always from 1e5 accounts on)', false)
    .option('--rounds <n>', 'rounds; every operation runs once in each', within(1, 100), 5)
    .option('--seconds <n>', 'about how long an operation runs in a round', within(0.2, 60), 1.5)
    .addOption(
      new Option('--only <names>', `operations, separated by commas: ${operationNames.join(', ')}; without start times`).argParser(names),
    )
    .option('--storm', 'also a login storm at three times what can be hashed, with /auth/me beside it (half a minute more)', false)
    .option('--timing', 'also whether known and unknown accounts can be told apart by time (five to ten minutes more)', false)
    .option('--no-starts', 'without start times and idle memory')
    .option('--json <file>', 'where the JSON goes (default: bench-results/ with the time in its name)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .parse([...argv])
  const {
    users: wanted = 1000,
    events,
    rounds,
    seconds,
    only = [],
    storm,
    timing,
    starts,
    json,
    ...rest
  } = command.opts<Partial<BenchOptions>>()
  const users = Math.round(wanted)
  const isLarge = users >= 100_000 && only.length === 0
  return {
    users,
    events: Math.round(events ?? users * 10),
    administration: (rest.administration ?? false) || isLarge || asksAdministration(only),
    rounds: Math.round(rounds ?? 5),
    seconds: seconds ?? 1.5,
    only,
    json,
    storm: storm ?? false,
    timing: timing ?? false,
    starts: (starts ?? true) && only.length === 0,
  }
}

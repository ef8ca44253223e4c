import assert from 'node:assert/strict'
import type { Database } from '../../src/db/database.ts'

type Cost = { readonly statements: number; readonly transactions: number }

type Measured<P, T> = {
  readonly db: Pick<Database, 'metrics'>
  /** What comes before each round and is not counted. */
  readonly prepare?: () => Promise<P>
  readonly work: (prepared: P) => Promise<T>
  /** With this many statements a round was quiet: no other is needed. */
  readonly enough: number
}

const roundsMax = 15

/**
 * What the work costs, and what it answered: the least of several rounds. What the platform asks by itself once a second, such as the look
 * for ended sessions, is kept out so, on a slow machine too.
 */
export const leastCost = async <P, T>({
  db,
  prepare,
  work,
  enough,
}: Measured<P, T>): Promise<{ readonly cost: Cost; readonly answer: T }> => {
  const round = async () => {
    const prepared = (await prepare?.()) as P
    const before = db.metrics.read()
    const answer = await work(prepared)
    const after = db.metrics.read()
    return { answer, cost: { statements: after.statements - before.statements, transactions: after.transactions - before.transactions } }
  }
  let least = await round()
  for (let count = 1; count < roundsMax && least.cost.statements > enough; count += 1) {
    const next = await round()
    if (next.cost.statements < least.cost.statements) least = next
  }
  return least
}

/** What asserts that work on this database costs so many statements, and no explicit transaction. */
export const costsOf =
  (db: Pick<Database, 'metrics'>) =>
  async <P>(statements: number, work: (prepared: P) => Promise<unknown>, prepare?: () => Promise<P>): Promise<void> => {
    const { cost } = await leastCost({ db, work, enough: statements, ...(prepare === undefined ? {} : { prepare }) })
    assert.deepEqual(cost, { statements, transactions: 0 })
  }

import type pg from 'pg'

type Counter = 'statements' | 'transactions'

/** What the pool did: statements and transactions so far, waits for a connection in seconds, and its present size. */
export type DatabaseMetrics = {
  readonly count: (what: Counter) => void
  readonly waited: (seconds: number) => void
  readonly read: () => {
    statements: number
    transactions: number
    waits: number
    waitSeconds: number
    size: number
    idle: number
    waiting: number
  }
}

export const databaseMetrics = (pool: pg.Pool): DatabaseMetrics => {
  const totals = { statements: 0, transactions: 0, waits: 0, waitSeconds: 0 }
  return {
    count: (what) => {
      totals[what] += 1
    },
    waited: (seconds) => {
      totals.waits += 1
      totals.waitSeconds += seconds
    },
    read: () => ({ ...totals, size: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  }
}

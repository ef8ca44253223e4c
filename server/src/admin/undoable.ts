import { type Database, inTransaction, type Tx } from '../db/database.ts'

/** What ends a transaction that is not to be kept, with what it found. */
class Undone extends Error {
  readonly outcome: unknown
  constructor(outcome: unknown) {
    super('undone')
    this.outcome = outcome
  }
}

/** Runs `work` in a transaction that is kept where it returns, and undone where it calls `undo`; the outcome of either. */
export const undoable = async <T>(db: Database, work: (tx: Tx, undo: (outcome: T) => never) => Promise<T>): Promise<T> => {
  const undo = (outcome: T): never => {
    throw new Undone(outcome)
  }
  try {
    return await inTransaction(db, { isIdempotent: true }, (tx) => work(tx, undo))
  } catch (error) {
    if (error instanceof Undone) return error.outcome as T
    throw error
  }
}

/** The database cannot be used now: an outage, never a refusal. Answered with 503. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('The database is not available.', { cause })
    this.name = 'DatabaseUnavailable'
  }
}

type Coded = { readonly code?: unknown; readonly message?: unknown; readonly constraint?: unknown }

const codeOf = (error: unknown): string => String((error as Coded | undefined)?.code ?? '')

// Connection lost (08), resources (53), shutdown (57P), time limits (57014, 55P03, 25P02-25P04), read-only standby (25006),
// serialization and deadlock (40001, 40P01) once the retries are spent.
const outage = /^(08|53|57P|57014|55P03|25P0[2-4]|25006|40001|40P01|ECONN|ENOENT|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)/
const outageText =
  /connection terminated|query read timeout|timeout exceeded when trying to connect|connection timeout|client has encountered a connection error|not queryable|server closed the connection/i

/** A serialization failure or a deadlock: the same statement may well succeed when it is run again. */
export const isRetryable = (error: unknown): boolean =>
  ['40001', '40P01'].includes(codeOf(error instanceof DatabaseUnavailable ? error.cause : error))

/** The error itself, or `DatabaseUnavailable` around it where it speaks of an outage. */
export const unavailable = (error: unknown): Error => {
  if (error instanceof DatabaseUnavailable) return error
  const text = String((error as Coded | undefined)?.message ?? '')
  if (outage.test(codeOf(error)) || outageText.test(text)) return new DatabaseUnavailable(error)
  return error instanceof Error ? error : new Error(text)
}

/** Whether a row that this one refers to has gone (SQLSTATE 23503). */
export const lostReference = (error: unknown): boolean => codeOf(error) === '23503'

/** The constraint that a row broke (SQLSTATE 23505), or undefined for any other error. */
export const violatedUnique = (error: unknown): string | undefined =>
  codeOf(error) === '23505' ? String((error as Coded).constraint ?? 'unknown') : undefined

/** The hashing pool cannot answer in time; a door answers 503 with `Retry-After`. */
export class HashPoolOverloaded extends Error {
  readonly code = 'hash_pool_overloaded'
  readonly retryAfterSeconds: number

  constructor(waitMs: number) {
    super('The server is busy. Try again shortly.')
    this.name = 'HashPoolOverloaded'
    this.retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000))
  }
}

/** A hashing thread stopped or failed in the middle of this job; nothing is known about the password. `cause` is the private detail. */
export class HashThreadFailed extends Error {
  readonly code = 'hash_thread_failed'

  constructor(cause: unknown) {
    super('The password could not be processed. Try again.', { cause })
    this.name = 'HashThreadFailed'
  }
}

/** The pool was closed before this job began. */
export class HashPoolClosed extends Error {
  readonly code = 'hash_pool_closed'

  constructor() {
    super('The server is shutting down. Try again shortly.')
    this.name = 'HashPoolClosed'
  }
}

/** Seconds after which to come again, where the error speaks of the hashing pool; otherwise undefined. */
export const retryAfterOf = (error: unknown): number | undefined => {
  if (error instanceof HashPoolOverloaded) return error.retryAfterSeconds
  return error instanceof HashPoolClosed || error instanceof HashThreadFailed ? 1 : undefined
}

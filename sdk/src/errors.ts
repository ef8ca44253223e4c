/** Why a sign-in failed: an error of RFC 6749 section 4.1.2.1, or one of ours that begins with `local_`. */
export class SignInError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'SignInError'
    this.code = code
  }
}

export type ProblemKind =
  | 'signed-out'
  | 'refused'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'too-many'
  | 'unavailable'
  | 'offline'
  | 'failed'

/** A refusal of the API. `message` is its public sentence; `fields` says what is wrong by member; `retryAfterSeconds` where it says when to come again. */
export class ApiError extends Error {
  readonly kind: ProblemKind
  readonly status: number
  readonly fields: Readonly<Record<string, string>>
  readonly retryAfterSeconds: number | undefined

  constructor(problem: {
    readonly kind: ProblemKind
    readonly status: number
    readonly message: string
    readonly fields?: Readonly<Record<string, string>>
    readonly retryAfterSeconds?: number | undefined
  }) {
    super(problem.message)
    this.name = 'ApiError'
    this.kind = problem.kind
    this.status = problem.status
    this.fields = problem.fields ?? {}
    this.retryAfterSeconds = problem.retryAfterSeconds
  }
}

/** The API wants a fresher or stronger sign-in first (RFC 9470). */
export class StepUpRequired extends Error {
  /** Seconds that the sign-in may be old. */
  readonly maxAge: number | undefined
  /** Context classes of which one must be reached, the preferred first. */
  readonly acrValues: readonly string[]

  constructor({ maxAge, acrValues }: { readonly maxAge: number | undefined; readonly acrValues: readonly string[] }) {
    super('Sign in again to do this')
    this.name = 'StepUpRequired'
    this.maxAge = maxAge
    this.acrValues = acrValues
  }
}

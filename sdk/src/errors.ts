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

/** A place of the request that does not fit, such as `['body', 'attributes', 'birthdate']`. */
export type ProblemPlace = { readonly loc: readonly (string | number)[]; readonly msg: string; readonly type: string }

type Problem = {
  readonly kind: ProblemKind
  readonly status: number
  readonly message: string
  readonly code?: string | undefined
  readonly permission?: string | undefined
  readonly errors?: readonly ProblemPlace[]
  readonly fields?: Readonly<Record<string, string>>
  readonly retryAfterSeconds?: number | undefined
  readonly requestId?: string | undefined
  readonly members?: Readonly<Record<string, unknown>>
}

/** A refusal of the API. `message` and `detail` are its public sentence; `retryAfterSeconds` says when to come again where the server does. */
export class ApiError extends Error {
  readonly kind: ProblemKind
  readonly status: number
  readonly detail: string
  /** Stable, such as `missing-permission`; decide by this one. Undefined where the answer has none. */
  readonly code: string | undefined
  /** The permission that is missing. */
  readonly permission: string | undefined
  readonly errors: readonly ProblemPlace[]
  /** What is wrong, by the last name of its place. */
  readonly fields: Readonly<Record<string, string>>
  readonly retryAfterSeconds: number | undefined
  /** By which the log and the events of the server know the request. */
  readonly requestId: string | undefined
  /** The problem details whole (RFC 9457), with the members that only some codes have. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(problem: Problem) {
    super(problem.message)
    this.name = 'ApiError'
    this.kind = problem.kind
    this.status = problem.status
    this.detail = problem.message
    this.code = problem.code
    this.permission = problem.permission
    this.errors = problem.errors ?? []
    this.fields = problem.fields ?? {}
    this.retryAfterSeconds = problem.retryAfterSeconds
    this.requestId = problem.requestId
    this.members = problem.members ?? {}
  }
}

type Demanded = {
  readonly maxAge: number | undefined
  readonly acrValues: readonly string[]
  readonly methods?: readonly string[] | undefined
}

/** The API wants a fresher or stronger sign-in first (RFC 9470). */
export class StepUpRequired extends Error {
  /** Seconds that the sign-in may be old. */
  readonly maxAge: number | undefined
  /** Context classes of which one must be reached, the preferred first. */
  readonly acrValues: readonly string[]
  /** The methods that count, where an organization takes some alone; undefined where all do. */
  readonly methods: readonly string[] | undefined

  constructor({ maxAge, acrValues, methods }: Demanded) {
    super('Sign in again to do this')
    this.name = 'StepUpRequired'
    this.maxAge = maxAge
    this.acrValues = acrValues
    this.methods = methods
  }
}

/** A refusal: `code` is stable and for the log, `detail` is the public sentence, `reason` stays private. The three never mix. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly status: number
  readonly code: string
  readonly detail: string | readonly ValidationProblem[]
  readonly headers: Readonly<Record<string, string>>
  readonly reason: string | undefined
  /** What the answer holds besides its detail. */
  readonly members: Readonly<Record<string, unknown>>
  constructor(input: AppErrorInput) {
    super(input.code)
    this.status = input.status
    this.code = input.code
    this.detail = input.detail
    this.headers = input.headers ?? {}
    this.reason = input.reason
    this.members = input.members ?? {}
  }
}

type AppErrorInput = {
  readonly status: number
  readonly code: string
  readonly detail: string | readonly ValidationProblem[]
  readonly headers?: Readonly<Record<string, string>>
  readonly reason?: string
  readonly members?: Readonly<Record<string, unknown>>
}

/** One member of the 422 answer. `input` is what was sent, null where it was missing or is secret. */
export type ValidationProblem = {
  readonly type: string
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly input: unknown
}

export const invalid = (problems: readonly ValidationProblem[]): AppError =>
  new AppError({ status: 422, code: 'invalid-request', detail: problems })

export const tooMany = (retryAfterSeconds: number, detail = 'Too many requests. Try again later.'): AppError =>
  new AppError({
    status: 429,
    code: 'too-many-requests',
    detail,
    headers: { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
  })

export const unavailableNow = (code: string, retryAfterSeconds = 1): AppError =>
  new AppError({
    status: 503,
    code,
    detail: 'The service is busy or being repaired. Try again shortly.',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) },
  })

/** What a sensitive request misses: a sign-in within `maxAgeSeconds`, and one with a second factor where the class is aal2. */
export type StepUp = { readonly maxAgeSeconds: number; readonly acr: 'aal1' | 'aal2' }

/** RFC 9470 section 3; `told` where another sentence than the usual one says what to do. */
export const insufficientAuthentication = (
  { maxAgeSeconds, acr }: StepUp,
  told: { readonly detail?: string; readonly members?: Readonly<Record<string, unknown>> } = {},
): AppError => {
  const second = acr === 'aal2' ? ', acr_values="aal2"' : ''
  return new AppError({
    status: 403,
    code: 'insufficient-authentication',
    detail: told.detail ?? 'Sign in again to do this',
    headers: { 'www-authenticate': `Bearer error="insufficient_user_authentication", max_age="${maxAgeSeconds}"${second}` },
    members: { ...told.members, max_age: maxAgeSeconds, acr_values: acr },
  })
}

/** Who is known, and may not do this. */
export const lacksPermission = (name: string): AppError =>
  new AppError({
    status: 403,
    code: 'missing-permission',
    detail: `This needs the permission ${name}. Ask an owner for a role that holds it.`,
    members: { permission: name },
  })

export const notFoundError = (what: string): AppError =>
  new AppError({ status: 404, code: 'not-found', detail: `There is no such ${what}.` })

/** The state does not allow it; the sentence says why and what to do. */
export const conflict = (code: string, detail: string): AppError => new AppError({ status: 409, code, detail })

/** RFC 9110 section 13.1.1: somebody has changed it since it was read. */
export const changedMeanwhile = (): AppError =>
  new AppError({
    status: 412,
    code: 'changed-meanwhile',
    detail: 'This was changed since you read it. Read it again, and repeat your change on what you find.',
  })

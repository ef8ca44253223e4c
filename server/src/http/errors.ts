/** A refusal: `code` is stable and for the log, `detail` is the public sentence, `reason` stays private. The three never mix. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly status: number
  readonly code: string
  readonly detail: string | readonly ValidationProblem[]
  readonly headers: Readonly<Record<string, string>>
  readonly reason: string | undefined
  constructor(input: AppErrorInput) {
    super(input.code)
    this.status = input.status
    this.code = input.code
    this.detail = input.detail
    this.headers = input.headers ?? {}
    this.reason = input.reason
  }
}

type AppErrorInput = {
  readonly status: number
  readonly code: string
  readonly detail: string | readonly ValidationProblem[]
  readonly headers?: Readonly<Record<string, string>>
  readonly reason?: string
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

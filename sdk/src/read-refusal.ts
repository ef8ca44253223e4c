import { ApiError, type ProblemKind, StepUpRequired } from './errors.ts'

const kinds: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'refused',
  404: 'not-found',
  409: 'conflict',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  429: 'too-many',
  503: 'unavailable',
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Parameters of a Bearer challenge (RFC 9110 section 11.6.1, RFC 6750 section 3). */
export const readChallenge = (header: string | null): Readonly<Record<string, string>> => {
  if (header === null || !/^Bearer\b/i.test(header)) return {}
  const pairs = header.slice('Bearer'.length).matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g)
  return Object.fromEntries(
    [...pairs].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '']),
  )
}

const stepUpOf = (challenge: Readonly<Record<string, string>>): StepUpRequired => {
  const maxAge = Number(challenge['max_age'] ?? Number.NaN)
  return new StepUpRequired({
    maxAge: Number.isSafeInteger(maxAge) && maxAge >= 0 ? maxAge : undefined,
    acrValues: challenge['acr_values']?.split(' ').filter((one) => one !== '') ?? [],
  })
}

/** The last name in the path of a schema error: `['body', 'attributes', 'birthdate']` speaks of birthdate. */
const fieldsOf = (detail: readonly unknown[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    detail.flatMap((one) => {
      if (!isObject(one) || !Array.isArray(one['loc'])) return []
      return [[String(one['loc'].at(-1) ?? ''), String(one['msg'] ?? '')] as const]
    }),
  )

const secondsOf = (header: string | null): number | undefined => {
  const seconds = Number(header ?? Number.NaN)
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined
}

/** What an answer that is no success says, as an error to throw. `body` is its JSON, or undefined where it has none. */
export const readRefusal = (answer: Pick<Response, 'status' | 'headers'>, body: unknown): ApiError | StepUpRequired => {
  const challenge = readChallenge(answer.headers.get('www-authenticate'))
  if (challenge['error'] === 'insufficient_user_authentication') return stepUpOf(challenge)
  const detail = isObject(body) ? body['detail'] : undefined
  const fields = Array.isArray(detail) ? fieldsOf(detail) : {}
  const message = typeof detail === 'string' ? detail : (Object.values(fields)[0] ?? `The server answered ${answer.status}.`)
  const kind = kinds[answer.status] ?? 'failed'
  return new ApiError({ kind, status: answer.status, message, fields, retryAfterSeconds: secondsOf(answer.headers.get('retry-after')) })
}

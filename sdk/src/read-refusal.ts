import { ApiError, type ProblemKind, type ProblemPlace, StepUpRequired } from './errors.ts'

const kinds: Readonly<Record<number, ProblemKind>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'refused',
  404: 'not-found',
  409: 'conflict',
  412: 'conflict',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  428: 'invalid',
  429: 'too-many',
  503: 'unavailable',
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Parameters of a Bearer or DPoP challenge (RFC 9110 section 11.6.1, RFC 6750 section 3, RFC 9449 section 7.1). */
export const readChallenge = (header: string | null): Readonly<Record<string, string>> => {
  const [scheme] = /^(Bearer|DPoP)\b/i.exec(header ?? '') ?? []
  if (header === null || scheme === undefined) return {}
  const pairs = header.slice(scheme.length).matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g)
  return Object.fromEntries(
    [...pairs].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '']),
  )
}

const methodsIn = (body: unknown): readonly string[] | undefined => {
  const methods = isObject(body) ? body['methods'] : undefined
  return Array.isArray(methods) ? methods.filter((one) => typeof one === 'string') : undefined
}

/** What an API asks for where the sign-in was too weak or too long ago (RFC 9470), undefined where it asks for nothing such. `body` is its JSON, in which an organization names the methods that count. */
export const readStepUp = ({ headers }: Pick<Response, 'headers'>, body?: unknown): StepUpRequired | undefined => {
  const challenge = readChallenge(headers.get('www-authenticate'))
  if (challenge['error'] !== 'insufficient_user_authentication') return undefined
  const maxAge = Number(challenge['max_age'] ?? Number.NaN)
  return new StepUpRequired({
    maxAge: Number.isSafeInteger(maxAge) && maxAge >= 0 ? maxAge : undefined,
    acrValues: challenge['acr_values']?.split(' ').filter((one) => one !== '') ?? [],
    methods: methodsIn(body),
  })
}

const isPart = (one: unknown): one is string | number => typeof one === 'string' || typeof one === 'number'

const placesOf = (errors: unknown): readonly ProblemPlace[] =>
  (Array.isArray(errors) ? errors : []).flatMap((one) => {
    if (!isObject(one) || !Array.isArray(one['loc'])) return []
    return [{ loc: one['loc'].filter(isPart), msg: String(one['msg'] ?? ''), type: String(one['type'] ?? '') }]
  })

/** The last name in the path of a schema error: `['body', 'attributes', 'birthdate']` speaks of birthdate. */
const fieldsOf = (places: readonly ProblemPlace[]): Readonly<Record<string, string>> =>
  Object.fromEntries(places.map(({ loc, msg }) => [String(loc.at(-1) ?? ''), msg]))

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const secondsOf = (header: string | null): number | undefined => {
  const seconds = Number(header ?? Number.NaN)
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : undefined
}

/** What an answer that is no success says, as an error to throw. `body` is its JSON, or undefined where it has none. */
export const readRefusal = (answer: Pick<Response, 'status' | 'headers'>, body: unknown): ApiError | StepUpRequired => {
  const stepUp = readStepUp(answer, body)
  if (stepUp !== undefined) return stepUp
  const members = isObject(body) ? body : {}
  const { detail, errors = detail } = members
  const places = placesOf(errors)
  const fields = fieldsOf(places)
  return new ApiError({
    kind: kinds[answer.status] ?? 'failed',
    status: answer.status,
    message: textOf(detail) ?? Object.values(fields)[0] ?? `The server answered ${answer.status}.`,
    code: textOf(members['code']),
    permission: textOf(members['permission']),
    errors: places,
    fields,
    retryAfterSeconds: secondsOf(answer.headers.get('retry-after')),
    requestId: textOf(members['request_id']),
    members,
  })
}

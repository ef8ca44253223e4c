import type { TSchema } from 'typebox'
import { content, contentMarker, mediaTypeOf } from './content.ts'
import type { AnyRoute } from './route.ts'

type Json = Record<string, unknown>

const reasons: Record<number, string> = {
  200: 'Success',
  304: 'Not modified since the ETag that was sent',
  400: 'Refused, with the reason',
  401: 'The credentials are missing or not valid',
  403: 'Refused; where the sign-in is too old or had one factor only, max_age and acr_values say what is asked for (RFC 9470)',
  404: 'Not found',
  409: 'The state does not allow it',
  412: 'It was changed since it was read; read it again',
  428: 'If-Match is missing',
  405: 'The path has no such method; Allow lists those it has',
  413: 'The body is larger than 64 KiB',
  415: 'The media type is not the one this endpoint reads',
  422: 'The request does not fit its schema',
  431: 'The address with its query is longer than 16 KiB',
  429: 'Too many requests or failures; Retry-After says when to come again',
  503: 'Busy or being repaired; Retry-After says when to come again',
}

const detail = { type: 'object', required: ['detail'], properties: { detail: { type: 'string' } } }
const validationError = {
  type: 'object',
  required: ['detail'],
  properties: {
    detail: {
      type: 'array',
      items: {
        type: 'object',
        required: ['type', 'loc', 'msg', 'input'],
        properties: {
          type: { type: 'string' },
          loc: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
          msg: { type: 'string' },
          input: { description: 'What was sent; null where it was missing or may be secret.' },
        },
      },
    },
  },
}

/** RFC 9457. */
const problemDetails = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'request_id'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable: decide by this one.' },
    detail: { type: 'string', description: 'What was wrong and what to do, for people.' },
    errors: { description: 'Each place of the request that does not fit.', ...validationError.properties.detail },
    request_id: { type: 'string', description: 'By which the log and the events know the request.' },
  },
}

const retryAfter = { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'string' } } }
const challenge = { 'WWW-Authenticate': { description: 'RFC 6750 section 3.', schema: { type: 'string' } } }

const withoutMarker = (schema: object): Json => Object.fromEntries(Object.entries(schema).filter(([name]) => name !== contentMarker))

const refusal = (status: number, schema: object): Json => ({
  description: reasons[status] ?? 'Refused',
  content: { [mediaTypeOf(schema).split(';')[0] ?? '']: { schema: withoutMarker(schema) } },
  ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
  ...(status === 401 || status === 403 ? { headers: challenge } : {}),
})

const shared = { $ref: '#/components/schemas/Problem' }
/** RFC 6749 section 5.2. */
const oauthError = {
  type: 'object',
  required: ['error'],
  properties: { error: { type: 'string' }, error_description: { type: 'string' } },
}

// Where the answer decides, an object comes as JSON unless the client asked for more, and bytes as what they are.
const documentedType = (mediaType: string, { type }: { readonly type?: unknown }): string => {
  if (mediaType === 'negotiated') return type === 'object' ? 'application/json' : '*/*'
  return mediaType.split(';')[0] ?? mediaType
}

const success = (status: number, schema: TSchema): Json => {
  const mediaType = mediaTypeOf(schema)
  const description = reasons[status] ?? 'Answer'
  if (mediaType === 'none') return { description }
  return { description, content: { [documentedType(mediaType, schema)]: { schema: withoutMarker(schema) } } }
}

/** The shape of a refusal that comes before the handler. */
const impliedShape = ({ failure }: AnyRoute, status: number): object => {
  // Written before anybody knows which route it is.
  if (status === 431) return shared
  if (failure === 'page') return content('text/html')
  if (failure === 'oauth') return oauthError
  if (failure === 'problem') return content('application/problem+json', { $ref: '#/components/schemas/ProblemDetails' })
  return status === 422 ? { $ref: '#/components/schemas/ValidationError' } : shared
}

// Whatever an id stands for may be gone, or be another's.
const isIdTaking = ({ path, auth }: AnyRoute): boolean => path.includes(':') && (auth.kind === 'signed-in' || auth.kind === 'permission')

const responses = (route: AnyRoute): Json => {
  const own = Object.entries(route.responses).map(([status, schema]) => [status, success(Number(status), schema)] as const)
  const hasBody = route.request?.body !== undefined || route.request?.form !== undefined
  const implied = [
    ...(['signed-in', 'permission', 'administrator'].includes(route.auth.kind) ? [401] : []),
    ...(route.auth.kind === 'permission' || (route.auth.kind === 'signed-in' && route.auth.isFresh === true) ? [403] : []),
    ...(route.request?.query ? [422, 431] : []),
    ...(isIdTaking(route) ? [404] : []),
    ...(hasBody || route.request?.bytes ? [413, 415, 422] : []),
    ...(route.request?.raw || route.request?.json ? [413] : []),
    ...(route.limit.by === 'nobody' ? [] : [429, 503]),
  ]
  const missing = implied.filter((status) => !(status in route.responses))
  const refusals = missing.map((status) => [String(status), refusal(status, impliedShape(route, status))] as const)
  const declared = own.map(([status, answer]) =>
    Number(status) >= 400
      ? ([status, refusal(Number(status), route.responses[Number(status)] ?? shared)] as const)
      : ([status, answer] as const),
  )
  return Object.fromEntries([...declared, ...refusals])
}

const requestBody = (route: AnyRoute): Json => {
  if (route.request?.body) return { requestBody: { required: true, content: { 'application/json': { schema: route.request.body } } } }
  if (route.request?.json) return { requestBody: { required: true, content: { 'application/json': { schema: route.request.json } } } }
  if (route.request?.bytes) {
    const { bytes: schema } = route.request
    return { requestBody: { required: true, content: { 'image/png': { schema }, 'image/jpeg': { schema }, 'image/webp': { schema } } } }
  }
  const isPost = route.method === 'POST'
  if (route.request?.raw && isPost)
    return {
      requestBody: {
        required: (route.request.raw as { required?: string[] }).required !== undefined,
        content: { 'application/x-www-form-urlencoded': { schema: route.request.raw } },
      },
    }
  if (route.request?.form)
    return { requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: route.request.form } } } }
  return {}
}

const security = ({ auth }: AnyRoute): Json => {
  if (auth.kind === 'signed-in') return { security: [{ password: [] }, { bearer: [] }] }
  if (auth.kind === 'permission' || auth.kind === 'administrator') return { security: [{ bearer: [] }] }
  if (auth.kind === 'client') return { security: [{ client: [] }, {}] }
  if (auth.kind === 'access-token') return { security: [{ bearer: [] }] }
  return { security: [] }
}

const inPath = (path: string): Json[] =>
  [...path.matchAll(/:([A-Za-z]+)/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))

const inQuery = ({ method, request }: AnyRoute): Json[] => {
  const described = request?.query ?? (method === 'GET' ? request?.raw : undefined)
  const schema = described as { properties?: Record<string, object>; required?: string[] } | undefined
  return Object.entries(schema?.properties ?? {}).map(([name, one]) => ({
    name,
    in: 'query',
    required: schema?.required?.includes(name) ?? false,
    schema: one,
  }))
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
  description: 'A retry with the same key and body gets the answer of the first request, for a day.',
}

const parameters = (route: AnyRoute): Json => {
  const all = [...inPath(route.path), ...inQuery(route), ...(route.isIdempotent ? [idempotencyKey] : [])]
  return all.length > 0 ? { parameters: all } : {}
}

const operation = (route: AnyRoute): Json => ({
  operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())}`,
  summary: route.summary,
  ...(route.description ? { description: route.description } : {}),
  tags: [route.tag],
  ...security(route),
  ...parameters(route),
  ...requestBody(route),
  responses: responses(route),
})

/** A group of operations: the tag of its routes, and a sentence on what they are for. */
export type Section = { readonly name: string; readonly description: string }
export type OpenApiOptions = { readonly version: string; readonly tokenPath: string; readonly sections: readonly Section[] }

/** The OpenAPI 3.1 document of the endpoints, from the same objects that serve them. */
export const openApi = (routes: readonly AnyRoute[], { version, tokenPath, sections }: OpenApiOptions): Json => {
  const paths: Record<string, Json> = {}
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Custom Identity Platform',
      version,
      description:
        'Registration, sign-in and protected endpoints. Press "Authorize" with a user name and a password, then call `GET /auth/me`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: sections,
    paths,
    components: {
      schemas: { Problem: detail, ValidationError: validationError, ProblemDetails: problemDetails },
      securitySchemes: {
        password: { type: 'oauth2', flows: { password: { tokenUrl: tokenPath, refreshUrl: `${tokenPath}/refresh`, scopes: {} } } },
        client: { type: 'http', scheme: 'basic', description: 'client_id and client_secret; other methods by form parameters' },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
  }
}

import { type ApiClientOptions, type Call, createApiCall } from './api-call.ts'
import type { paths } from './generated/openapi.ts'

type AdminPaths = { [P in keyof paths as P extends `/admin/v1${infer Below}` ? Below : never]: paths[P] }
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** Paths below `/admin/v1` that know the method, as the OpenAPI document writes them: `/users/{id}`. */
export type AdminPath<M extends Method = Method> = {
  [P in keyof AdminPaths]: M extends unknown ? (M extends keyof AdminPaths[P] ? P : never) : never
}[keyof AdminPaths]

type Operation<M extends Method, P extends AdminPath<M>> = M extends keyof AdminPaths[P] ? AdminPaths[P][M] : never

type ParametersOf<O> = O extends { readonly parameters: infer All } ? Pick<All, Extract<keyof All, 'path' | 'query'>> : object
type BodyOf<O> = O extends { readonly requestBody: { readonly content: infer Content } }
  ? { readonly body: Content extends { readonly 'application/json': infer Json } ? Json : Blob }
  : object
type ContentOf<R> = R extends { content: infer Content }
  ? Content extends { readonly 'application/json': infer Json }
    ? Json
    : string
  : undefined

/** The JSON body that an operation reads. */
export type AdminBody<M extends Method, P extends AdminPath<M>> = BodyOf<Operation<M, P>> extends { readonly body: infer B } ? B : undefined
/** The query that an operation understands. */
export type AdminQuery<M extends Method, P extends AdminPath<M>> =
  ParametersOf<Operation<M, P>> extends { readonly query?: infer Q } ? NonNullable<Q> : undefined

type Common = {
  readonly signal?: AbortSignal
  /** The `etag` of what was read: the change is made on that or not at all (412 `changed-meanwhile`). */
  readonly ifMatch?: string | undefined
  /** A text of your own: a retry with the same one gets the answer of the first request, for a day. */
  readonly idempotencyKey?: string
}

/** What a call takes: its path parameters, query and body, where the operation has them. */
export type AdminRequest<M extends Method, P extends AdminPath<M>> = ParametersOf<Operation<M, P>> & BodyOf<Operation<M, P>> & Common

/** A success: `body` is its JSON (a text where it is none, undefined where it is empty), `etag` what `ifMatch` takes. */
export type AdminAnswer<M extends Method, P extends AdminPath<M>> =
  Operation<M, P> extends { readonly responses: infer R }
    ? { [S in keyof R]: { readonly status: S; readonly body: ContentOf<R[S]>; readonly etag: string | undefined } }[keyof R]
    : never

// A request that has to name nothing can be left out.
type Rest<T> = object extends T ? [request?: T] : [request: T]

type Loose = Common & {
  readonly path?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
}

const inPath = (template: string, values: Readonly<Record<string, string>> = {}): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    // An empty one would lead to another route, and the dots to another place.
    if (value === undefined || /^\.{0,2}$/.test(value)) throw new TypeError(`${template} needs the path parameter "${name}"`)
    return encodeURIComponent(value)
  })

const inQuery = (values: Readonly<Record<string, unknown>> = {}): string => {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

const callOf = (method: Call['method'], template: string, { path, query, body, ifMatch, idempotencyKey, signal }: Loose): Call => ({
  method,
  path: `${inPath(template, path)}${inQuery(query)}`,
  headers: {
    ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  },
  ...(body instanceof Blob ? { bytes: body } : body === undefined ? {} : { body }),
  ...(signal && { signal }),
})

const bodyOf = async (answer: Response): Promise<unknown> => {
  const text = await answer.text()
  if (text === '') return undefined
  return /^application\/([\w.-]+\+)?json\b/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text
}

const methods = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' } as const

type Streamed<M extends 'get' | 'post'> = {
  [P in AdminPath<M>]: AdminAnswer<M, P> extends { readonly body: infer B } ? (string extends B ? P : never) : never
}[AdminPath<M>]
type StreamRequest<P> =
  P extends Streamed<'get'>
    ? AdminRequest<'get', P> & { readonly method?: 'get' }
    : P extends Streamed<'post'>
      ? AdminRequest<'post', P> & { readonly method: 'post' }
      : never

/**
 * The admin API of a tenant: one function for each method, typed by the OpenAPI document.
 * Each throws `ApiError`, and `StepUpRequired` before what needs a fresher sign-in.
 */
export const createAdminClient = (options: ApiClientOptions) => {
  const { request } = createApiCall('/admin/v1', options)

  const caller =
    <M extends Method>(method: M) =>
    async <P extends AdminPath<M>>(path: P, ...[wanted]: Rest<AdminRequest<M, P>>): Promise<AdminAnswer<M, P>> => {
      const answer = await request(callOf(methods[method], path, (wanted ?? {}) as Loose))
      const etag = answer.headers.get('etag') ?? undefined
      // What the server promises in its document, which its own tests hold it to.
      return { status: answer.status, body: await bodyOf(answer), etag } as unknown as AdminAnswer<M, P>
    }

  return {
    get: caller('get'),
    post: caller('post'),
    put: caller('put'),
    patch: caller('patch'),
    delete: caller('delete'),
    /** The answer of an export before its body is read: `.body` as a stream, or `.blob()` for a download. */
    stream: <P extends Streamed<'get'> | Streamed<'post'>>(path: P, wanted: StreamRequest<P>): Promise<Response> => {
      const { method = 'get', ...rest } = wanted as Loose & { readonly method?: 'get' | 'post' }
      return request(callOf(methods[method], path, rest))
    },
  }
}

export type AdminClient = ReturnType<typeof createAdminClient>

import { ApiError, StepUpRequired } from './errors.ts'
import { readRefusal } from './read-refusal.ts'

export type ApiClientOptions = {
  readonly issuer: string
  /** A live access token with the scope of the API (`account`, `admin`); undefined where the person must sign in. */
  readonly getToken: (wish: { readonly isStale: boolean }) => Promise<string | undefined>
  /** The language of words in answers, as a BCP 47 tag; absent: the browser's. */
  readonly getLanguage?: () => string
  /** Told of each demand for a fresher or stronger sign-in before it is thrown. */
  readonly onStepUp?: (required: StepUpRequired) => void
  readonly fetch?: (url: string, options: RequestInit) => Promise<Response>
}

export type Call = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, with its media type. */
  readonly bytes?: Blob
  readonly signal?: AbortSignal
}

const signedOut = (): ApiError => new ApiError({ kind: 'signed-out', status: 401, message: 'You are signed out. Sign in again.' })

type Wishes = { readonly token: string; readonly language: string | undefined }

const optionsOf = ({ method, headers, body, bytes, signal }: Call, { token, language }: Wishes): RequestInit => ({
  method,
  headers: {
    ...headers,
    authorization: `Bearer ${token}`,
    ...(language === undefined ? {} : { 'accept-language': language }),
    ...(bytes === undefined ? {} : { 'content-type': bytes.type }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  },
  credentials: 'omit',
  cache: 'no-store',
  ...(bytes === undefined ? {} : { body: bytes }),
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  ...(signal === undefined ? {} : { signal }),
})

/** Calls below `base`, such as `/account/v1`, with a bearer token; an expired one is renewed once. Throws `ApiError` or `StepUpRequired`. */
export const createApiCall = (base: string, options: ApiClientOptions) => {
  const { issuer, getToken, getLanguage, onStepUp, fetch: send = (url, init) => fetch(url, init) } = options

  const attempt = async (call: Call, isStale: boolean): Promise<Response> => {
    const token = await getToken({ isStale })
    if (token === undefined) throw signedOut()
    return send(`${issuer}${base}${call.path}`, optionsOf(call, { token, language: getLanguage?.() })).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw new ApiError({ kind: 'offline', status: 0, message: 'The server cannot be reached. Check the connection and try again.' })
    })
  }

  const refuse = async (answer: Response): Promise<never> => {
    const refusal = readRefusal(answer, await answer.json().catch(() => undefined))
    if (refusal instanceof StepUpRequired) onStepUp?.(refusal)
    throw refusal
  }

  /** The answer itself, which is a success. */
  const request = async (call: Call): Promise<Response> => {
    const first = await attempt(call, false)
    const answer = first.status === 401 ? await attempt(call, true) : first
    return answer.ok ? answer : refuse(answer)
  }

  return {
    request,
    json: async <T>(call: Call): Promise<T> => (await (await request(call)).json()) as T,
    nothing: async (call: Call): Promise<void> => {
      await (await request(call)).body?.cancel()
    },
    blob: async (call: Call): Promise<Blob> => (await request(call)).blob(),
  }
}

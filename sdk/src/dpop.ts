import { toBase64url } from './base64url.ts'

/** A key pair for proofs whose private part cannot leave this browser or process; IndexedDB keeps it across pages. */
export const createDpopKey = (): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])

export type DpopProofWish = {
  readonly method: string
  /** Of the request; query and fragment are left out. */
  readonly url: string
  /** What the proof comes along with; absent: a request to the token endpoint. */
  readonly accessToken?: string | undefined
  readonly nonce?: string | undefined
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

const bytesOf = (text: string) => new TextEncoder().encode(text)
const part = (value: unknown): string => toBase64url(bytesOf(JSON.stringify(value)))
const digest = async (text: string): Promise<string> => toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text))))

// The members that a thumbprint takes, in its order (RFC 7638 section 3.2).
const publicPart = async ({ publicKey }: CryptoKeyPair): Promise<Readonly<Record<string, string | undefined>>> => {
  const { crv, kty, x, y } = await crypto.subtle.exportKey('jwk', publicKey)
  return { crv, kty, x, y }
}

/** The thumbprint of the key, for the authorization parameter `dpop_jkt` (RFC 9449 section 10). */
export const dpopThumbprint = async (key: CryptoKeyPair): Promise<string> => digest(JSON.stringify(await publicPart(key)))

/** A proof for one request (RFC 9449 section 4.2). */
export const createDpopProof = async (key: CryptoKeyPair, wish: DpopProofWish): Promise<string> => {
  const { method, url, accessToken, nonce, now = Date.now } = wish
  const { origin, pathname } = new URL(url)
  const header = part({ typ: 'dpop+jwt', alg: 'ES256', jwk: await publicPart(key) })
  const claims = part({
    jti: crypto.randomUUID(),
    htm: method,
    htu: `${origin}${pathname}`,
    iat: Math.floor(now() / 1000),
    ath: accessToken === undefined ? undefined : await digest(accessToken),
    nonce,
  })
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, bytesOf(`${header}.${claims}`))
  return `${header}.${claims}.${toBase64url(new Uint8Array(signature))}`
}

export type DpopFetchOptions = {
  readonly key: CryptoKeyPair
  /** The access token that is bound to the key; undefined for requests to the token endpoint. */
  readonly getToken?: () => Promise<string | undefined>
  readonly fetch?: (url: string, options: RequestInit) => Promise<Response>
  readonly now?: () => number
}

const wantsNonce = async (answer: Response): Promise<boolean> => {
  if (/\bDPoP\b.*\berror="?use_dpop_nonce\b/i.test(answer.headers.get('www-authenticate') ?? '')) return true
  // A token endpoint says it in its body (RFC 9449 section 8).
  if (answer.status !== 400) return false
  const body = (await answer
    .clone()
    .json()
    .catch(() => undefined)) as { readonly error?: unknown } | undefined
  return body?.error === 'use_dpop_nonce'
}

/** `fetch` with the token and a proof of its own for each request. A nonce that a server asks for is sent from then on, and the request repeated once. */
export const createDpopFetch = ({ key, getToken, fetch: send = (url, init) => fetch(url, init), now = Date.now }: DpopFetchOptions) => {
  const nonces = new Map<string, string>()
  const attempt = async (url: string, options: RequestInit): Promise<Response> => {
    const { origin } = new URL(url)
    const accessToken = await getToken?.()
    const method = options.method?.toUpperCase() ?? 'GET'
    const headers = new Headers(options.headers)
    if (accessToken !== undefined) headers.set('authorization', `DPoP ${accessToken}`)
    const nonce = nonces.get(origin)
    headers.set('dpop', await createDpopProof(key, { method, url, accessToken, nonce, now }))
    const answer = await send(url, { ...options, method, headers })
    const next = answer.headers.get('dpop-nonce')
    if (next !== null) nonces.set(origin, next)
    return answer
  }
  return async (url: string, options: RequestInit = {}): Promise<Response> => {
    const first = await attempt(url, options)
    const isRepeatable = !(options.body instanceof ReadableStream)
    if (first.ok || !isRepeatable || first.headers.get('dpop-nonce') === null || !(await wantsNonce(first))) return first
    await first.body?.cancel()
    return attempt(url, options)
  }
}

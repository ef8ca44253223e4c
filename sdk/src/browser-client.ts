import { SignInError } from './errors.ts'
import { type IdTokenClaims, readIdToken } from './id-token.ts'
import { challengeOf, randomValue } from './pkce.ts'
import { safeReturnTo } from './return-to.ts'
import { pendingSignIns, type Store } from './sign-in-state.ts'

/** The parts of a browser that the client needs; a test passes its own. */
export type Surroundings = {
  readonly origin: string
  readonly store: Store
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>
  /** Leaves the page. */
  readonly go: (url: string) => void
}

export type BrowserClientOptions = {
  readonly issuer: string
  readonly clientId: string
  readonly redirectUri: string
  readonly scope: string
  /** The identifier of the API that the access tokens are for (RFC 8707); absent: the server's own. */
  readonly resource?: string
  /** Where to land without another wish; a path of this origin. */
  readonly home: string
  readonly surroundings?: Surroundings
}

export type SignInWish = {
  /** A path of this origin; anything else lands at home. */
  readonly returnTo?: string
  readonly prompt?: 'none' | 'login' | 'select_account' | 'create'
  /** Seconds that the sign-in may be old; 0 asks for a new one. */
  readonly maxAge?: number | undefined
  /** Context classes of which one must be reached. */
  readonly essentialAcr?: readonly string[]
  readonly uiLocales?: string
}

type Tokens = {
  readonly accessToken: string
  readonly expiresAt: number
  readonly refreshToken: string | undefined
  readonly idToken: string | undefined
  readonly claims: IdTokenClaims
}

const browser = (): Surroundings => ({
  origin: location.origin,
  store: sessionStorage,
  now: Date.now,
  fetch: (url, options) => fetch(url, options),
  go: (url) => location.assign(url),
})

type Setting = Omit<BrowserClientOptions, 'surroundings'> & { readonly surroundings: Surroundings }

// A token is renewed this long before it ends, so that none ends on its way.
const earlyMs = 30_000

type TokenAnswer = {
  readonly access_token: string
  readonly expires_in: number
  readonly refresh_token?: string
  readonly id_token?: string
}

const post = async ({ fetch }: Surroundings, url: string, form: Readonly<Record<string, string>>): Promise<TokenAnswer> => {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), credentials: 'omit', cache: 'no-store' })
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>
  if (!answer.ok) throw new SignInError(String(body['error'] ?? 'server_error'), String(body['error_description'] ?? 'The sign-in failed.'))
  if (typeof body['access_token'] !== 'string') throw new SignInError('local_token', 'The server sent no access token.')
  return body as unknown as TokenAnswer
}

const essential = (acr: readonly string[] | undefined): Readonly<Record<string, string>> =>
  acr === undefined || acr.length === 0
    ? {}
    : { claims: JSON.stringify({ id_token: { acr: { essential: true, values: acr } } }), acr_values: acr.join(' ') }

/** The tokens of the page, in memory alone. */
const tokenKeeper = ({ issuer, clientId, surroundings }: Setting) => {
  const { now } = surroundings
  let tokens: Tokens | undefined
  let renewal: Promise<string | undefined> | undefined

  const keep = (answer: TokenAnswer, nonce: string | undefined): void => {
    const expected = { issuer, clientId, nonce, nowSeconds: now() / 1000 }
    const claims = answer.id_token === undefined ? tokens?.claims : readIdToken(answer.id_token, expected)
    if (claims === undefined) throw new SignInError('local_id_token', 'The server sent no ID token.')
    if (tokens !== undefined && tokens.claims.sub !== claims.sub) throw new SignInError('local_id_token', 'Somebody else is signed in now.')
    tokens = {
      accessToken: answer.access_token,
      expiresAt: now() + answer.expires_in * 1000,
      refreshToken: answer.refresh_token ?? tokens?.refreshToken,
      idToken: answer.id_token ?? tokens?.idToken,
      claims,
    }
  }

  const renew = async (): Promise<string | undefined> => {
    const refreshToken = tokens?.refreshToken
    if (refreshToken === undefined) return undefined
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId }
    try {
      keep(await post(surroundings, `${issuer}/oauth2/token`, form), undefined)
    } catch (error) {
      if (!(error instanceof SignInError)) throw error
      tokens = undefined
    }
    return tokens?.accessToken
  }

  return {
    keep,
    current: (): Tokens | undefined => tokens,
    forget: (): void => {
      tokens = undefined
    },
    // Refresh tokens rotate: two requests must never present the same one.
    get: async (isStale: boolean): Promise<string | undefined> => {
      if (tokens === undefined) return undefined
      if (!isStale && tokens.expiresAt - earlyMs > now()) return tokens.accessToken
      renewal ??= renew().finally(() => {
        renewal = undefined
      })
      return renewal
    },
  }
}

type Parts = Setting & {
  readonly pending: ReturnType<typeof pendingSignIns>
  readonly keeper: ReturnType<typeof tokenKeeper>
}

const signInAddressWith =
  ({ issuer, clientId, redirectUri, scope, resource, home, surroundings, pending }: Parts) =>
  async (wish: SignInWish = {}): Promise<string> => {
    const { origin, now } = surroundings
    const [state, nonce, verifier] = [randomValue(), randomValue(), randomValue()]
    pending.remember(state, { verifier, nonce, returnTo: safeReturnTo(wish.returnTo, { origin, fallback: home }), startedAt: now() })
    const query = new URLSearchParams({
      ...{ client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope, state, nonce },
      ...{ code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' },
      ...(resource === undefined ? {} : { resource }),
      ...(wish.prompt === undefined ? {} : { prompt: wish.prompt }),
      ...(wish.maxAge === undefined ? {} : { max_age: String(wish.maxAge) }),
      ...(wish.uiLocales === undefined ? {} : { ui_locales: wish.uiLocales }),
      ...essential(wish.essentialAcr),
    })
    return `${issuer}/oauth2/authorize?${query}`
  }

const finishWith =
  ({ issuer, clientId, redirectUri, home, surroundings, pending, keeper }: Parts) =>
  async (query: string): Promise<string> => {
    const answer = new URLSearchParams(query)
    const { verifier, nonce, returnTo } = pending.spend(answer.get('state'))
    // RFC 9207 section 2.4: an answer of another issuer is none to us.
    if (answer.get('iss') !== issuer) throw new SignInError('local_issuer', 'The answer comes from another server than the one asked.')
    const error = answer.get('error')
    if (error !== null) throw new SignInError(error, answer.get('error_description') ?? 'The sign-in was refused.')
    const form = { grant_type: 'authorization_code', code: answer.get('code') ?? '', redirect_uri: redirectUri, client_id: clientId }
    keeper.keep(await post(surroundings, `${issuer}/oauth2/token`, { ...form, code_verifier: verifier }), nonce)
    return safeReturnTo(returnTo, { origin: surroundings.origin, fallback: home })
  }

/**
 * Authorization code with PKCE in a browser (RFC 9700 section 2.1.1). Tokens stay in the memory of the page: nothing of them is stored, and a
 * reload gets new ones by a redirect, which a live session answers without a page.
 */
export const createBrowserClient = ({ surroundings = browser(), ...options }: BrowserClientOptions) => {
  const { issuer, clientId } = options
  const pending = pendingSignIns(surroundings.store, { name: `sign-ins ${issuer} ${clientId}`, now: surroundings.now })
  const keeper = tokenKeeper({ ...options, surroundings })
  const parts: Parts = { ...options, surroundings, pending, keeper }
  const signInAddress = signInAddressWith(parts)
  return {
    /** Leaves the page for the server's; the answer comes to the redirect URI. */
    signIn: async (wish: SignInWish = {}): Promise<void> => surroundings.go(await signInAddress(wish)),
    /** Where a window of its own begins such a sign-in; the query of its answer is finished by this client, in the page that stayed. */
    signInAddress,
    /** Takes the answer at the redirect URI, given its query; the path to go back to. Throws `SignInError`. */
    finish: finishWith(parts),
    /** A live access token; undefined where the person must sign in. `isStale` asks for another than the present one. */
    getToken: ({ isStale = false }: { readonly isStale?: boolean } = {}): Promise<string | undefined> => keeper.get(isStale),
    /** Who is signed in; undefined where nobody is. */
    claims: (): IdTokenClaims | undefined => keeper.current()?.claims,
    /** Ends the session at the server, by its page; the browser comes back to `returnTo`, a registered address. */
    signOut: (returnTo: string): void => {
      const hint = keeper.current()?.idToken
      const query = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: returnTo, ...(hint && { id_token_hint: hint }) })
      keeper.forget()
      surroundings.go(`${issuer}/oauth2/logout?${query}`)
    },
  }
}

export type BrowserClient = ReturnType<typeof createBrowserClient>

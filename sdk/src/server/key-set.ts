import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'

export type KeySetOptions = {
  readonly issuer: string
  /** Absent: what the discovery document of the issuer names. */
  readonly jwksUri?: string | undefined
  readonly fetch?: ((url: string, options: RequestInit) => Promise<Response>) | undefined
  /** For how long keys are used without asking anew; 10 minutes. A revoked key counts at most that long. */
  readonly cacheSeconds?: number | undefined
  /** Between two questions for a key that is not known; 30 seconds. Made-up key ids cost no more than that. */
  readonly cooldownSeconds?: number | undefined
}

/** The keys of the issuer cannot be had, which says nothing about the token. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super('The keys of the issuer cannot be fetched', { cause })
    this.name = 'KeysUnavailable'
  }
}

const timeoutMs = 5000
const isWeb = (url: URL): boolean => url.protocol === 'https:' || url.protocol === 'http:'

type Metadata = { readonly issuer?: unknown; readonly jwks_uri?: unknown }

// OpenID Connect Discovery section 4; section 4.3 has the issuer compared.
const discover = async ({ issuer, fetch: send = (url, options) => fetch(url, options) }: KeySetOptions): Promise<URL> => {
  const answer = await send(`${issuer}/.well-known/openid-configuration`, {
    headers: { accept: 'application/json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (answer.status !== 200) throw new Error(`The discovery document was answered with ${answer.status}`)
  const metadata = (await answer.json()) as Metadata
  if (metadata.issuer !== issuer) throw new Error('The discovery document is of another issuer')
  const url = new URL(String(metadata.jwks_uri))
  // A secured issuer does not hand its keys out in the clear.
  if (!isWeb(url) || (issuer.startsWith('https:') && url.protocol !== 'https:')) throw new Error('The address of the keys is not secure')
  return url
}

const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported

/** The keys of an issuer, fetched when the first token comes, kept, and asked for anew where a token names one that is not among them. */
export const issuerKeys = (options: KeySetOptions): JWTVerifyGetKey => {
  const { cacheSeconds = 600, cooldownSeconds = 30, fetch: send } = options
  const open = async (): Promise<JWTVerifyGetKey> => {
    const url = options.jwksUri === undefined ? await discover(options) : new URL(options.jwksUri)
    return createRemoteJWKSet(url, {
      cacheMaxAge: cacheSeconds * 1000,
      cooldownDuration: cooldownSeconds * 1000,
      timeoutDuration: timeoutMs,
      ...(send && { [customFetch]: (address, init) => send(address, init as RequestInit) }),
    })
  }
  let opened: Promise<JWTVerifyGetKey> | undefined
  const keys = (): Promise<JWTVerifyGetKey> => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
  return async (header, token) => {
    try {
      return await (await keys())(header, token)
    } catch (error) {
      throw isOfToken(error) ? error : new KeysUnavailable(error)
    }
  }
}

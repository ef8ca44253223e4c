import { randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'

export const issuer = 'https://id.example'
export const audience = 'https://api.example.com'
/** What the clocks of these tests say, in seconds since 1970. */
export const nowSeconds = 1_790_000_000
export const now = (): Date => new Date(nowSeconds * 1000)

export const keyPair = (alg = 'ES256') => generateKeyPair(alg, { extractable: true })
type Pair = Awaited<ReturnType<typeof keyPair>>

export type Minted = {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Partial<JWTHeaderParameters>
  readonly key?: CryptoKey | Uint8Array
}

export const goodClaims: JWTPayload = {
  iss: issuer,
  aud: audience,
  sub: 'alice',
  client_id: 'shop',
  scope: 'orders:read orders:write',
  iat: nowSeconds - 10,
  exp: nowSeconds + 890,
  jti: 'one',
}

/** An issuer that signs as the platform does and answers for its two documents. */
export const createIssuer = async () => {
  const keys = new Map<string, Pair>([['first', await keyPair()]])
  const asked: string[] = []
  let isDown = false
  return {
    asked,
    setDown: (value: boolean): void => {
      isDown = value
    },
    addKey: async (kid: string): Promise<void> => void keys.set(kid, await keyPair()),
    removeKey: (kid: string): void => void keys.delete(kid),
    key: (kid = 'first'): CryptoKey => keys.get(kid)?.privateKey as CryptoKey,
    fetch: async (url: string): Promise<Response> => {
      asked.push(new URL(url).pathname)
      if (isDown) throw new TypeError('fetch failed')
      if (url === `${issuer}/.well-known/openid-configuration`) return Response.json({ issuer, jwks_uri: `${issuer}/keys` })
      const set = [...keys].map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }))
      return Response.json({ keys: await Promise.all(set) })
    },
    /** An access token; without further words a good one. */
    mint: ({ claims = {}, header = {}, key = keys.get('first')?.privateKey as CryptoKey }: Minted = {}): Promise<string> =>
      new SignJWT({ ...goodClaims, jti: randomUUID(), ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'first', ...header })
        .sign(key),
  }
}

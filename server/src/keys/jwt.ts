import { constants, type KeyObject, sign, verify } from 'node:crypto'
import type { Algorithm } from './key-pair.ts'

export type JwtHeader = { readonly typ: string }

type Digest = { readonly hash: 'sha256' | null; readonly options: { dsaEncoding?: 'ieee-p1363'; padding?: number; saltLength?: number } }
const digests: Record<Algorithm, Digest> = {
  ES256: { hash: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  RS256: { hash: 'sha256', options: {} },
  PS256: { hash: 'sha256', options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } },
  EdDSA: { hash: null, options: {} },
}

export type SigningKey = { readonly kid: string; readonly algorithm: Algorithm; readonly key: KeyObject }

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const headers = new Map<string, string>()

const encodedHeader = ({ kid, algorithm }: SigningKey, typ: string): string => {
  const name = `${kid} ${typ}`
  const known = headers.get(name)
  if (known !== undefined) return known
  if (headers.size > 1000) headers.clear()
  const made = encode({ alg: algorithm, typ, kid })
  headers.set(name, made)
  return made
}

/** A signed JWT (RFC 7515 compact form), made synchronously: 25 us of CPU for ES256. */
export const signJwt = (signer: SigningKey, header: JwtHeader, claims: object): string => {
  const input = `${encodedHeader(signer, header.typ)}.${encode(claims)}`
  const { hash, options } = digests[signer.algorithm]
  return `${input}.${sign(hash, Buffer.from(input), { key: signer.key, ...options }).toString('base64url')}`
}

export type UnverifiedJws = {
  readonly header: Record<string, unknown>
  readonly payload: string
  readonly input: string
  readonly signature: Buffer
}
export type UnverifiedJwt = UnverifiedJws & { readonly claims: Record<string, unknown> }

const parseObject = (part: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const tokenBytesMax = 8192

/** Takes a compact JWS apart without believing it. Undefined where its form is not exact, down to the last bit of the signature's encoding. */
export const splitJws = (token: string): UnverifiedJws | undefined => {
  if (token.length > tokenBytesMax) return undefined
  const parts = token.split('.', 4)
  const [head = '', payload = '', tail = ''] = parts
  if (parts.length !== 3) return undefined
  const signature = Buffer.from(tail, 'base64url')
  const header = parseObject(head)
  if (signature.length === 0 || signature.toString('base64url') !== tail || header === undefined) return undefined
  return { header, payload, input: `${head}.${payload}`, signature }
}

/** The same where the payload must be claims. */
export const splitJwt = (token: string): UnverifiedJwt | undefined => {
  const jws = splitJws(token)
  const claims = jws === undefined ? undefined : parseObject(jws.payload)
  return jws === undefined || claims === undefined ? undefined : { ...jws, claims }
}

export type VerifyingKey = { readonly algorithm: Algorithm; readonly key: KeyObject }

/** Whether the key made the signature; the algorithm is the key's, never the token's (RFC 8725 section 3.1). */
export const isSignedBy = ({ algorithm, key }: VerifyingKey, { header, input, signature }: UnverifiedJws): boolean => {
  if (header['alg'] !== algorithm) return false
  const { hash, options } = digests[algorithm]
  return verify(hash, Buffer.from(input), { key, ...options }, signature)
}

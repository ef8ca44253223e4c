import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, type webcrypto } from 'node:crypto'
import { promisify } from 'node:util'
import { sha256Text } from '../platform/digest.ts'

/** Made at the first start; PS256 comes with the first client or API that asks for it. */
export const firstAlgorithms: readonly Algorithm[] = ['ES256', 'RS256', 'EdDSA']
export const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const
/** JWS algorithms of our own tokens (RFC 7518 section 3.1, RFC 8037). */
export type Algorithm = (typeof algorithms)[number]

/** A JSON Web Key (RFC 7517 section 4). */
export type JsonWebKey = webcrypto.JsonWebKey & { readonly kid?: string }

const generate = promisify(generateKeyPair)
const rsaBits = 3072

const makePair = (algorithm: Algorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> => {
  if (algorithm === 'ES256') return generate('ec', { namedCurve: 'P-256' })
  if (algorithm === 'EdDSA') return generate('ed25519')
  return generate('rsa', { modulusLength: rsaBits, publicExponent: 0x10001 })
}

// RFC 7638: the required members only, in this order.
const thumbprintMembers: Record<string, readonly (keyof webcrypto.JsonWebKey)[]> = {
  EC: ['crv', 'kty', 'x', 'y'],
  RSA: ['e', 'kty', 'n'],
  OKP: ['crv', 'kty', 'x'],
}

/** base64url of the SHA-256 of the key (RFC 7638 section 3). */
export const thumbprint = (jwk: JsonWebKey): string => {
  const members = thumbprintMembers[jwk.kty ?? ''] ?? []
  return sha256Text(JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]]))))
}

export type NewKey = { readonly kid: string; readonly algorithm: Algorithm; readonly publicJwk: JsonWebKey; readonly privateKey: Buffer }

/** A fresh key pair: the public JWK with its thumbprint as `kid`, the private key as PKCS #8 DER. */
export const makeKey = async (algorithm: Algorithm): Promise<NewKey> => {
  const { publicKey, privateKey } = await makePair(algorithm)
  const bare = publicKey.export({ format: 'jwk' })
  if (bare.kty === 'RSA' && Buffer.from(bare.n ?? '', 'base64url').length * 8 < rsaBits)
    throw new Error('The RSA key came out shorter than asked for.')
  const kid = thumbprint(bare)
  return {
    kid,
    algorithm,
    publicJwk: { ...bare, kid, alg: algorithm, use: 'sig' },
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
  }
}

export const readPrivateKey = (der: Buffer): KeyObject => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
export const readPublicKey = (jwk: JsonWebKey): KeyObject => createPublicKey({ key: jwk, format: 'jwk' })

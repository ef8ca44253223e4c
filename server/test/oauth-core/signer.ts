import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Jwk } from '../../src/oauth/core/jwt/jwk.ts'

export type Signer = { readonly alg: string; readonly kid: string; readonly key: KeyObject; readonly jwk: Jwk }

const pairOf = (alg: string) => {
  if (alg === 'ES256') return generateKeyPairSync('ec', { namedCurve: 'P-256' })
  if (alg === 'EdDSA') return generateKeyPairSync('ed25519')
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

/** A key pair of somebody else, with its public half as a JWK. */
export const makeSigner = (alg: string, kid: string): Signer => {
  const { publicKey, privateKey } = pairOf(alg)
  return { alg, kid, key: privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' } as Jwk }
}

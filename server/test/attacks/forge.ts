import { createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { unseal } from '../../src/platform/seal.ts'
import type { TestPlatform } from '../harness/platform.ts'

export type Json = Readonly<Record<string, unknown>>
export type OwnKey = {
  readonly kid: string
  readonly algorithm: 'ES256' | 'RS256' | 'EdDSA'
  readonly key: KeyObject
  readonly publicJwk: Json
}

type KeyRow = { id: string; algorithm: OwnKey['algorithm']; public_jwk: Json; sealed_private: Buffer }

/** The platform's own signing keys, opened with its own secret: what a thief of both would have. */
export const ownKeys = async ({ platform: { base }, config }: TestPlatform): Promise<readonly OwnKey[]> => {
  const rows = await base.db.text<KeyRow>('select id, algorithm, public_jwk, sealed_private from signing_keys')
  return rows.map(({ id, algorithm, public_jwk, sealed_private }) => {
    const der = unseal(config.key('signing-keys'), sealed_private, `signing-key ${base.tenantId} ${id}`)
    if (der === undefined) throw new Error('a signing key could not be opened')
    return { kid: id, algorithm, key: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }), publicJwk: public_jwk }
  })
}

export const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

export const decodePart = (token: string, index: 0 | 1): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[index] ?? '', 'base64url').toString('utf8'))

/** Signs what it is given, whatever that is, with a key of any of our algorithms. */
export const signed = (header: unknown, claims: unknown, key: KeyObject): string => {
  const input = `${encode(header)}.${encode(claims)}`
  const isEdwards = key.asymmetricKeyType === 'ed25519'
  const options = key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'ieee-p1363' as const } : key
  return `${input}.${sign(isEdwards ? null : 'sha256', Buffer.from(input), options).toString('base64url')}`
}

export const withHmac = (header: unknown, claims: unknown, secret: string | Uint8Array): string => {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/** A copy without one member. */
export const without = (value: Json, name: string): Json => Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))

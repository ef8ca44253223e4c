import type { KeyObject } from 'node:crypto'
import { sha256Text } from '../platform/digest.ts'
import { Problem } from '../platform/problem.ts'
import { unseal } from '../platform/seal.ts'
import type { SigningKey, VerifyingKey } from './jwt.ts'
import { type Algorithm, type JsonWebKey, readPrivateKey, readPublicKey } from './key-pair.ts'

/** A key as it is stored: times in milliseconds, the private part sealed. */
export type StoredKey = {
  readonly kid: string
  readonly algorithm: Algorithm
  readonly publicJwk: JsonWebKey
  readonly sealedPrivate: Buffer
  readonly activeAt: number
  readonly retiredAt: number | null
  readonly removedAt: number | null
  readonly revokedAt: number | null
}

export type Signer = SigningKey
export type Verifier = VerifyingKey
export type Jwks = { readonly body: string; readonly etag: string }

/** No key signs for the algorithm now: nothing can be issued until an operator makes one. */
export class NoSigner extends Error {
  override readonly name = 'NoSigner'
}

export type KeyRing = {
  readonly signer: (algorithm: Algorithm) => Signer
  readonly verifier: (kid: unknown) => Verifier | undefined
  readonly jwks: () => Jwks
  readonly replace: (keys: readonly StoredKey[]) => void
  readonly count: () => number
  /** Algorithms that a key signs with now. */
  readonly signs: () => readonly Algorithm[]
}

type Entry = StoredKey & { readonly publicKey: KeyObject; readonly privateKey: KeyObject }

export const sealContext = (tenantId: string, kid: string): string => `signing-key ${tenantId} ${kid}`

const open = (tenantId: string, sealingKey: Uint8Array, stored: StoredKey): Entry => {
  const der = unseal(sealingKey, stored.sealedPrivate, sealContext(tenantId, stored.kid))
  if (der === undefined)
    throw new Problem(
      'The signing keys in the database were sealed under another SECRET_KEY. Start with the SECRET_KEY (or DATA_DIR) that made them.',
    )
  return { ...stored, publicKey: readPublicKey(stored.publicJwk), privateKey: readPrivateKey(der) }
}

const signs = ({ activeAt, retiredAt, revokedAt }: Entry, time: number): boolean =>
  revokedAt === null && activeAt <= time && (retiredAt === null || retiredAt > time)

/** The tenant's keys in memory: which one signs now, which ones verify, and the published set. Rows come in through `replace`. */
export const createKeyRing = (tenantId: string, sealingKey: Uint8Array, now: () => number): KeyRing => {
  let entries: ReadonlyMap<string, Entry> = new Map()
  let published: { readonly names: string; readonly jwks: Jwks } | undefined

  const isPublished = ({ revokedAt, removedAt }: Entry): boolean => revokedAt === null && (removedAt === null || removedAt > now())
  const current = (): Entry[] => [...entries.values()].filter(isPublished)

  return {
    signer: (algorithm) => {
      const time = now()
      let best: Entry | undefined
      for (const entry of entries.values())
        if (entry.algorithm === algorithm && signs(entry, time) && entry.activeAt > (best?.activeAt ?? 0)) best = entry
      if (best === undefined)
        throw new NoSigner(`There is no active signing key for ${algorithm}. Make one with: cip keys rotate --algorithm ${algorithm} --now`)
      return { kid: best.kid, algorithm, key: best.privateKey }
    },
    verifier: (kid) => {
      const entry = typeof kid === 'string' ? entries.get(kid) : undefined
      return entry !== undefined && isPublished(entry) ? { algorithm: entry.algorithm, key: entry.publicKey } : undefined
    },
    jwks: () => {
      const keys = current()
      const names = keys.map(({ kid }) => kid).join(' ')
      if (published?.names !== names) {
        const body = JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) })
        published = { names, jwks: { body, etag: `"${sha256Text(body).slice(0, 22)}"` } }
      }
      return published.jwks
    },
    replace: (keys) => {
      const opened = (stored: StoredKey): Entry => {
        const known = entries.get(stored.kid)
        return known ? { ...known, ...stored } : open(tenantId, sealingKey, stored)
      }
      entries = new Map(keys.map((stored) => [stored.kid, opened(stored)]))
    },
    count: () => current().length,
    signs: () => [...new Set([...entries.values()].filter((entry) => signs(entry, now())).map(({ algorithm }) => algorithm))],
  }
}

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { seal, unseal } from '../platform/seal.ts'

const charactersMax = 12_000

/** Where a sealed state belongs: a page of one kind cannot be fed with the state of another, nor of another tenant. */
export type StateKind = { readonly kind: string; readonly tenantId: string }

const contextOf = ({ kind, tenantId }: StateKind): string => `${kind} ${tenantId}`

/** State of a page as base64url of AES-256-GCM, to travel in a URL and in a form; undefined where it is too large for that. */
export const sealState = (key: Uint8Array, where: StateKind, state: object): string | undefined => {
  const sealed = seal(key, deflateRawSync(JSON.stringify(state)), contextOf(where)).toString('base64url')
  return sealed.length > charactersMax ? undefined : sealed
}

/** The state, or undefined where it is not ours. Who reads it knows its shape, for only we can have sealed it. */
export const unsealState = <T>(key: Uint8Array, where: StateKind, text: string | undefined): T | undefined => {
  if (text === undefined || text.length > charactersMax) return undefined
  const plain = unseal(key, Buffer.from(text, 'base64url'), contextOf(where))
  return plain === undefined ? undefined : (JSON.parse(inflateRawSync(plain, { maxOutputLength: 262_144 }).toString('utf8')) as T)
}

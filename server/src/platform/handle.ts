import { randomBytes } from 'node:crypto'
import { sha256 } from './digest.ts'
import { uuidFromBytes, uuidToBytes } from './ids.ts'

const idBytes = 16
const secretBytes = 32

/** The random half of a handle, and the hash of it that a row keeps. */
export type HandleSecret = { readonly secret: Buffer; readonly hash: Buffer }
/** The row that a handle names, and the hash of the secret that it shows. */
export type Handle = { readonly id: string; readonly hash: Buffer }

export const newHandleSecret = (): HandleSecret => {
  const secret = randomBytes(secretBytes)
  return { secret, hash: sha256(secret) }
}

/** A secret that carries the id of its row: the prefix and base64url of 16 bytes of id and 32 random bytes. */
export const printHandle = (prefix: string, id: string, secret: Uint8Array): string =>
  prefix + Buffer.concat([uuidToBytes(id), secret]).toString('base64url')

/** A new handle for the row `id`. */
export const makeHandle = (prefix: string, id: string): { readonly text: string; readonly hash: Buffer } => {
  const { secret, hash } = newHandleSecret()
  return { text: printHandle(prefix, id, secret), hash }
}

/** What a handle says, or undefined where its form is not ours to the last bit. */
export const readHandle = (prefix: string, text: string): Handle | undefined => {
  if (!text.startsWith(prefix) || text.length > 256) return undefined
  const encoded = text.slice(prefix.length)
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.length !== idBytes + secretBytes || bytes.toString('base64url') !== encoded) return undefined
  return { id: uuidFromBytes(bytes.subarray(0, idBytes)), hash: sha256(bytes.subarray(idBytes)) }
}

import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto'

const version = 1
const nonceBytes = 12
const tagBytes = 16

const nonces = Buffer.alloc(nonceBytes * 256)
let noncesUsed = nonces.length

// Drawn many at once: the call costs half as much as the sealing.
const newNonce = (): Buffer => {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces)
    noncesUsed = 0
  }
  noncesUsed += nonceBytes
  return Buffer.from(nonces.subarray(noncesUsed - nonceBytes, noncesUsed))
}

/** AES-256-GCM (NIST SP 800-38D): version byte, 12-byte nonce, ciphertext, 16-byte tag. `context` binds the value to its place. */
export const seal = (key: Uint8Array, plaintext: Uint8Array, context: string): Buffer => {
  const nonce = newNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  return Buffer.concat([Buffer.from([version]), nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** The plaintext, or undefined where the key, the context or a byte is not the one it was sealed with. */
export const unseal = (key: Uint8Array, sealed: Uint8Array, context: string): Buffer | undefined => {
  if (sealed.length < 1 + nonceBytes + tagBytes || sealed[0] !== version) return undefined
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceBytes))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes, bytes.length - tagBytes)), decipher.final()])
  } catch {
    return undefined
  }
}

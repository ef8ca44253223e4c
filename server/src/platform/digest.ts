import { createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto'
import { crc32 as crc32Number } from 'node:zlib'

export const sha256 = (input: string | Uint8Array): Buffer => hash('sha256', input, 'buffer')

export const sha256Text = (input: string | Uint8Array): string => hash('sha256', input, 'base64url')

export const hmacSha256 = (key: Uint8Array, input: string | Uint8Array): Buffer => createHmac('sha256', key).update(input).digest()

/** Compares without telling by its time how many bytes agree. */
export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean => left.length === right.length && timingSafeEqual(left, right)

/** A 32-byte key for one purpose from the installation's secret (RFC 5869). */
export const deriveKey = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'custom-identity-platform', purpose, 32))

/** CRC-32 (ISO-HDLC), 4 bytes big-endian: lets a secret scanner tell a token from noise without asking anybody. */
export const crc32 = (bytes: Uint8Array): Buffer => {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(crc32Number(bytes))
  return out
}

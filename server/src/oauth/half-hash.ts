import { createHash } from 'node:crypto'
import type { Algorithm } from '../keys/keys.ts'

/** base64url of the left half of the hash that belongs to the algorithm (OpenID Connect Core section 3.1.3.6; Ed25519 hashes with SHA-512, RFC 8032). */
export const halfHash =
  (algorithm: Algorithm) =>
  (text: string): string => {
    const digest = createHash(algorithm === 'EdDSA' ? 'sha512' : 'sha256')
      .update(text)
      .digest()
    return digest.subarray(0, digest.length / 2).toString('base64url')
  }

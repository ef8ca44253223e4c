import { pbkdf2Sync } from 'node:crypto'
import { firstExcess, foreignHash, type HashReading, refused } from './format.ts'

export type Pbkdf2Hash = { digest: string; iterations: number; salt: Uint8Array; expected: Uint8Array }

/** The common part of every PBKDF2 notation: limits and derivation (RFC 8018 section 5.2). */
export const pbkdf2Hash = ({ digest, iterations, salt, expected }: Pbkdf2Hash): HashReading => {
  const reason = firstExcess([
    { name: 'PBKDF2 iterations', value: iterations, least: 1, most: 2_000_000 },
    { name: 'PBKDF2 hash length in bytes', value: expected.length, least: 16, most: 64 },
  ])
  if (reason) return refused(reason)
  const derive = (password: Uint8Array) => pbkdf2Sync(password, salt, iterations, expected.length, digest)
  return foreignHash({ scheme: `pbkdf2-${digest}`, expected, derive })
}

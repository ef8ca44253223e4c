import { randomBytes } from 'node:crypto'
import { hashSync as argon2HashSync } from '@node-rs/argon2'
import { hashSync as bcryptHashSync } from '@node-rs/bcrypt'
import { readHash } from './formats/formats.ts'
import { hashability, UnhashablePassword } from './hashability.ts'
import type { HashSettings } from './settings.ts'

const argon2idNumber = 2
const tagBytes = 32

/**
 * Blocking. Hashes whole bytes with a fresh 16-byte salt; argon2id in PHC notation with a 32-byte tag, or bcrypt (`$2y$`).
 * Throws UnhashablePassword for what the scheme would cut.
 */
export const hashPassword = (password: Uint8Array, settings: HashSettings): string => {
  const problem = hashability(password, settings.scheme)
  if (problem) throw new UnhashablePassword(problem)
  if (settings.scheme === 'bcrypt') return bcryptHashSync(password, settings.cost)
  const { memoryKib, passes, parallelism } = settings
  return argon2HashSync(password, {
    algorithm: argon2idNumber,
    memoryCost: memoryKib,
    timeCost: passes,
    parallelism,
    outputLen: tagBytes,
    salt: randomBytes(16),
  })
}

/** True when the next successful login should replace the hash. A hash that is stronger than the settings stays. */
export const needsRehash = (encoded: string, settings: HashSettings): boolean => {
  const reading = readHash(encoded, { weakAllowed: true })
  return reading.kind === 'refused' || reading.needsRehash(settings)
}

/** The hash of a password that nobody knows, as costly to verify as that of a user. */
export const createDecoy = (settings: HashSettings): string => hashPassword(Buffer.from(randomBytes(32).toString('base64url')), settings)

export type Verification = {
  encoded: string | undefined
  password: Uint8Array
  settings: HashSettings
  weakAllowed: boolean
  /** Verifies against the decoy; its answer is not used. */
  runDecoy: () => void
}

/** `needsRehash` is true only with `matches`. */
export type Verdict = { matches: boolean; needsRehash: boolean }
/** `isImported`: there was a hash, and not one of the scheme in force. */
type Verified = Verdict & { isImported: boolean }

/**
 * Blocking. Without a hash exactly one decoy is run. It is also run after any failure against a hash that is not of the current cost,
 * so that a refusal is never cheaper than that of an unknown user; after a success the new hash costs the same.
 */
export const verifyPassword = ({ encoded, password, settings, weakAllowed, runDecoy }: Verification): Verified => {
  const reading = encoded === undefined ? undefined : readHash(encoded, { weakAllowed })
  const hash = reading?.kind === 'readable' ? reading : undefined
  const isOutdated = hash?.needsRehash(settings) ?? true
  const matches = hash?.verify(password) ?? false
  if (!matches && isOutdated) runDecoy()
  return { matches, needsRehash: matches && isOutdated, isImported: hash !== undefined && isOutdated }
}

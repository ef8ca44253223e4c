import { readHash } from './formats/formats.ts'
import { argon2idSettings, type HashSettings } from './settings.ts'

/** `reason` is a sentence for the report of an import; it never repeats the hash. */
export type HashInspection = { kind: 'ok'; scheme: string; needsUpgrade: boolean } | { kind: 'refused'; reason: string }

/**
 * Decides at import whether a hash can be verified later, without computing anything. Refused: unknown and malformed notations, weak formats
 * that are not enabled, and parameters above the limits (argon2 256 MiB, 20 passes, parallelism 8; scrypt 256 MiB; PBKDF2 2,000,000
 * iterations; bcrypt cost 15), which would let an import exhaust the machine.
 */
export const inspectHash = (encoded: string, options: { weakAllowed: boolean; settings?: HashSettings }): HashInspection => {
  const reading = readHash(encoded, options)
  if (reading.kind === 'refused') return reading
  return { kind: 'ok', scheme: reading.scheme, needsUpgrade: reading.needsRehash(options.settings ?? argon2idSettings()) }
}

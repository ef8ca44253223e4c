import { timingSafeEqual } from 'node:crypto'
import type { HashSettings } from '../settings.ts'

/** A stored hash that was understood and is within the limits; `scheme` names it in reports, such as `pbkdf2-sha256`. */
export type ReadableHash = {
  kind: 'readable'
  scheme: string
  /** Blocking, and as costly as the stored parameters say. */
  verify: (password: Uint8Array) => boolean
  /** True when the settings in force ask for more than this hash has. */
  needsRehash: (settings: HashSettings) => boolean
}
/** `reason` is a sentence for the operator; it never repeats the hash. */
export type HashReading = ReadableHash | { kind: 'refused'; reason: string }

/** One notation of stored hashes. A weak one is read only where the operator has allowed it. */
export type HashFormat = { name: string; isWeak: boolean; match: (encoded: string) => boolean; parse: (encoded: string) => HashReading }

export const refused = (reason: string): HashReading => ({ kind: 'refused', reason })

type Foreign = { scheme: string; expected: Uint8Array; derive: (password: Uint8Array) => Uint8Array }

/** A hash that another system made: it is always replaced at the next login. */
export const foreignHash = ({ scheme, expected, derive }: Foreign): HashReading => ({
  kind: 'readable',
  scheme,
  // HMAC pads its key with NUL, and C libraries stop at it, so in these schemes a NUL would make different passwords equal.
  verify: (password) => !password.includes(0) && equalBytes(derive(password), expected),
  needsRehash: () => true,
})

export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean => left.length === right.length && timingSafeEqual(left, right)

type Bound = { name: string; value: number; least: number; most: number }

/** The first bound that does not hold, as a sentence, or undefined. */
export const firstExcess = (bounds: readonly Bound[]): string | undefined => {
  const broken = bounds.find(({ value, least, most }) => !(value >= least && value <= most))
  return broken && `${broken.name} must be from ${broken.least} to ${broken.most}, and is ${broken.value}`
}

/** Reads Base64 with or without padding, and passlib's variant that writes `.` for `+`. The caller has checked the alphabet. */
export const fromBase64 = (text: string): Buffer => Buffer.from(text.replaceAll('.', '+'), 'base64')

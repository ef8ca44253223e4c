import { type Secret, secret } from '../../platform/secret.ts'

/** The longest password taken, in bytes of UTF-8 after NFC. */
export const passwordBytesMax = 1_024

// NFC shrinks text to no less than a fourth of its code units, so anything longer is refused before it is worth normalising.
const codeUnitsMax = passwordBytesMax * 4

const refusals = {
  empty: 'Enter a password.',
  too_long: `Use a password of at most ${passwordBytesMax} bytes.`,
  malformed_unicode: 'The password holds characters that are not valid Unicode text.',
} as const

export type NormalizedPassword =
  | { kind: 'ok'; secret: Secret }
  | { kind: 'refused'; reason: keyof typeof refusals; count?: number; sentence: string }

const refused = (reason: keyof typeof refusals): NormalizedPassword => ({
  ...{ kind: 'refused', reason, sentence: refusals[reason] },
  ...(reason === 'too_long' ? { count: passwordBytesMax } : {}),
})

/**
 * Turns the text a person typed into the password that is hashed: NFC, nothing trimmed, nothing cut (NIST SP 800-63B-4 section 3.1.1.2).
 * Refused: the empty text, lone surrogates, and more than 1,024 bytes of UTF-8.
 */
export const normalizePassword = (text: string): NormalizedPassword => {
  if (text.length === 0) return refused('empty')
  if (text.length > codeUnitsMax) return refused('too_long')
  if (!text.isWellFormed()) return refused('malformed_unicode')
  const normalized = text.normalize('NFC')
  return Buffer.byteLength(normalized) > passwordBytesMax ? refused('too_long') : { kind: 'ok', secret: secret(normalized) }
}

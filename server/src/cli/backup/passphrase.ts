import { randomBytes } from 'node:crypto'

// Crockford's base 32: no letters that are read as digits.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** 160 random bits as eight groups of four letters and digits. */
export const newRecoveryPassphrase = (): string => {
  const letters = [...randomBytes(32)].map((byte) => alphabet[byte % 32] ?? '')
  return Array.from({ length: 8 }, (_, group) => letters.slice(group * 4, group * 4 + 4).join('')).join('-')
}

import { sha256 } from '../../platform/digest.ts'

/** How many codes a set has, and how many random bytes each of them carries. */
export const recoveryCodeCount = 10
export const recoveryCodeBytes = 10

// Base 32 of Douglas Crockford: no I, L, O and U, so that what is read aloud or copied by hand stays unambiguous.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = (recoveryCodeBytes * 8) / 5

/** Ten random bytes as 16 characters in groups of four, `7ZK3-9D0M-XR4T-H2CB`. */
export const printRecoveryCode = (random: Uint8Array): string => {
  let bits = 0n
  for (const byte of random) bits = (bits << 8n) | BigInt(byte)
  const characters = Array.from({ length }, (_, index) => alphabet[Number((bits >> BigInt(5 * (length - 1 - index))) & 31n)])
  return characters.join('').replaceAll(/.{4}(?!$)/g, '$&-')
}

/** The code that a person typed, in one form: case, spaces and dashes are free, and O, I and L stand for 0 and 1; undefined for anything else. */
export const readRecoveryCode = (answer: string): string | undefined => {
  if (answer.length > 64) return undefined
  const code = answer
    .replaceAll(/[\s\p{Dash_Punctuation}]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return code.length === length && [...code].every((character) => alphabet.includes(character)) ? code : undefined
}

/** What is kept of a code. The account is part of it: equal codes of two people, or a row copied to another account, prove nothing. */
export const hashRecoveryCode = (code: string, owner: { readonly tenantId: string; readonly userId: string }): Buffer =>
  sha256(JSON.stringify([owner.tenantId, owner.userId, code]))

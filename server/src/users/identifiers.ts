import { domainToASCII } from 'node:url'
// The one check of a hundred; the whole package takes three megabytes.
import isEmailModule from 'validator/lib/isEmail.js'
import { reservedNames } from './reserved-names.ts'
import { mixesScripts } from './scripts.ts'

/** A name as it was written and the one form by which it is compared. */
export type Identifier = { readonly kind: 'username' | 'email'; readonly written: string; readonly canonical: string }
export type IdentifierCheck =
  | { readonly kind: 'ok'; readonly identifier: Identifier }
  | { readonly kind: 'refused'; readonly code: IdentifierProblem; readonly reason: string }

export type IdentifierProblem = keyof typeof reasons

const reasons = {
  username_length: 'A user name has 3 to 64 characters',
  username_characters: 'A user name has letters, digits and . _ - only, and begins with a letter or digit',
  username_scripts: 'A user name keeps to the letters of one script',
  username_reserved: 'This user name is reserved. Choose another one',
  email_malformed: 'This is not an e-mail address',
} as const

const refused = (code: IdentifierProblem): IdentifierCheck => ({ kind: 'refused', code, reason: reasons[code] })

/** Compatibility forms and case are folded; the final sigma is a sigma. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ς', 'σ')

const nameForm = /^[\p{L}\p{Nd}](?:[\p{L}\p{M}\p{Nd}._-])*$/u

/** A user name: 3-64 letters, digits and `._-` of any one script (UTS 39 section 5.2, highly restrictive), not reserved. */
export const checkUsername = (input: string): IdentifierCheck => {
  if (input.length > 256) return refused('username_length')
  const written = input.normalize('NFC')
  const length = [...written].length
  if (length < 3 || length > 64) return refused('username_length')
  const canonical = fold(written)
  if (!nameForm.test(written) || !nameForm.test(canonical)) return refused('username_characters')
  if ([...canonical].length > 128) return refused('username_length')
  if (mixesScripts(canonical)) return refused('username_scripts')
  if (reservedNames.has(canonical)) return refused('username_reserved')
  return { kind: 'ok', identifier: { kind: 'username', written, canonical } }
}

/** An e-mail address (RFC 5321, international by RFC 6531). Compared with the domain in its ASCII form and the local part folded. */
export const checkEmail = (input: string): IdentifierCheck => {
  if (input.length > 320) return refused('email_malformed')
  const written = input.normalize('NFC')
  const at = written.lastIndexOf('@')
  // domainToASCII takes out or decodes what cannot stand in a host name; here it must not be there.
  if (/[\p{C}\p{Z}/?#\\%@:[\]]/u.test(written.slice(at + 1))) return refused('email_malformed')
  const domain = domainToASCII(written.slice(at + 1))
  const local = written.slice(0, at)
  if (at < 1 || domain === '' || !isEmailModule.default(`${local}@${domain}`, { allow_utf8_local_part: true }))
    return refused('email_malformed')
  if (/[\p{C}\p{Z}"]/u.test(local)) return refused('email_malformed')
  return { kind: 'ok', identifier: { kind: 'email', written, canonical: `${fold(local)}@${domain.toLowerCase()}` } }
}

/** What a sign-in name may mean; undefined where it can be nobody's. */
export const readIdentifier = (input: string): Identifier | undefined => {
  const check = input.includes('@') ? checkEmail(input) : checkUsername(input)
  return check.kind === 'ok' ? check.identifier : undefined
}

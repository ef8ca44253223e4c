import type { Secret } from '../../platform/secret.ts'
import { type Blocklist, commonPasswords, foldPassword } from './blocklist.ts'
import { hashability, type PasswordProblem } from './hashability.ts'
import type { HashSettings } from './settings.ts'

/** `lengthMin` counts code points; `scheme` adds what the hash scheme in force cannot take. */
export type PasswordPolicy = { lengthMin: number; blocklists: readonly Blocklist[]; scheme: HashSettings['scheme'] }

/** What the password must not be equal to. */
export type PasswordContext = { userName?: string | undefined; email?: string | undefined }

export const defaultPasswordPolicy: PasswordPolicy = Object.freeze({ lengthMin: 8, blocklists: [commonPasswords], scheme: 'argon2id' })

const contextWords = ({ userName, email }: PasswordContext): string[] => {
  const localPart = email?.slice(0, Math.max(0, email.lastIndexOf('@')))
  return [userName, email, localPart].filter((word) => word !== undefined && word !== '').map((word) => foldPassword(word ?? ''))
}

/**
 * Every rule that a new password breaks, each with a stable code and a public sentence; empty when it may be used.
 * There are no composition rules (NIST SP 800-63B-4 section 3.1.1.2), and identifiers are refused only when they are the whole password.
 */
export const checkPolicy = (secret: Secret, policy: PasswordPolicy, context: PasswordContext = {}): PasswordProblem[] => {
  const password = secret.reveal()
  const folded = foldPassword(password)
  const problems: PasswordProblem[] = []
  if ([...password].length < policy.lengthMin)
    problems.push({ code: 'password_too_short', count: policy.lengthMin, sentence: `Use at least ${policy.lengthMin} characters.` })
  if (policy.blocklists.some((list) => list.has(folded)))
    problems.push({ code: 'password_too_common', sentence: 'This password is one of the most common. Choose another.' })
  if (contextWords(context).includes(folded))
    problems.push({ code: 'password_is_identifier', sentence: 'The password must not be your user name or e-mail address.' })
  const unhashable = hashability(Buffer.from(password), policy.scheme)
  return unhashable ? [...problems, unhashable] : problems
}

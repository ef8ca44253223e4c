import { passwordBytesMax } from './normalize.ts'
import type { HashSettings } from './settings.ts'

/** `count` is the number that the sentence names. */
export type PasswordProblem = { code: string; count?: number; sentence: string }

/** bcrypt reads no further, and implementations differ in what they do beyond. */
export const bcryptBytesMax = 72

/** The reason why a scheme cannot hash these bytes whole, or undefined. Nothing is ever cut to fit. */
export const hashability = (password: Uint8Array, scheme: HashSettings['scheme']): PasswordProblem | undefined => {
  const bytesMax = scheme === 'bcrypt' ? bcryptBytesMax : passwordBytesMax
  if (password.length > bytesMax)
    return { code: 'password_too_long', count: bytesMax, sentence: `Use a password of at most ${bytesMax} bytes.` }
  if (scheme === 'bcrypt' && password.includes(0))
    return { code: 'password_contains_nul', sentence: 'The password must not contain the NUL character.' }
  return undefined
}

/** Thrown where a password reaches a scheme that cannot hash it whole; `message` is a public sentence. */
export class UnhashablePassword extends Error {
  readonly code: string

  constructor(problem: PasswordProblem) {
    super(problem.sentence)
    this.name = 'UnhashablePassword'
    this.code = problem.code
  }
}

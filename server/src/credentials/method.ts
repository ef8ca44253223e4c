/** What every credential method has in common; each stands in its own folder with files of the same names. */
export type MethodName = 'password' | 'passkey' | 'totp' | 'recovery-code' | 'email-code' | 'sms-code'

/** What an account has, as far as signing in asks; read in one statement. */
export type Enrolled = {
  readonly hasPassword: boolean
  readonly passkeys: number
  readonly hasTotp: boolean
  readonly recoveryCodes: number
  readonly hasVerifiedEmail: boolean
  readonly hasVerifiedPhone: boolean
}

export type MethodUse = 'first' | 'second' | 'recovery'

/** A method as the flow sees it: where it may stand, what it proves, and when a person can use it. */
export type Method = {
  readonly name: MethodName
  /** Values of `amr` (RFC 8176) that a success gives. */
  readonly amr: readonly string[]
  readonly uses: readonly MethodUse[]
  /** True where one use proves two factors: a passkey with user verification (NIST SP 800-63B-4 section 3.1.6). */
  readonly isMultiFactor: boolean
  readonly isEnrolled: (enrolled: Enrolled) => boolean
}

/** What an answer of a person came to. A refusal costs one try of a counter that every door shares. */
export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }
  /** So many wrong answers in a row that the factor is off until it is set up anew. */
  | { readonly kind: 'disabled' }

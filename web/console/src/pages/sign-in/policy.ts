/** The sign-in policy on the wire, whole. */
export type Policy = {
  readonly form: 'combined' | 'identifier-first'
  readonly methods: Readonly<Record<Method, boolean>>
  readonly sign_up: 'open' | 'invitation' | 'closed'
  readonly email_proof: 'first' | 'after' | 'never'
  readonly second_factor: 'when-enrolled' | 'administrators' | 'always'
  readonly second_factor_clients: readonly string[]
  readonly trusted_device_seconds: number
  readonly reauthentication_seconds: number
  readonly sms_prefixes: readonly string[]
  readonly sms_per_hour: number
  readonly passkey_rp_ids: readonly string[]
  readonly passkey_origins: readonly string[]
  readonly passkey_attestation: 'none' | 'direct'
}

export type Method = 'password' | 'passkey' | 'email-code' | 'totp' | 'sms-code' | 'recovery-code'
export const methods: readonly Method[] = ['password', 'passkey', 'email-code', 'totp', 'sms-code', 'recovery-code']
/** By these somebody gets in; the others come after one of them. */
export const firstFactors: readonly Method[] = ['password', 'passkey', 'email-code']
/** By these a second factor can be set up. */
export const secondFactors: readonly Method[] = ['passkey', 'totp', 'sms-code']

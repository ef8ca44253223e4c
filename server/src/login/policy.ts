import type { MethodName } from '../credentials/method.ts'

/** When a second factor is asked of a person: whenever one is enrolled; besides, of administrators or of everybody, who then enrol one. */
export type SecondFactorRule = 'when-enrolled' | 'administrators' | 'always'

/** How a tenant lets people in: the tenant setting `sign-in`. Durations in seconds. */
export type SignInPolicy = {
  /** Whether name and password are asked for on one page, or the name first and then by the best way. */
  readonly form: 'combined' | 'identifier-first'
  readonly methods: Readonly<Record<MethodName, boolean>>
  readonly signUp: 'open' | 'invitation' | 'closed'
  /** Whether a new account is asked to prove its e-mail address: once it is there, or before it is written. */
  readonly emailProof: 'first' | 'after' | 'never'
  readonly secondFactor: SecondFactorRule
  /** Applications that are opened with a second factor only. */
  readonly secondFactorClients: readonly string[]
  /** How long a browser that a person trusts is excused from the second factor; 0 offers it to nobody. */
  readonly trustedDeviceSeconds: number
  /** How long ago a person may have signed in to change what guards the account. */
  readonly reauthenticationSeconds: number
  /** How numbers begin that get text messages, such as +41; with none, every number does. */
  readonly smsPrefixes: readonly string[]
  /** How many text messages the tenant sends in an hour at most: they cost money, and some are asked for only because of that. */
  readonly smsPerHour: number
  /** Further relying party ids than the host of the issuer, and the origins that may use them (Web Authentication Level 3 section 5.11). */
  readonly passkeyRpIds: readonly string[]
  readonly passkeyOrigins: readonly string[]
  readonly passkeyAttestation: 'none' | 'direct'
}

export const settingKey = 'sign-in'

export const defaultSignInPolicy: SignInPolicy = {
  form: 'combined',
  methods: { password: true, passkey: true, totp: true, 'recovery-code': true, 'email-code': true, 'sms-code': true },
  signUp: 'open',
  emailProof: 'after',
  secondFactor: 'when-enrolled',
  secondFactorClients: [],
  trustedDeviceSeconds: 2_592_000,
  reauthenticationSeconds: 600,
  smsPrefixes: [],
  smsPerHour: 500,
  passkeyRpIds: [],
  passkeyOrigins: [],
  passkeyAttestation: 'none',
}

/** Whether text messages go to this number (E.164). */
export const isTextable = ({ smsPrefixes }: Pick<SignInPolicy, 'smsPrefixes'>, phone: string): boolean =>
  smsPrefixes.length === 0 || smsPrefixes.some((prefix) => phone.startsWith(prefix))

/** The policy of a tenant: what it decided, over the defaults. */
export const signInPolicyOf = (saved: Partial<SignInPolicy> | undefined): SignInPolicy => ({
  ...defaultSignInPolicy,
  ...saved,
  methods: { ...defaultSignInPolicy.methods, ...saved?.methods },
})

/** The policy where only some methods count, as an organization may have it; undefined for all that the tenant has. */
export const within = (policy: SignInPolicy, allowed: readonly MethodName[] | undefined): SignInPolicy => {
  if (allowed === undefined) return policy
  const isOn = (name: MethodName): boolean => policy.methods[name] && allowed.includes(name)
  const methods = {
    ...{ password: isOn('password'), passkey: isOn('passkey'), totp: isOn('totp') },
    ...{ 'recovery-code': isOn('recovery-code'), 'email-code': isOn('email-code'), 'sms-code': isOn('sms-code') },
  }
  return { ...policy, methods }
}

/** What is wrong with a policy as a whole, in one sentence, or undefined. */
export const problemOfSignInPolicy = ({ methods }: SignInPolicy): string | undefined =>
  methods.password || methods.passkey || methods['email-code']
    ? undefined
    : 'Nobody could sign in any more: leave at least one of password, passkey and email-code.'

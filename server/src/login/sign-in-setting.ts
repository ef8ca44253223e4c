import { Type } from 'typebox'
import { problemOfSignInPolicy, type SignInPolicy, signInPolicyOf } from './policy.ts'

const oneOf = (...values: string[]) => Type.Optional(Type.String({ enum: values }))
const texts = (description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 512, pattern: '^[\\x21-\\x7e]+$' }), {
      maxItems: 100,
      uniqueItems: true,
      description,
    }),
  )
const allowed = Type.Optional(Type.Boolean())

/** The sign-in policy on the wire. */
export const SignInSetting = Type.Object(
  {
    form: oneOf('combined', 'identifier-first'),
    methods: Type.Optional(
      Type.Object(
        { password: allowed, passkey: allowed, totp: allowed, 'recovery-code': allowed, 'email-code': allowed, 'sms-code': allowed },
        { additionalProperties: false },
      ),
    ),
    sign_up: oneOf('open', 'invitation', 'closed'),
    email_proof: oneOf('first', 'after', 'never'),
    second_factor: oneOf('when-enrolled', 'administrators', 'always'),
    second_factor_clients: texts('Applications that are opened with a second factor only.'),
    trusted_device_seconds: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 31_536_000, description: 'How long a browser is excused from the second factor; 0 for never.' }),
    ),
    reauthentication_seconds: Type.Optional(
      Type.Integer({ minimum: 60, maximum: 2_592_000, description: 'How fresh a sign-in must be to change what guards the account.' }),
    ),
    sms_prefixes: Type.Optional(
      Type.Array(Type.String({ pattern: '^\\+[1-9]\\d{0,7}$' }), {
        maxItems: 300,
        uniqueItems: true,
        description: 'How numbers begin that get text messages, such as +41; with none, every number does.',
      }),
    ),
    sms_per_hour: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'How many text messages are sent in an hour at most.' }),
    ),
    passkey_rp_ids: texts('Further domains whose passkeys are taken.'),
    passkey_origins: texts('Further origins that may use them.'),
    passkey_attestation: oneOf('none', 'direct'),
  },
  { additionalProperties: false, examples: [{ second_factor: 'administrators', trusted_device_seconds: 604_800 }] },
)

type Verdict = { readonly kind: 'valid'; readonly value: SignInPolicy } | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** The policy that fits the form of `SignInSetting`, or why it cannot be. */
export const checkSignInSetting = (given: Partial<SignInPolicy>): Verdict => {
  const policy = signInPolicyOf(given)
  const problem = problemOfSignInPolicy(policy)
  return problem === undefined ? { kind: 'valid', value: policy } : { kind: 'refused', problems: [problem] }
}

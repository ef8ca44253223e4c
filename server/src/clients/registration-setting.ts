import { Type } from 'typebox'
import { defaultRegistrationPolicy, type RegistrationPolicy } from './registration-policy.ts'

export const registrationKey = 'client-registration'

/** Who may register applications, on the wire. */
export const RegistrationSetting = Type.Object(
  {
    mode: Type.Optional(
      Type.String({ enum: ['open', 'token', 'off'], description: 'Anybody, holders of an initial access token, or nobody.' }),
    ),
    allow_implicit: Type.Optional(Type.Boolean({ description: 'Whether they may register for tokens in the front channel.' })),
    software_statement_issuers: Type.Optional(
      Type.Array(
        Type.Object(
          {
            issuer: Type.String({ minLength: 1, maxLength: 512 }),
            jwks: Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown()), { minItems: 1, maxItems: 20 }) }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 50, description: 'Whose software statements are believed (RFC 7591 section 2.3).' },
      ),
    ),
  },
  { additionalProperties: false, examples: [{ mode: 'token', allow_implicit: false }] },
)

/** The policy of a tenant: what it decided, over the defaults. */
export const registrationPolicyOf = (saved: Partial<RegistrationPolicy> | undefined): RegistrationPolicy => ({
  ...defaultRegistrationPolicy,
  ...saved,
})

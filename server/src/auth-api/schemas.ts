import { Type } from 'typebox'
import { scopePattern } from '../oauth/oauth.ts'

const text = (description: string, example: string, options: { minLength?: number; maxLength?: number; format?: string } = {}) =>
  Type.String({ description, examples: [example], ...options })

const scope = Type.Optional(
  Type.String({ description: 'Accepted for compatibility; the token carries the scope account.', pattern: scopePattern, maxLength: 2048 }),
)

export const Registration = Type.Object(
  {
    username: text('3 to 64 letters, digits and . _ - of one script.', 'testuser'),
    email: text('An e-mail address, international ones included.', 'test@example.com'),
    password: text('At least 8 characters, at most 1,024 bytes, not one of the most common.', 'testpass'),
  },
  { additionalProperties: false },
)

export const Registered = Type.Object({ id: Type.Integer(), username: Type.String(), email: Type.String() })

export const PasswordForm = Type.Object(
  {
    username: text('User name or e-mail address.', 'testuser', { minLength: 1, maxLength: 1024 }),
    password: text('The password.', 'testpass', { minLength: 1 }),
    otp: Type.Optional(
      Type.String({ maxLength: 64, description: 'Code of an authenticator, or a recovery code, where the account has a second factor.' }),
    ),
    grant_type: Type.Optional(
      Type.Union([Type.Literal('password'), Type.Literal('')], { description: 'password, where it is sent at all.' }),
    ),
    scope,
    client_id: Type.Optional(Type.String({ description: 'Accepted for compatibility.' })),
    client_secret: Type.Optional(Type.String({ description: 'Accepted for compatibility; the account API has no clients with secrets.' })),
  },
  { additionalProperties: false },
)

export const RefreshForm = Type.Object(
  {
    refresh_token: text('A refresh token of this platform.', 'cip_rt_...', { minLength: 1, maxLength: 1024 }),
    grant_type: Type.Optional(
      Type.Union([Type.Literal('refresh_token'), Type.Literal('')], { description: 'refresh_token, where it is sent at all.' }),
    ),
    scope,
    client_id: Type.Optional(Type.String({ description: 'Accepted for compatibility.' })),
    client_secret: Type.Optional(Type.String({ description: 'Accepted for compatibility.' })),
  },
  { additionalProperties: false },
)

export const RevokeForm = Type.Object(
  {
    refresh_token: text('The refresh token to revoke.', 'cip_rt_...', { minLength: 1, maxLength: 1024 }),
    token_type_hint: Type.Optional(Type.String({ description: 'Accepted for compatibility.' })),
    client_id: Type.Optional(Type.String({ description: 'Accepted for compatibility.' })),
  },
  { additionalProperties: false },
)

export const Tokens = Type.Object({
  access_token: Type.String({ description: 'A JWT access token (RFC 9068).' }),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds until the access token expires.' }),
  refresh_token: Type.String({ description: 'Gets the next pair once; each refresh gives a new one.' }),
  scope: Type.String(),
})

export const Me = Type.Object({
  id: Type.Integer(),
  username: Type.Union([Type.String(), Type.Null()]),
  email: Type.Union([Type.String(), Type.Null()]),
})

export const Detail = Type.Object({ detail: Type.String() })

import { type TSchema, Type } from 'typebox'
import { mailLanguages } from '../../mail/mail.ts'

const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const instant = Type.String({ format: 'date-time', description: 'RFC 3339 in UTC.' })
const strict = { additionalProperties: false } as const

export const Language = Type.Object(
  { language: Type.Unsafe<string | null>({ anyOf: [{ type: 'string', enum: mailLanguages.map(({ tag }) => tag) }, { type: 'null' }] }) },
  strict,
)

export const Code = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 64, description: 'As it was sent; spaces do no harm.' }) },
  strict,
)

export const Me = Type.Object({
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer({ description: 'The id of the account API.' }),
  username: orNull(Type.String()),
  email: orNull(Type.String()),
  email_verified: Type.Boolean(),
  phone: orNull(Type.String()),
  phone_verified: Type.Boolean(),
  language: orNull(Type.String()),
  avatar_url: orNull(Type.String({ format: 'uri' })),
  attributes: Type.Record(Type.String(), Type.Unknown()),
  attribute_schema: Type.Unknown({ description: 'The JSON Schema of what can be set.' }),
  created_at: instant,
  deletion_due_at: orNull(instant),
  reauthenticated: Type.Boolean({ description: 'Whether this session may change what guards the account now.' }),
  second_factor: Type.Boolean({ description: 'Whether the account has a second factor, which such changes then ask for.' }),
  session_id: Type.String({ format: 'uuid' }),
  acting: Type.Union([Type.Object({ by: orNull(Type.String()), until: instant }), Type.Null()], {
    description: 'The administrator who acts in this session, and until when; null in a session of one’s own.',
  }),
})

export const Passkey = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  created_at: instant,
  last_used_at: orNull(instant),
  backed_up: Type.Boolean(),
})

export const Factors = Type.Object({
  password: Type.Object({ set: Type.Boolean(), changed_at: orNull(instant) }),
  totp: Type.Object({ enrolled: Type.Boolean(), confirmed_at: orNull(instant) }),
  recovery_codes: Type.Object({ left: Type.Integer() }),
  passkeys: Type.Array(Passkey),
  email_code: Type.Boolean(),
  sms_code: Type.Boolean(),
})

export const Sessions = Type.Object({
  sessions: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      kind: Type.Union([Type.Literal('browser'), Type.Literal('api')]),
      current: Type.Boolean(),
      created_at: instant,
      last_used_at: orNull(instant),
      expires_at: instant,
      ip: orNull(Type.String()),
      place: orNull(
        Type.String({ description: 'Roughly where the address is, in the language of Accept-Language; null where it is not known.' }),
      ),
      device: Type.String(),
      amr: Type.Array(Type.String()),
      applications: Type.Array(Type.String()),
    }),
  ),
})

export const Devices = Type.Object({
  devices: Type.Array(
    Type.Object({
      id: Type.String(),
      current: Type.Boolean(),
      first_seen_at: instant,
      last_seen_at: instant,
      trusted_until: orNull(instant),
    }),
  ),
})

export const Applications = Type.Object({
  applications: Type.Array(
    Type.Object({
      client_id: Type.String(),
      name: orNull(Type.String()),
      logo_url: orNull(Type.String()),
      scopes: Type.Array(Type.Object({ name: Type.String(), description: Type.String() })),
      granted_at: instant,
      last_used_at: orNull(instant),
    }),
  ),
})

export const Identities = Type.Object({
  identities: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      provider: Type.Object({ id: Type.String(), name: Type.String() }),
      issuer: Type.String({
        description: 'Whose word it is: the issuer of OpenID Connect, the entity of SAML, the address of a directory.',
      }),
      subject_hint: orNull(Type.String({ description: 'How the other service calls the person, as far as it may be shown.' })),
      linked_at: instant,
      last_used_at: orNull(instant),
    }),
  ),
})

export const Activity = Type.Object({
  events: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      at: instant,
      type: Type.String(),
      sentence: Type.String(),
      ip: orNull(Type.String()),
      personal_data: Type.String({
        enum: ['readable', 'erased', 'none'],
        description: 'Of ip and device: erased where the account of the administrator was deleted that they belonged to.',
      }),
      place: orNull(Type.String({ description: 'As with the sessions.' })),
      device: orNull(Type.String()),
      client: orNull(Type.String({ description: 'The name of the application.' })),
      client_id: orNull(Type.String()),
    }),
  ),
  next: orNull(Type.String({ description: 'Given as before, it leads to the next page.' })),
})

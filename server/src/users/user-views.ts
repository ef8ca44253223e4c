import { Type } from 'typebox'
import type { UserDetail, UserRow } from './user-search.store.ts'

const instant = Type.String({ format: 'date-time' })
const orNull = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()])
const text = Type.String()

export const status = Type.String({ enum: ['active', 'disabled', 'frozen'] })
const listedMembers = {
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer({ description: 'The id of the account API.' }),
  username: orNull(text),
  email: orNull(text),
  email_verified: Type.Boolean(),
  status,
  created_at: instant,
}
/** An account in a list. */
export const Listed = Type.Object(listedMembers)
/** An account with all that an administrator sees of it. */
export const Detail = Type.Object({
  ...listedMembers,
  updated_at: instant,
  phone: orNull(text),
  language: orNull(text),
  deletion_due_at: orNull(instant),
  attributes: Type.Record(Type.String(), Type.Unknown()),
  password: Type.Object({ set: Type.Boolean(), failures: Type.Integer(), locked_until: orNull(instant) }),
  factors: Type.Object({ totp: Type.Boolean(), passkeys: Type.Integer(), recovery_codes: Type.Integer() }),
  live_sessions: Type.Integer(),
  roles: Type.Array(Type.String()),
  groups: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
})

export const listedView = ({ id, number, username, email, email_verified, status: now, created_at }: UserRow | UserDetail) => ({
  ...{ id, number, username, email, email_verified, status: now },
  created_at: created_at.toISOString(),
})

export const detailView = (user: UserDetail) => ({
  ...listedView(user),
  updated_at: user.updated_at.toISOString(),
  phone: user.phone,
  language: user.language,
  deletion_due_at: user.deletion_due_at?.toISOString() ?? null,
  attributes: { ...user.attributes },
  password: { set: user.has_password, failures: user.failures, locked_until: user.locked_until?.toISOString() ?? null },
  factors: { totp: user.has_totp, passkeys: user.passkeys, recovery_codes: user.recovery_codes },
  live_sessions: user.live_sessions,
  roles: user.roles,
  groups: user.groups,
})

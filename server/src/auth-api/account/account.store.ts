import { prepared, type Sql } from '../../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'

/** An account as its owner sees it. */
export type OwnAccount = {
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  readonly email_verified: boolean
  readonly phone: string | null
  readonly phone_verified: boolean
  readonly language: string | null
  readonly avatar: string | null
  readonly attributes: Readonly<Record<string, unknown>>
  readonly created_at: Date
  readonly deletion_due_at: Date | null
}

const nameOf = (kind: string): string =>
  `left join lateral (select written, verified_at from identifiers i
    where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = '${kind}' order by created_at limit 1)`

const find = prepared<OwnAccount>(
  'account.find',
  `select u.number, n.written as username, e.written as email, e.verified_at is not null as email_verified, t.written as phone,
    t.verified_at is not null as phone_verified, u.language, a.hash as avatar, coalesce(p.attributes, '{}') as attributes, u.created_at, u.deletion_due_at
  from users u
  ${nameOf('username')} n on true
  ${nameOf('email')} e on true
  ${nameOf('phone')} t on true
  left join avatars a on a.tenant_id = u.tenant_id and a.user_id = u.id
  left join profiles p on p.tenant_id = u.tenant_id and p.user_id = u.id
  where u.tenant_id = $1 and u.id = $2 and u.status = 'active'`,
)

const setLanguage = prepared<{ id: string }>(
  'account.set-language',
  `with changed as (
      update users set language = $3, updated_at = now() where tenant_id = $1 and id = $2 and language is distinct from $3 returning id),
    noted as (${insertEvents('$4', 'exists (select from changed)')})
  select id from changed`,
)

const factors = prepared<FactorRow>(
  'account.factors',
  `select (select changed_at from passwords where tenant_id = $1 and user_id = $2) as password_at,
    (select confirmed_at from totp_factors where tenant_id = $1 and user_id = $2) as totp_at,
    (select count(*)::int from recovery_codes where tenant_id = $1 and user_id = $2 and spent_at is null) as recovery_codes,
    exists (select from identifiers where tenant_id = $1 and user_id = $2 and kind = 'email' and verified_at is not null) as has_email,
    exists (select from identifiers where tenant_id = $1 and user_id = $2 and kind = 'phone' and verified_at is not null) as has_phone`,
)

export type FactorRow = {
  readonly password_at: Date | null
  readonly totp_at: Date | null
  readonly recovery_codes: number
  readonly has_email: boolean
  readonly has_phone: boolean
}

const none: FactorRow = { password_at: null, totp_at: null, recovery_codes: 0, has_email: false, has_phone: false }

/** The account of who is signed in. */
export const accountStore = (sql: Sql) => ({
  find: async (tenantId: string, userId: string): Promise<OwnAccount | undefined> => (await sql.run(find, [tenantId, userId]))[0],
  setLanguage: async (tenantId: string, input: { userId: string; language: string | null; event: EventRow }): Promise<boolean> =>
    (await sql.run(setLanguage, [tenantId, input.userId, input.language, eventsParameter(input.event)])).length > 0,
  factors: async (tenantId: string, userId: string): Promise<FactorRow> => (await sql.run(factors, [tenantId, userId]))[0] ?? none,
})

import { prepared, type Sql } from '../../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'
import type { GrantFacts } from '../core/ports.ts'
import type { GrantView } from '../grant-views.ts'
import { type GrantRow, grantColumns, grantFacts, grantJoins, isGrantLive } from './grants.store.ts'

type PersonRow = {
  attributes: Record<string, unknown> | null
  username: string | null
  email: string | null
  email_verified: boolean
  updated_at: Date
}

const personColumns = `p.attributes, greatest(u.updated_at, p.updated_at) as updated_at,
    (select written from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'username' limit 1) as username,
    e.written as email, e.verified_at is not null as email_verified`
const personJoins = `left join profiles p on p.tenant_id = u.tenant_id and p.user_id = u.id
  left join lateral (select written, verified_at from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = 'email'
    order by created_at limit 1) e on true`

/** The person as claims: attributes of the profile, and what the account itself knows. */
const personOf = (row: PersonRow): Readonly<Record<string, unknown>> => ({
  // OpenID Connect Core section 5.1: true where it was verified, otherwise false.
  ...(row.attributes?.['phone_number'] === undefined ? {} : { phone_number_verified: false }),
  ...row.attributes,
  preferred_username: row.username ?? row.attributes?.['preferred_username'],
  ...(row.email === null ? {} : { email: row.email, email_verified: row.email_verified }),
  updated_at: Math.floor(row.updated_at.getTime() / 1000),
})

const view = prepared<GrantRow & PersonRow>(
  'oauth.grant-view',
  `select ${grantColumns}, ${personColumns}
  from oauth_grants g ${grantJoins} ${personJoins}
  where g.tenant_id = $1 and g.id = $2 and g.revoked_at is null and g.code_spent_at is not null and ${isGrantLive}`,
)

const person = prepared<PersonRow>(
  'oauth.person',
  `select ${personColumns} from users u ${personJoins} where u.tenant_id = $1 and u.id = $2 and u.status = 'active'`,
)

const revokeToken = prepared<{ jti: string }>(
  'oauth.revoke-access-token',
  `with revoked as (
      insert into revoked_tokens (tenant_id, jti, expires_at) values ($1, $2, to_timestamp($3)) on conflict do nothing returning jti),
    noted as (${insertEvents('$4', 'exists (select from revoked)')})
  select jti from revoked`,
)

type FeedRow = { kind: string; id: string; version: number }

const feed = prepared<FeedRow>(
  'oauth.revocations',
  `select 'ended' as kind, id::text, 0::bigint as version from oauth_grants where tenant_id = $1 and revoked_at > now() - make_interval(secs => $2)
   union all select 'ended', jti, 0::bigint from revoked_tokens where tenant_id = $1 and revoked_at > now() - make_interval(secs => $2)`,
)

const liveRevocations = prepared<{ jti: string }>(
  'oauth.live-revocations',
  'select jti from revoked_tokens where tenant_id = $1 and expires_at > now()',
)

/** Live grants with the person behind them, and access tokens that were revoked one by one. */
export const grantViewStore = (sql: Sql) => ({
  view: async (tenantId: string, grantId: string): Promise<GrantView | undefined> => {
    const [row] = await sql.run(view, [tenantId, grantId])
    return row && { facts: grantFacts(row) satisfies GrantFacts, person: personOf(row) }
  },
  person: async (tenantId: string, userId: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const [row] = await sql.run(person, [tenantId, userId])
    return row && personOf(row)
  },
  /** `expiresAt` in seconds since 1970: later nobody asks for the token any more. */
  revokeToken: async (tenantId: string, input: { jti: string; expiresAt: number; event: EventRow }): Promise<boolean> =>
    (await sql.run(revokeToken, [tenantId, input.jti, input.expiresAt, eventsParameter(input.event)])).length > 0,
  readFeed: (tenantId: string, seconds: number): Promise<FeedRow[]> => sql.run(feed, [tenantId, seconds]),
  liveRevocations: async (tenantId: string): Promise<readonly string[]> =>
    (await sql.run(liveRevocations, [tenantId])).map(({ jti }) => jti),
})
export type GrantViewStore = ReturnType<typeof grantViewStore>

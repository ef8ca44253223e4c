import { prepared, type Sql } from '../../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'

export type OwnApplication = {
  readonly client_id: string
  readonly name: string | null
  readonly logo_url: string | null
  readonly scopes: string[]
  readonly granted_at: Date
  readonly last_used_at: Date | null
}

// The portal, in which this is read, and the console are the platform itself: nobody has to let them in, and nobody can take it back.
const list = prepared<OwnApplication>(
  'account.applications',
  `select c.id as client_id, c.name, c.metadata->>'logo_uri' as logo_url, coalesce(k.scope, g.scopes, '{}') as scopes,
    coalesce(k.granted_at, g.first_at) as granted_at, g.last_at as last_used_at
  from clients c
  left join consents k on k.tenant_id = c.tenant_id and k.client_id = c.id and k.user_id = $2
  left join lateral (
    select min(o.created_at) as first_at, max(o.rotated_at) as last_at, array(
      select distinct one from oauth_grants s, unnest(string_to_array(s.scope, ' ')) one
      where s.tenant_id = $1 and s.user_id = $2 and s.client_id = c.id and s.revoked_at is null and s.expires_at > now() order by 1) as scopes
    from oauth_grants o
    where o.tenant_id = $1 and o.user_id = $2 and o.client_id = c.id and o.revoked_at is null and o.expires_at > now()) g on true
  where c.tenant_id = $1 and c.id not in ('account-portal', 'admin-console') and (k.client_id is not null or g.first_at is not null)
    and c.id in (
      select client_id from consents where tenant_id = $1 and user_id = $2
      union select client_id from oauth_grants where tenant_id = $1 and user_id = $2 and revoked_at is null)
  order by coalesce(c.name, c.id)`,
)

// A device that was approved and has not come back for its tokens gets none.
const remove = prepared<{ was_there: boolean }>(
  'account.remove-application',
  `with forgotten as (delete from consents where tenant_id = $1 and user_id = $2 and client_id = $3 returning 1),
    ended as (
      update oauth_grants set revoked_at = now(), revoke_reason = 'consent-revoked'
      where tenant_id = $1 and user_id = $2 and client_id = $3 and revoked_at is null returning 1),
    denied as (
      update device_codes set status = 'denied' where tenant_id = $1 and user_id = $2 and client_id = $3 and status = 'approved' returning 1),
    found as (select from forgotten union all select from ended union all select from denied),
    noted as (${insertEvents('$4', 'exists (select from found)')})
  select exists (select from found) as was_there`,
)

/** What a person has let in. */
export const applicationStore = (sql: Sql) => ({
  list: (tenantId: string, userId: string): Promise<readonly OwnApplication[]> => sql.run(list, [tenantId, userId]),
  /** Takes back the consent and ends the grants; false where there was neither. */
  remove: async (tenantId: string, input: { userId: string; clientId: string; event: EventRow }): Promise<boolean> =>
    (await sql.run(remove, [tenantId, input.userId, input.clientId, eventsParameter(input.event)]))[0]?.was_there === true,
})

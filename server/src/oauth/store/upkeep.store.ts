import type { Sql } from '../../db/database.ts'

// What has expired goes in batches. A spent code and a revoked grant stay until the grant itself has expired: they are the evidence of a replay.
const removals: readonly string[] = [
  `delete from oauth_grants g using (select tenant_id, id from oauth_grants where expires_at < now() - interval '1 day' limit $1) old
   where g.tenant_id = old.tenant_id and g.id = old.id returning 1`,
  `delete from pushed_requests p using (select tenant_id, hash from pushed_requests where expires_at < now() limit $1) old
   where p.tenant_id = old.tenant_id and p.hash = old.hash returning 1`,
  `delete from device_codes d using (select tenant_id, id from device_codes where expires_at < now() - interval '1 day' limit $1) old
   where d.tenant_id = old.tenant_id and d.id = old.id returning 1`,
  `delete from spent_assertions a using (select tenant_id, client_id, jti_hash from spent_assertions where expires_at < now() - interval '1 minute' limit $1) old
   where a.tenant_id = old.tenant_id and a.client_id = old.client_id and a.jti_hash = old.jti_hash returning 1`,
  `delete from revoked_tokens r using (select tenant_id, jti from revoked_tokens where expires_at < now() limit $1) old
   where r.tenant_id = old.tenant_id and r.jti = old.jti returning 1`,
  `delete from session_clients c using (
     select tenant_id, session_id, client_id from session_clients where created_at < now() - interval '32 days' limit $1) old
   where c.tenant_id = old.tenant_id and c.session_id = old.session_id and c.client_id = old.client_id returning 1`,
]

const batch = 2000

/** Removes what can no longer be presented. */
export const removeExpired = async (sql: Sql): Promise<void> => {
  for (const text of removals) while ((await sql.text(text, [batch])).length === batch);
}

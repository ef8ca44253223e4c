import { type Database, inTransaction, type Tx } from '../../db/database.ts'
import { type EventSecrets, eventsParameter, insertEvents, openRows, type SealedRow } from '../../events/events.ts'
import type { PersonExport } from './person-export.ts'

// Each names its columns: what guards the account, such as hashes, keys and secrets, is no part of an answer.
const parts: Readonly<Record<string, string>> = {
  identifiers: `select kind, written, verified_at, created_at from identifiers where tenant_id = $1 and user_id = $2 order by kind, created_at`,
  invitations: `select written as email, created_at, sent_at, accepted_at from invitations where tenant_id = $1 and user_id = $2 order by created_at`,
  roles: `select role, created_at from role_assignments where tenant_id = $1 and user_id = $2 order by role`,
  organizations: `select o.slug, o.name, m.roles, m.created_at from organization_members m
    join organizations o on o.tenant_id = m.tenant_id and o.id = m.organization_id where m.tenant_id = $1 and m.user_id = $2 order by m.created_at`,
  organization_invitations: `select organization_id, written as email, created_at, sent_at, accepted_at from organization_invitations
    where tenant_id = $1 and user_id = $2 order by created_at`,
  passkeys: `select id, name, rp_id, aaguid, transports, is_backed_up, created_at, last_used_at from passkeys
    where tenant_id = $1 and user_id = $2 order by created_at`,
  sessions: `select id, kind, amr, host(ip) as ip, user_agent, created_at, auth_time, expires_at, ended_at, end_reason from sessions
    where tenant_id = $1 and user_id = $2 order by created_at`,
  devices: `select first_seen_at, last_seen_at, trusted_until from devices where tenant_id = $1 and user_id = $2 order by first_seen_at`,
  consents: `select client_id, scope, granted_at from consents where tenant_id = $1 and user_id = $2 order by client_id`,
  grants: `select client_id, scope, is_offline, created_at, expires_at, revoked_at, revoke_reason from oauth_grants
    where tenant_id = $1 and user_id = $2 order by created_at`,
  messages: `select channel, template, language, recipient, created_at, sent_at from messages where tenant_id = $1 and user_id = $2 order by created_at`,
}

const account = `select u.id, u.number, u.status, u.language, u.created_at, u.updated_at, u.deletion_due_at, coalesce(p.attributes, '{}') as attributes,
    (select changed_at from passwords w where w.tenant_id = $1 and w.user_id = $2) as password_changed_at,
    (select confirmed_at from totp_factors f where f.tenant_id = $1 and f.user_id = $2) as authenticator_app_since,
    (select count(*)::int from recovery_codes r where r.tenant_id = $1 and r.user_id = $2 and r.spent_at is null) as recovery_codes_left,
    (select jsonb_build_object('media_type', media_type, 'base64', encode(bytes, 'base64')) from avatars a
      where a.tenant_id = $1 and a.user_id = $2) as avatar
  from users u left join profiles p on p.tenant_id = u.tenant_id and p.user_id = u.id where u.tenant_id = $1 and u.id = $2`

const eventsMax = 100_000

const events = `select e.at, e.id, e.type, e.session_id, e.client_id, host(e.ip) as ip, e.user_agent, e.payload, e.key_id, e.sealed, k.sealed as key_sealed
  from events e left join event_keys k on k.id = e.key_id
  where e.tenant_id = $1 and e.user_id = $2 order by e.at desc, e.id desc limit ${eventsMax}`

const collect = async (
  tx: Tx,
  secrets: EventSecrets,
  values: readonly [string, string],
): Promise<Readonly<Record<string, unknown>> | undefined> => {
  const [own] = await tx.text(account, values)
  if (own === undefined) return undefined
  const found: Record<string, unknown> = { account: own }
  for (const [name, text] of Object.entries(parts)) found[name] = await tx.text(text, values)
  found['events'] = openRows(secrets, values[0], await tx.text<SealedRow>(events, values))
  return found
}

/** Everything that is kept of a person, as of one moment. */
export const personExport =
  (db: Database, secrets: EventSecrets): PersonExport =>
  (tenantId, { userId, event }) =>
    inTransaction(db, { isIdempotent: true }, async (tx) => {
      await tx.text('set transaction isolation level repeatable read')
      const found = await collect(tx, secrets, [tenantId, userId])
      if (found !== undefined) await tx.text(insertEvents('$1'), [eventsParameter(event)])
      return found
    })

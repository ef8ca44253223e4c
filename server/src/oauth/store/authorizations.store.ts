import { prepared, type Sql } from '../../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../../events/events.ts'
import type { ClaimsRequest } from '../core/authorize/claims-parameter.ts'
import type { CodeBinding } from '../core/ports.ts'
import { administers } from './grant-life.ts'

// The session decides: one that ended meanwhile grants nothing.
const authorize = prepared<{ id: string }>(
  'oauth.authorize',
  `with session as (
      select s.id, s.user_id, s.auth_time, s.amr, s.methods, s.impersonator_id from sessions s join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
      where s.tenant_id = $1 and s.id = $2 and s.ended_at is null and s.expires_at > now() and u.status = 'active'),
    granted as (
      insert into oauth_grants (tenant_id, id, client_id, user_id, session_id, is_offline, scope, resources, claims, auth_time, acr, amr, methods,
        code_hash, code, code_expires_at, code_spent_at, idle_expires_at, expires_at, impersonator_id)
      select $1, $3, $4, user_id, id, $5, $6, $7, $8, auth_time, $9, amr, methods, $10, $11,
        case when $10::bytea is null then null else now() + make_interval(secs => $12) end, case when $10::bytea is null then now() end,
        now() + make_interval(secs => $13), now() + make_interval(secs => $13), impersonator_id
      from session returning id),
    consented as (
      insert into consents as c (tenant_id, user_id, client_id, scope)
      select $1, user_id, $4, $14::text[] from session where $14::text[] is not null
      on conflict (tenant_id, user_id, client_id) do update
        set scope = array(select distinct unnest(c.scope || excluded.scope)), granted_at = now()),
    told as (
      insert into session_clients (tenant_id, session_id, client_id, user_id) select $1, id, $4, user_id from session
      on conflict do nothing),
    touched as (
      update sessions s set idle_expires_at = least(s.expires_at, now() + make_interval(secs => $15)) from session
      where s.tenant_id = $1 and s.id = session.id and s.idle_expires_at < now() + make_interval(secs => $15::float8 - 60)),
    noted as (${insertEvents('$16', 'exists (select from granted)')})
  select id from granted`,
)

export type NewAuthorization = {
  readonly sessionId: string
  readonly grantId: string
  readonly clientId: string
  readonly isOffline: boolean
  readonly scope: readonly string[]
  readonly resources: readonly string[]
  readonly claims: ClaimsRequest | undefined
  readonly acr: string
  /** Absent where tokens are issued at once, without a code. */
  readonly code: { readonly hash: Uint8Array; readonly binding: CodeBinding } | undefined
  /** Scopes that the person has just allowed, to be remembered. */
  readonly consented: readonly string[] | undefined
  readonly events: readonly EventRow[]
}

export type AuthorizationTimes = {
  readonly codeTtlSeconds: number
  readonly firstTtlSeconds: number
  readonly sessionIdleTtlSeconds: number
}

const write = async (
  tenantId: string,
  sql: Sql,
  { input, times }: { input: NewAuthorization; times: AuthorizationTimes },
): Promise<boolean> => {
  const { code, claims } = input
  const rows = await sql.run(authorize, [
    ...[tenantId, input.sessionId, input.grantId, input.clientId, input.isOffline, input.scope.join(' '), input.resources],
    ...[claims === undefined ? null : JSON.stringify(claims), input.acr, code?.hash ?? null, code ? JSON.stringify(code.binding) : null],
    ...[
      times.codeTtlSeconds,
      times.firstTtlSeconds,
      input.consented ?? null,
      times.sessionIdleTtlSeconds,
      eventsParameter(...input.events),
    ],
  ])
  return rows.length > 0
}

const note = prepared<never>('oauth.note', insertEvents('$1'))

const findConsent = prepared<{ scope: string[] }>(
  'oauth.find-consent',
  'select scope from consents where tenant_id = $1 and user_id = $2 and client_id = $3',
)

const lastAdministered = prepared<{ at: Date | null }>(
  'oauth.last-administered',
  `select max(greatest(g.created_at, g.rotated_at)) as at from oauth_grants g
   where g.tenant_id = $1 and g.session_id = $2 and g.revoked_at is null and ${administers}`,
)

/** What the authorization endpoint writes and remembers. */
export const authorizationStore = (sql: Sql, times: AuthorizationTimes) => ({
  /** False where the session ended meanwhile. */
  authorize: (tenantId: string, input: NewAuthorization) => write(tenantId, sql, { input, times }),
  /** Events of a decision that changes nothing else. */
  note: async (events: readonly EventRow[]): Promise<void> => {
    await sql.run(note, [eventsParameter(...events)])
  },
  /** The scopes that the person has allowed the client before. */
  consentedScope: async (tenantId: string, input: { userId: string; clientId: string }): Promise<readonly string[] | undefined> =>
    (await sql.run(findConsent, [tenantId, input.userId, input.clientId]))[0]?.scope,
  /** When an application used the admin API last for the person of this session, as far as its tokens tell; undefined where none ever did. */
  lastAdministered: async (tenantId: string, sessionId: string): Promise<Date | undefined> =>
    (await sql.run(lastAdministered, [tenantId, sessionId]))[0]?.at ?? undefined,
})
export type AuthorizationStore = ReturnType<typeof authorizationStore>

import { insertProofs, proofsParameter } from '../credentials/email-code/email-code.ts'
import { prepared, type Sql } from '../db/database.ts'
import { eventsParameter, insertEvents } from '../events/events.ts'
import { insertMessages, messagesParameter } from '../mail/mail.ts'
import type { BrowserDoor, NewSession } from './new-session.ts'

const evictions = `(select jsonb_agg($17::jsonb || jsonb_build_object('id', gen_random_uuid(), 'session_id', id)) from evicted)`

// "cleared" decides, as for the account API. The same person's session in this browser is renewed under a new secret, so that whoever was told
// of it keeps knowing it by its id; a stranger's cookie of before is worth nothing afterwards.
const complete = prepared<{ id: string }>(
  'login.complete-browser',
  `with cleared as (
      insert into sign_in_states as t (tenant_id, user_id)
      select tenant_id, id from users where tenant_id = $1 and id = $2 and status = 'active'
      on conflict (tenant_id, user_id) do update set failures = 0, locked_until = '-infinity' where t.generation = $3 returning user_id),
    upgraded as (
      update passwords set encoded = $12 from cleared
      where tenant_id = $1 and passwords.user_id = cleared.user_id and $12::text is not null and encoded = $13 returning 1),
    renewed as (
      update sessions s set secret_hash = $5, auth_time = now(), amr = $6, methods = $21, browser = $18, ip = $7, user_agent = $8,
        expires_at = now() + make_interval(secs => $9), idle_expires_at = now() + make_interval(secs => $10)
      from cleared c
      where s.tenant_id = $1 and s.id = any($11::uuid[]) and s.user_id = c.user_id and s.kind = 'browser' and s.ended_at is null and s.expires_at > now()
        and s.impersonator_id is null
      returning s.id),
    evicted as (
      update sessions set ended_at = now(), end_reason = 'evicted'
      where tenant_id = $1 and ended_at is null and exists (select from cleared) and not exists (select from renewed) and id in (
        select id from sessions where tenant_id = $1 and user_id = $2 and ended_at is null and expires_at > now() order by created_at desc, id desc offset $14 - 1)
      returning id),
    evicted_grants as (
      update grants g set revoked_at = now(), revoke_reason = 'evicted' from evicted e
      where g.tenant_id = $1 and g.session_id = e.id and g.revoked_at is null),
    started as (
      insert into sessions (tenant_id, id, user_id, kind, amr, methods, ip, user_agent, secret_hash, auth_time, browser, expires_at, idle_expires_at)
      select $1, $4, user_id, 'browser', $6, $21, $7, $8, $5, now(), $18, now() + make_interval(secs => $9), now() + make_interval(secs => $10)
      from cleared where not exists (select from renewed) returning id),
    lives as (select id from renewed union all select id from started),
    -- A browser that was never seen with this person, beside others that were, is worth a notice; the very first one is not.
    strange as (
      select exists (select from devices where tenant_id = $1 and user_id = $2)
        and not exists (select from devices where tenant_id = $1 and user_id = $2 and browser = $18) as is_new),
    seen as (
      insert into devices as d (tenant_id, user_id, browser) select $1, $2, $18 from lives where $18::bytea is not null
      on conflict (tenant_id, user_id, browser) do update set last_seen_at = now()),
    sent as (${insertMessages('$19', '(select is_new from strange) and exists (select from lives)')}),
    proved as (${insertProofs('$20', '(select is_new from strange) and exists (select from lives)')}),
    noted as (${insertEvents(
      `(select jsonb_agg(e || jsonb_build_object('session_id', (select id from lives))) from jsonb_array_elements($15::jsonb) e)`,
      'exists (select from lives)',
    )}),
    noted_upgrade as (${insertEvents('$16', 'exists (select from upgraded)')}),
    noted_evictions as (${insertEvents(evictions)})
  select id from lives`,
)

export type BrowserLimits = { readonly browserTtlSeconds: number; readonly browserIdleTtlSeconds: number; readonly perUser: number }

type Completion = { readonly session: NewSession; readonly door: BrowserDoor; readonly limits: BrowserLimits }

/** Clears the failures and begins or renews the browser's session with its events; undefined where password or account changed meanwhile. */
export const completeInBrowser = async (tenantId: string, sql: Sql, { session, door, limits }: Completion): Promise<string | undefined> => {
  const { userId, generation, amr, methods, ip, userAgent, upgraded, encoded, events, upgradeEvents, evictionEvent, notice } = session
  const rows = await sql.run(complete, [
    ...[tenantId, userId, generation, door.sessionId, door.secretHash, amr, ip, userAgent],
    ...[limits.browserTtlSeconds, limits.browserIdleTtlSeconds, door.renews, upgraded, encoded, limits.perUser],
    ...[eventsParameter(...events), eventsParameter(...upgradeEvents), JSON.stringify(evictionEvent)],
    ...[door.browser, messagesParameter(...notice.messages), proofsParameter(...notice.proofs), methods],
  ])
  return rows[0]?.id
}

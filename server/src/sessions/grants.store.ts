import { prepared, type Sql } from '../db/database.ts'
import { type EventRow, insertEvents } from '../events/events.ts'
import type { Rotation } from './rotation.ts'
import { endSession } from './sessions.store.ts'

type RotationRow = {
  counter: number
  is_live: boolean
  is_same_client: boolean
  is_retry: boolean
  next: number | null
  killed: boolean
  user_id: string
  session_id: string
  scope: string
  client_id: string
  expires_at: Date
}

// One statement decides. "rotated" and "killed" exclude each other in one snapshot; under a parallel rotation neither matches and the caller asks again.
const rotate = prepared<RotationRow>(
  'grants.rotate',
  `with found as materialized (
      select g.counter, g.client_id, g.scope, g.session_id, s.user_id, g.expires_at, g.client_id = $4 as is_same_client,
        g.revoked_at is null and g.expires_at > now() and s.ended_at is null and u.status = 'active' as is_live,
        g.counter = $3::bigint + 1 and $5::float8 > 0 and g.rotated_at > now() - make_interval(secs => $5) as is_retry
      from grants g
      join sessions s on s.tenant_id = g.tenant_id and s.id = g.session_id
      join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
      where g.tenant_id = $1 and g.id = $2),
    rotated as (
      update grants g set counter = g.counter + 1, rotated_at = now(), idle_expires_at = least(g.expires_at, now() + make_interval(secs => $6))
      from found f
      where g.tenant_id = $1 and g.id = $2 and g.counter = $3::bigint and g.revoked_at is null and g.idle_expires_at > now() and f.is_live and f.is_same_client
      returning g.counter),
    killed as (
      update grants g set revoked_at = now(), revoke_reason = 'reuse'
      from found f
      where g.tenant_id = $1 and g.id = $2 and g.revoked_at is null and f.counter > $3::bigint and f.is_same_client and not f.is_retry
      returning g.session_id),
    ended as (
      update sessions s set ended_at = now(), end_reason = 'reuse' from killed k
      where s.tenant_id = $1 and s.id = k.session_id and s.ended_at is null returning s.id),
    noted as (${insertEvents(
      `(select jsonb_build_array($7::jsonb || jsonb_build_object('user_id', user_id, 'session_id', session_id, 'client_id', client_id,
        'payload', jsonb_build_object('presented', $3::bigint, 'current', counter))) from found)`,
      'exists (select from killed)',
    )})
  select f.*, (select counter from rotated) as next, exists (select from killed) as killed from found f`,
)

export type RotationRequest = {
  readonly grantId: string
  readonly counter: number
  readonly clientId: string
  readonly leewaySeconds: number
  readonly idleTtlSeconds: number
  readonly killedEvent: EventRow
}
const outcome = (row: RotationRow | undefined, presented: number): Rotation | 'ask-again' => {
  if (row === undefined) return { kind: 'refused' }
  if (row.killed) return { kind: 'reused', sessionId: row.session_id }
  const grant = {
    userId: row.user_id,
    sessionId: row.session_id,
    scope: row.scope,
    clientId: row.client_id,
    expiresAt: row.expires_at.getTime(),
  }
  if (row.next !== null) return { kind: 'rotated', counter: row.next, ...grant }
  if (!row.is_live || !row.is_same_client) return { kind: 'refused' }
  if (row.is_retry) return { kind: 'repeated', counter: row.counter, ...grant }
  return row.counter === presented ? 'ask-again' : { kind: 'refused' }
}

/**
 * Spends a refresh token's counter. The token just spent gets the same successor within the leeway; an older one kills the grant, and that commits.
 * A row that still shows the presented counter although nothing was written had a parallel winner (or is idle-expired): asked once more.
 */
export const rotateGrant = async (tenantId: string, sql: Sql, request: RotationRequest): Promise<Rotation> => {
  const { grantId, counter, clientId, leewaySeconds, idleTtlSeconds, killedEvent } = request
  const values = [tenantId, grantId, counter, clientId, leewaySeconds, idleTtlSeconds, JSON.stringify(killedEvent)]
  const first = outcome((await sql.run(rotate, values))[0], counter)
  if (first !== 'ask-again') return first
  const second = outcome((await sql.run(rotate, values))[0], counter)
  return second === 'ask-again' ? { kind: 'refused' } : second
}

const presented = prepared<{ user_id: string; session_id: string; scope: string }>(
  'grants.present',
  `select s.user_id, g.session_id, g.scope
   from grants g
   join sessions s on s.tenant_id = g.tenant_id and s.id = g.session_id
   join users u on u.tenant_id = s.tenant_id and u.id = s.user_id
   where g.tenant_id = $1 and g.id = $2 and g.client_id = $4 and g.revoked_at is null and g.expires_at > now() and s.ended_at is null and u.status = 'active'
     and ((g.counter = $3::bigint and g.idle_expires_at > now())
       or (g.counter = $3::bigint + 1 and $5::float8 > 0 and g.rotated_at > now() - make_interval(secs => $5)))`,
)

export type PresentGrant = { readonly userId: string; readonly sessionId: string; readonly scope: string }
type PresentInput = Pick<RotationRequest, 'grantId' | 'counter' | 'clientId' | 'leewaySeconds'>

const presentGrant = async (tenantId: string, sql: Sql, input: PresentInput): Promise<PresentGrant | undefined> => {
  const { grantId, counter, clientId, leewaySeconds } = input
  const [row] = await sql.run(presented, [tenantId, grantId, counter, clientId, leewaySeconds])
  return row && { userId: row.user_id, sessionId: row.session_id, scope: row.scope }
}

const revoke = prepared<{ session_id: string; user_id: string }>(
  'grants.revoke',
  `with revoked as (
      update grants set revoked_at = now(), revoke_reason = 'revoked' where tenant_id = $1 and id = $2 and revoked_at is null returning session_id),
    ended as (
      update sessions s set ended_at = now(), end_reason = 'revoked' from revoked r
      where s.tenant_id = $1 and s.id = r.session_id and s.ended_at is null returning s.id, s.user_id),
    noted as (${insertEvents(
      `(select jsonb_build_array($3::jsonb || jsonb_build_object('user_id', user_id, 'session_id', id)) from ended)`,
      'exists (select from ended)',
    )})
  select id as session_id, user_id from ended`,
)

/** Revokes a grant with the session that it stands for (RFC 7009 section 2.1); undefined where there was nothing left to revoke. */
export const revokeGrant = async (tenantId: string, sql: Sql, input: { grantId: string; event: EventRow }): Promise<string | undefined> =>
  (await sql.run(revoke, [tenantId, input.grantId, JSON.stringify(input.event)]))[0]?.session_id

type RotateInput = Omit<RotationRequest, 'leewaySeconds' | 'idleTtlSeconds'>

/** What issuing, rotating and ending tokens needs of a database. */
export const tokenStore = (sql: Sql, times: Pick<RotationRequest, 'leewaySeconds' | 'idleTtlSeconds'>) => ({
  rotate: (tenantId: string, input: RotateInput) => rotateGrant(tenantId, sql, { ...input, ...times }),
  /** The grant whose refresh token would be rotated, or answered again, now; nothing is spent. */
  present: (tenantId: string, input: Omit<PresentInput, 'leewaySeconds'>) =>
    presentGrant(tenantId, sql, { ...input, leewaySeconds: times.leewaySeconds }),
  revoke: (tenantId: string, input: { grantId: string; event: EventRow }) => revokeGrant(tenantId, sql, input),
  end: (tenantId: string, input: { sessionId: string; reason: string; event: EventRow }) => endSession(tenantId, sql, input),
})

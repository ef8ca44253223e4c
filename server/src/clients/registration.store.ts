import { type Database, inTransaction, prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { equalBytes } from '../platform/digest.ts'
import { lockUnchanged, replaceSecrets } from './client-changes.store.ts'
import { type ClientChange, deleteClient, findStoredClient, insertClient, updateClient } from './clients.store.ts'
import type { RegistrationStore } from './registration.ts'
import { defaultRegistrationPolicy, type RegistrationPolicy } from './registration-policy.ts'

const findPolicy = prepared<{ value: Partial<RegistrationPolicy> }>(
  'clients.find-registration-policy',
  `select value from tenant_settings where tenant_id = $1 and key = 'client-registration'`,
)

export const findRegistrationPolicy = async (tenantId: string, sql: Sql): Promise<RegistrationPolicy> => {
  const [row] = await sql.run(findPolicy, [tenantId])
  return { ...defaultRegistrationPolicy, ...row?.value }
}

const savePolicy = prepared<{ id: string }>(
  'clients.save-registration-policy',
  `with changed as (
      insert into tenant_settings as s (tenant_id, key, value) values ($1, 'client-registration', $2)
      on conflict (tenant_id, key) do update set value = excluded.value, version = s.version + 1, changed_at = now()
      returning key as id, version, value),
    former as (
      insert into setting_versions (tenant_id, key, version, value, via, changed_at)
      select tenant_id, key, version, value, 'unknown', changed_at from tenant_settings
      where tenant_id = $1 and key = 'client-registration' on conflict do nothing),
    kept as (insert into setting_versions (tenant_id, key, version, value, via) select $1, id, version, value, 'cli' from changed),
    noted as (${insertEvents('$3', 'exists (select from changed)')}),
    moved as (
      insert into cache_epochs as e (tenant_id, kind) select $1, 'clients' from changed
      on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now())
  select id from changed`,
)

export type PolicyChange = { readonly policy: RegistrationPolicy; readonly event: EventRow }

export const saveRegistrationPolicy = async (tenantId: string, sql: Sql, { policy, event }: PolicyChange): Promise<void> => {
  await sql.run(savePolicy, [tenantId, JSON.stringify(policy), eventsParameter(event)])
}

const insertToken = prepared<{ id: string }>(
  'clients.insert-initial-access-token',
  `with changed as (
      insert into initial_access_tokens (tenant_id, id, hash, note, uses_left, expires_at)
      values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6::float8)) returning id),
    noted as (${insertEvents('$7', 'exists (select from changed)')})
  select id from changed`,
)

export type NewInitialAccessToken = {
  readonly id: string
  readonly hash: Uint8Array
  readonly note: string | undefined
  /** How many clients it may register; undefined is without end. */
  readonly uses: number | undefined
  readonly lifeSeconds: number | undefined
  readonly event: EventRow
}

export const insertInitialAccessToken = async (tenantId: string, sql: Sql, one: NewInitialAccessToken): Promise<void> => {
  await sql.run(insertToken, [
    ...[tenantId, one.id, one.hash, one.note ?? null, one.uses ?? null, one.lifeSeconds ?? null, eventsParameter(one.event)],
  ])
}

export type InitialAccessTokenRow = {
  id: string
  note: string | null
  uses_left: number | null
  created_at: Date
  expires_at: Date | null
  is_live: boolean
}

const live = '(uses_left is null or uses_left > 0) and (expires_at is null or expires_at > now())'

export const listInitialAccessTokens = (tenantId: string, sql: Sql): Promise<InitialAccessTokenRow[]> =>
  sql.text(
    `select id, note, uses_left, created_at, expires_at, ${live} as is_live from initial_access_tokens where tenant_id = $1 order by id limit 1000`,
    [tenantId],
  )

const removeToken = prepared<{ id: string }>(
  'clients.delete-initial-access-token',
  `with changed as (delete from initial_access_tokens where tenant_id = $1 and id = $2 returning id),
    noted as (${insertEvents('$3', 'exists (select from changed)')})
  select id from changed`,
)

export const deleteInitialAccessToken = async (tenantId: string, sql: Sql, one: { id: string; event: EventRow }): Promise<boolean> =>
  (await sql.run(removeToken, [tenantId, one.id, eventsParameter(one.event)])).length > 0

const hasToken = prepared<{ id: string }>(
  'clients.has-initial-access-token',
  `select id from initial_access_tokens where tenant_id = $1 and hash = $2 and ${live}`,
)

const spendToken = prepared<{ id: string }>(
  'clients.spend-initial-access-token',
  `update initial_access_tokens set uses_left = uses_left - 1 where tenant_id = $1 and hash = $2 and ${live} returning id`,
)

/** Uses the token up by one; false where nothing of it was left. */
export const spendInitialAccessToken = async (tenantId: string, tx: Tx, hash: Uint8Array): Promise<boolean> =>
  (await tx.run(spendToken, [tenantId, hash])).length > 0

const hasRegistrationToken = async (tenantId: string, tx: Tx, { id, rotation }: ClientChange): Promise<boolean> => {
  const token = (await findStoredClient(tenantId, tx, id))?.registration_token_hash
  return token != null && rotation !== undefined && equalBytes(token, rotation.from)
}

/** The database behind dynamic registration: each change is one transaction with its event. */
export const registrationStore = (db: Database): RegistrationStore => ({
  policy: (tenantId) => findRegistrationPolicy(tenantId, db),
  isInitialAccessToken: async (tenantId, hash) => (await db.run(hasToken, [tenantId, hash])).length > 0,
  insert: (tenantId, client, tokenHash) =>
    inTransaction(db, { isIdempotent: true }, async (tx) => {
      if (tokenHash !== undefined && !(await spendInitialAccessToken(tenantId, tx, tokenHash))) return undefined
      return insertClient(tenantId, tx, client)
    }),
  find: (tenantId, id) => findStoredClient(tenantId, db, id),
  replace: (tenantId, change, secrets) =>
    inTransaction(db, { isIdempotent: true }, async (tx) => {
      const isUnchanged = await lockUnchanged(tenantId, tx, { id: change.id, metadata: change.before })
      if (!isUnchanged) return (await hasRegistrationToken(tenantId, tx, change)) ? 'changed-meanwhile' : 'unauthorized'
      if (!(await updateClient(tenantId, tx, change))) return 'unauthorized'
      if (secrets !== 'kept') await replaceSecrets(tenantId, tx, { clientId: change.id, secret: secrets })
      return 'replaced'
    }),
  remove: (tenantId, one) => deleteClient(tenantId, db, one),
})

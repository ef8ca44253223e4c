import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { clientVersion, type NewSecret } from './clients.store.ts'

const moved = `moved as (
  insert into cache_epochs as e (tenant_id, kind) select $1, 'clients' from changed
  on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now())`

const setStatus = prepared<{ id: string }>(
  'clients.set-status',
  `with changed as (update clients set status = $3, updated_at = now() where tenant_id = $1 and id = $2 and status <> $3 returning id),
    noted as (${insertEvents('$4', 'exists (select from changed)')}), ${moved}
  select id from changed`,
)

export type StatusChange = { readonly id: string; readonly status: 'active' | 'disabled'; readonly event: EventRow }

/** False where the client had the status already, or is gone. */
export const setClientStatus = async (tenantId: string, sql: Sql, { id, status, event }: StatusChange): Promise<boolean> =>
  (await sql.run(setStatus, [tenantId, id, status, eventsParameter(event)])).length > 0

type Looked = { readonly id: string; readonly metadata: object; readonly version?: string | undefined }

/** Holds the row until the transaction ends; whether it is still what the change was worked out from: its metadata, and its version where one is named. */
export const lockUnchanged = async (tenantId: string, tx: Tx, { id, metadata, version }: Looked): Promise<boolean> =>
  (
    await tx.text(
      `select id from clients c where c.tenant_id = $1 and c.id = $2 and c.metadata = $3::jsonb and ($4::text is null or ${clientVersion} = $4) for update`,
      [tenantId, id, JSON.stringify(metadata), version ?? null],
    )
  ).length > 0

/** Holds the row until the transaction ends, so that what is changed is what was looked at; false where it is gone. */
export const lockClient = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (await tx.text('select id from clients where tenant_id = $1 and id = $2 for update', [tenantId, id])).length > 0

export type SecretReplacement = { readonly clientId: string; readonly secret: NewSecret | undefined }

/** Removes every secret of the client, and gives it the new one where there is one; the caller's change of the client tells the nodes. */
export const replaceSecrets = async (tenantId: string, tx: Tx, { clientId, secret }: SecretReplacement): Promise<void> => {
  await tx.text('delete from client_secrets where tenant_id = $1 and client_id = $2', [tenantId, clientId])
  if (secret === undefined) return
  await tx.text('insert into client_secrets (tenant_id, client_id, id, hash, sealed) values ($1, $2, $3, $4, $5)', [
    ...[tenantId, clientId, secret.id, secret.hash, secret.sealed ?? null],
  ])
}

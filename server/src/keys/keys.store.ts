import type { Sql, Tx } from '../db/database.ts'
import type { Algorithm, JsonWebKey } from './key-pair.ts'
import type { StoredKey } from './key-ring.ts'

export type KeyRow = {
  id: string
  algorithm: Algorithm
  public_jwk: JsonWebKey
  sealed_private: Buffer
  created_at: Date
  active_at: Date
  retired_at: Date | null
  removed_at: Date | null
  revoked_at: Date | null
}

export const listKeys = (tenantId: string, sql: Sql): Promise<KeyRow[]> =>
  sql.text<KeyRow>(
    `select id, algorithm, public_jwk, sealed_private, created_at, active_at, retired_at, removed_at, revoked_at
     from signing_keys where tenant_id = $1 order by algorithm, active_at, id`,
    [tenantId],
  )

export const toStoredKey = (row: KeyRow): StoredKey => ({
  kid: row.id,
  algorithm: row.algorithm,
  publicJwk: row.public_jwk,
  sealedPrivate: row.sealed_private,
  activeAt: row.active_at.getTime(),
  retiredAt: row.retired_at?.getTime() ?? null,
  removedAt: row.removed_at?.getTime() ?? null,
  revokedAt: row.revoked_at?.getTime() ?? null,
})

/** One change of keys at a time in a tenant, over all nodes. */
export const lockKeys = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('signing-keys ' || $1, 0))`, [tenantId])
}

export type KeyInsert = {
  readonly kid: string
  readonly algorithm: Algorithm
  readonly publicJwk: JsonWebKey
  readonly sealedPrivate: Buffer
  readonly leadSeconds: number
  readonly keepSeconds: number
}

/** The new key is published now and signs from `leadSeconds` on; its predecessors retire then and are removed after `keepSeconds` more. */
export const insertKey = async (tenantId: string, tx: Tx, key: KeyInsert): Promise<void> => {
  await tx.text(
    `update signing_keys set retired_at = now() + make_interval(secs => $3), removed_at = now() + make_interval(secs => $3 + $4::float8)
     where tenant_id = $1 and algorithm = $2 and retired_at is null`,
    [tenantId, key.algorithm, key.leadSeconds, key.keepSeconds],
  )
  await tx.text(
    `insert into signing_keys (tenant_id, id, algorithm, public_jwk, sealed_private, active_at)
     values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
    [tenantId, key.kid, key.algorithm, JSON.stringify(key.publicJwk), key.sealedPrivate, key.leadSeconds],
  )
}

export const revokeKey = async (tenantId: string, tx: Tx, kid: string): Promise<boolean> =>
  (
    await tx.text(`update signing_keys set revoked_at = now() where tenant_id = $1 and id = $2 and revoked_at is null returning id`, [
      tenantId,
      kid,
    ])
  ).length > 0

/** Removed keys go for good a year later; until then `cip keys list` shows them. */
export const deleteOldKeys = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from signing_keys where removed_at < now() - interval '365 days'`, [])
}

/** Tenants that sign with a key which is older than `ageSeconds`. */
export const tenantsWithOldKeys = async (sql: Sql, ageSeconds: number): Promise<readonly string[]> =>
  (
    await sql.text<{ tenant_id: string }>(
      `select distinct tenant_id from signing_keys
       where retired_at is null and revoked_at is null and active_at < now() - make_interval(secs => $1)`,
      [ageSeconds],
    )
  ).map(({ tenant_id: tenantId }) => tenantId)

/** Tells every node that its copy of the tenant's keys is old. */
export const bumpKeyEpoch = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(
    `insert into cache_epochs as c (tenant_id, kind) values ($1, 'keys') on conflict (tenant_id, kind) do update set version = c.version + 1`,
    [tenantId],
  )
}

/** The ids of every revoked key of the installation, for a restore that must not bring one of them back. */
export const revokedKeys = async (tx: Tx): Promise<readonly string[]> =>
  (await tx.text<{ id: string }>('select id from signing_keys where revoked_at is not null')).map(({ id }) => id)

export const revokeAgain = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.text('update signing_keys set revoked_at = now() where id = any($1) and revoked_at is null', [ids])
}

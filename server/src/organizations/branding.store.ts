import type { Sql, Tx } from '../db/database.ts'
import type { Look } from './look.ts'
import { organizationsMoved } from './policy.store.ts'

export type VersionedLook = { readonly look: Look; readonly version: number }

export const findLook = async (tenantId: string, sql: Sql, organizationId: string): Promise<VersionedLook> => {
  const [row] = await sql.text<{ look: Look; version: number }>(
    'select look, version from organization_looks where tenant_id = $1 and organization_id = $2',
    [tenantId, organizationId],
  )
  return row ?? { look: {}, version: 0 }
}

type Logo = NonNullable<Look['logo']> & { readonly bytes: Uint8Array }
type Written = { readonly organizationId: string; readonly look: Look }

export const writeLook = async (tenantId: string, tx: Tx, { organizationId, look }: Written): Promise<number> => {
  const [row] = await tx.text<{ version: number }>(
    `with ${organizationsMoved},
       dropped as (delete from organization_logos where tenant_id = $1 and organization_id = $2 and hash is distinct from $4)
     insert into organization_looks as l (tenant_id, organization_id, look) values ($1, $2, $3)
     on conflict (tenant_id, organization_id) do update set look = excluded.look, version = l.version + 1, updated_at = now()
     returning version`,
    [tenantId, organizationId, JSON.stringify(look), look.logo?.hash ?? null],
  )
  return row?.version ?? 0
}

export const writeLogo = async (
  tenantId: string,
  tx: Tx,
  { organizationId, logo }: { organizationId: string; logo: Logo },
): Promise<void> => {
  await tx.text(
    `insert into organization_logos (tenant_id, organization_id, hash, media_type, bytes) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, organization_id) do update set hash = excluded.hash, media_type = excluded.media_type, bytes = excluded.bytes`,
    [tenantId, organizationId, logo.hash, logo.mediaType, logo.bytes],
  )
}

/** The picture of an organization by its hash. */
export const findOrganizationLogo = async (
  tenantId: string,
  sql: Sql,
  { organizationId, hash }: { readonly organizationId: string; readonly hash: string },
): Promise<{ readonly mediaType: string; readonly bytes: Buffer } | undefined> => {
  const [row] = await sql.text<{ media_type: string; bytes: Buffer }>(
    'select media_type, bytes from organization_logos where tenant_id = $1 and organization_id = $2 and hash = $3',
    [tenantId, organizationId, hash],
  )
  return row && { mediaType: row.media_type, bytes: row.bytes }
}

import type { Sql, Tx } from '../db/database.ts'
import type { Change, ConfigDocument } from './document.ts'

/** One application of a configuration at a time in a tenant. */
export const lockConfig = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('config ' || $1, 0))`, [tenantId])
}

/** Runs `work`; where it answers false or throws, what it wrote is undone and the transaction goes on. */
export const trying = async (tx: Tx, work: () => Promise<boolean>): Promise<void> => {
  await tx.text('savepoint item')
  let isKept = false
  try {
    isKept = await work()
  } finally {
    await tx.text(isKept ? 'release savepoint item' : 'rollback to savepoint item')
  }
}

/** A configuration that was applied. */
export type ConfigVersion = {
  readonly version: number
  readonly changes: readonly Change[]
  readonly via: string
  readonly actor: string | null
  readonly approval: string | null
  readonly applied_at: Date
}

const columns = 'version, changes, via, actor, approval, applied_at'
// Whole documents are large: an older version tells what it changed alone.
const [versionsMax, documentsMax] = [1000, 100]

type NewVersion = {
  readonly document: ConfigDocument
  readonly changes: readonly Change[]
  /** What was there before, of each thing that was changed. */
  readonly former: ConfigDocument
  readonly via: 'cli' | 'admin'
  readonly actor: string | undefined
  readonly approval: string | undefined
}

/** Keeps what was changed, the last thousand times; the number that it got. */
export const insertVersion = async (tenantId: string, tx: Tx, one: NewVersion): Promise<number> => {
  const [row] = await tx.text<{ version: number }>(
    `with kept as (
        insert into config_versions (tenant_id, version, document, changes, via, actor, approval, former)
        select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7 from config_versions where tenant_id = $1 returning version),
      shortened as (update config_versions v set document = '{}' from kept where v.tenant_id = $1 and v.version = kept.version - ${documentsMax}),
      dropped as (delete from config_versions v using kept where v.tenant_id = $1 and v.version <= kept.version - ${versionsMax})
     select version from kept`,
    [
      ...[tenantId, JSON.stringify(one.document), JSON.stringify(one.changes), one.via, one.actor ?? null, one.approval ?? null],
      JSON.stringify(one.former),
    ],
  )
  return row?.version ?? 0
}

/** Versions below one, the newest first. */
export const listConfigVersions = (
  tenantId: string,
  sql: Sql,
  { below, limit }: { below: number; limit: number },
): Promise<ConfigVersion[]> =>
  sql.text<ConfigVersion>(`select ${columns} from config_versions where tenant_id = $1 and version < $2 order by version desc limit $3`, [
    ...[tenantId, below, limit],
  ])

export type WholeVersion = ConfigVersion & {
  readonly document: ConfigDocument
  /** Whether the document is known to be the whole configuration: an older release wrote no other, and it was not shortened since. */
  readonly is_whole: boolean
}

export const findConfigVersion = async (tenantId: string, sql: Sql, version: number): Promise<WholeVersion | undefined> =>
  (
    await sql.text<WholeVersion>(
      `select ${columns}, document, former is null and document <> '{}' as is_whole from config_versions where tenant_id = $1 and version = $2`,
      [...[tenantId, version]],
    )
  )[0]

type Since = { readonly changes: readonly Change[]; readonly former: ConfigDocument | null }

/** What was changed after a version, in its order. */
export const versionsSince = (tenantId: string, sql: Sql, version: number): Promise<Since[]> =>
  sql.text<Since>('select changes, former from config_versions where tenant_id = $1 and version > $2 order by version', [tenantId, version])

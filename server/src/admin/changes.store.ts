import type { Sql, Tx } from '../db/database.ts'
import type { Change, ConfigDocument } from './document.ts'

export type ChangeState = 'pending' | 'approved' | 'rejected' | 'withdrawn' | 'stale' | 'expired'

export type PendingChange = {
  readonly id: string
  readonly title: string
  readonly changes: readonly Change[]
  readonly state: ChangeState
  readonly proposed_by: string
  readonly proposed_user: string | null
  readonly created_at: Date
  readonly expires_at: Date
  readonly decided_by: string | null
  readonly decided_at: Date | null
}

/** How many changes may wait at a time in a tenant. */
export const waitingMax = 100
const lifeDays = 7

const state = `case when state = 'pending' and expires_at <= now() then 'expired' else state end`
const columns = `id, title, changes, ${state} as state, proposed_by, proposed_user, created_at, expires_at, decided_by, decided_at`

export type NewChange = Pick<PendingChange, 'id' | 'title' | 'changes' | 'proposed_by'> & {
  readonly document: ConfigDocument
  readonly prune: boolean
  readonly hash: string
  readonly proposed_user: string | undefined
}

/** False where as many wait as may. */
export const insertChange = async (tenantId: string, tx: Tx, one: NewChange): Promise<boolean> =>
  (
    await tx.text(
      `insert into pending_changes (tenant_id, id, title, document, prune, hash, changes, proposed_by, proposed_user, expires_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, now() + interval '${lifeDays} days'
       where (select count(*) from pending_changes where tenant_id = $1 and state = 'pending' and expires_at > now()) < ${waitingMax} returning id`,
      [
        ...[tenantId, one.id, one.title, JSON.stringify(one.document), one.prune, one.hash, JSON.stringify(one.changes)],
        ...[one.proposed_by, one.proposed_user ?? null],
      ],
    )
  ).length > 0

export type ChangePage = { readonly state: ChangeState | undefined; readonly before: string | undefined; readonly limit: number }

/** Changes, the newest first. */
export const listChanges = (tenantId: string, sql: Sql, { state: wanted, before, limit }: ChangePage): Promise<PendingChange[]> =>
  sql.text<PendingChange>(
    `select ${columns} from pending_changes
     where tenant_id = $1 and ($2::uuid is null or id < $2) and ($3::text is null or ${state} = $3) order by id desc limit $4`,
    [tenantId, before ?? null, wanted ?? null, limit],
  )

export type WholeChange = PendingChange & { readonly document: ConfigDocument; readonly prune: boolean; readonly hash: string }

export const findChange = async (tenantId: string, sql: Sql, id: string): Promise<WholeChange | undefined> =>
  (
    await sql.text<WholeChange>(`select ${columns}, document, prune, hash from pending_changes where tenant_id = $1 and id = $2`, [
      ...[tenantId, id],
    ])
  )[0]

const keptDays = 400

/** Forgets changes that were decided over, or expired, more than a year ago: their events and versions stay. */
export const dropOldChanges = async (sql: Sql): Promise<void> => {
  await sql.text(`delete from pending_changes where coalesce(decided_at, expires_at) < now() - interval '${keptDays} days'`)
}

export type Decision = { readonly id: string; readonly by: string; readonly userId: string }

/** Spends the change: once, in time, and never by whoever asked for it. */
export const approveChange = async (tenantId: string, tx: Tx, { id, by, userId }: Decision): Promise<boolean> =>
  (
    await tx.text(
      `update pending_changes set state = 'approved', decided_by = $3, decided_at = now()
       where tenant_id = $1 and id = $2 and state = 'pending' and expires_at > now() and proposed_user is distinct from $4 returning id`,
      [tenantId, id, by, userId],
    )
  ).length > 0

export type Ending = { readonly id: string; readonly by: string; readonly to: 'rejected' | 'withdrawn' | 'stale' }

/** Ends a change that waits, without making it; false where it waits no more. */
export const endChange = async (tenantId: string, tx: Tx, { id, by, to }: Ending): Promise<boolean> =>
  (
    await tx.text(
      `update pending_changes set state = $4, decided_by = $3, decided_at = now()
       where tenant_id = $1 and id = $2 and state = 'pending' and expires_at > now() returning id`,
      [tenantId, id, by, to],
    )
  ).length > 0

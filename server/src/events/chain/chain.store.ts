import { prepared, type Sql, type Tx } from '../../db/database.ts'
import type { ChainedEvent } from './event-leaf.ts'
import type { Frontier } from './merkle-tree.ts'

export type CheckpointRow = {
  readonly size: number
  readonly root: Buffer
  readonly frontier: Buffer[]
  readonly seen_at: Date
  readonly signed_at: Date
  readonly note: string
}

const event = `e.tenant_id, e.id, to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.type, e.user_id, e.session_id, e.client_id,
  host(e.ip) as ip, e.user_agent, e.request_id, e.actor, e.payload::text as payload,
  e.key_id, encode(e.sealed, 'hex') as sealed, e.ip_bucket`

/** How long after its time an event may be committed: older ones that are in no tree were put there by other means than ours. */
export const lateSeconds = 600

/** One node at a time goes on with the tree of a tenant. */
export const lockChain = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(`select pg_advisory_xact_lock(hashtextextended('event chain ' || $1, 0))`, [tenantId])
}

const last = prepared<CheckpointRow>(
  'chain.last',
  'select size, root, frontier, seen_at, signed_at, note from event_checkpoints where tenant_id = $1 order by size desc limit 1',
)

export const lastCheckpoint = async (tenantId: string, sql: Sql): Promise<CheckpointRow | undefined> => (await sql.run(last, [tenantId]))[0]

// The bound stands on both sides, so that neither is read from its beginning, whatever the plan.
const waiting = prepared<ChainedEvent>(
  'chain.waiting',
  `select ${event} from events e
   where e.tenant_id = $1 and e.at > $2::timestamptz - make_interval(secs => ${lateSeconds})
     and not exists (
       select from event_chain c where c.tenant_id = e.tenant_id and c.event_at = e.at and c.event_id = e.id
         and c.event_at > $2::timestamptz - make_interval(secs => ${lateSeconds}))
   order by e.at, e.id limit $3`,
)

/** Events that are in no tree yet, the oldest first. */
export const waitingEvents = (
  tenantId: string,
  sql: Sql,
  { seenAt, limit }: { seenAt: Date | undefined; limit: number },
): Promise<ChainedEvent[]> => sql.run(waiting, [tenantId, seenAt ?? '-infinity', limit])

export type Leaf = {
  readonly position: number
  readonly at: string
  readonly id: string
  readonly leaf: Uint8Array
  readonly form: number
}

export const insertLeaves = async (tenantId: string, tx: Tx, leaves: readonly Leaf[]): Promise<void> => {
  await tx.text(
    `insert into event_chain (tenant_id, position, event_at, event_id, leaf, form)
     select $1, * from unnest($2::bigint[], $3::timestamptz[], $4::uuid[], $5::bytea[], $6::smallint[])`,
    [
      tenantId,
      leaves.map(({ position }) => position),
      leaves.map(({ at }) => at),
      leaves.map(({ id }) => id),
      leaves.map(({ leaf }) => leaf),
      leaves.map(({ form }) => form),
    ],
  )
}

type NewCheckpoint = { readonly tree: Frontier; readonly root: Uint8Array; readonly seenAt: string; readonly note: string }

export const insertCheckpoint = async (tenantId: string, tx: Tx, { tree, root, seenAt, note }: NewCheckpoint): Promise<void> => {
  await tx.text(
    `insert into event_checkpoints (tenant_id, size, root, frontier, seen_at, note)
     values ($1, $2, $3, $4, greatest($5::timestamptz, (select max(seen_at) from event_checkpoints where tenant_id = $1)), $6)`,
    [tenantId, tree.size, root, tree.roots, seenAt, note],
  )
}

/** A leaf with the event that it stands for; the members of the event are null where it is gone. */
export type ChainRow = {
  readonly position: number
  readonly event_at: string
  readonly event_id: string
  readonly leaf: Buffer
  readonly form: number
  readonly event: ChainedEvent | null
}

const chain = prepared<ChainRow>(
  'chain.read',
  `select c.position, to_char(c.event_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as event_at, c.event_id, c.leaf, c.form,
     case when e.id is null then null else (select to_jsonb(x) from (select ${event}) x) end as event
   from event_chain c left join events e on e.tenant_id = c.tenant_id and e.at = c.event_at and e.id = c.event_id
   where c.tenant_id = $1 and c.position >= $2 order by c.position limit $3`,
)

export const readChain = (tenantId: string, sql: Sql, { from, limit }: { from: number; limit: number }): Promise<ChainRow[]> =>
  sql.run(chain, [tenantId, from, limit])

/** Checkpoints from a size on, the smallest first. */
export const readCheckpoints = (tenantId: string, sql: Sql, { after, limit }: { after: number; limit: number }): Promise<CheckpointRow[]> =>
  sql.text<CheckpointRow>(
    'select size, root, frontier, seen_at, signed_at, note from event_checkpoints where tenant_id = $1 and size > $2 order by size limit $3',
    [tenantId, after, limit],
  )

export type Stray = { readonly id: string; readonly at: string; readonly type: string }

/** Events that should be in the tree and are not: older than any transaction of ours takes. */
export const strayEvents = (tenantId: string, sql: Sql, limit: number): Promise<Stray[]> =>
  sql.text<Stray>(
    `select e.id, to_char(e.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.type from events e
     where e.tenant_id = $1 and e.at < (select max(seen_at) from event_checkpoints where tenant_id = $1) - make_interval(secs => ${lateSeconds})
       and not exists (select from event_chain c where c.tenant_id = e.tenant_id and c.event_at = e.at and c.event_id = e.id)
     order by e.at, e.id limit $2`,
    [tenantId, limit],
  )

/** Until when events were dropped because their time was up, as events say; empty where none says so. */
export const expirySaid = async (tenantId: string, sql: Sql): Promise<string> => {
  const [row] = await sql.text<{ before: string | null }>(
    `select max(payload ->> 'before') as before from events where tenant_id = $1 and type = 'events.expired'`,
    [tenantId],
  )
  return row?.before ?? ''
}

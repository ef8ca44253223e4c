import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from './events.ts'

const insert = prepared<never>('events.insert', insertEvents('$1'))

/** Writes events in the transaction of the change that they tell of. */
export const record = async (tx: Tx, ...events: readonly EventRow[]): Promise<void> => {
  if (events.length > 0) await tx.run(insert, [eventsParameter(...events)])
}

const monthName = (month: Date): string => `events_${month.getUTCFullYear()}_${String(month.getUTCMonth() + 1).padStart(2, '0')}`
const monthStart = (now: Date, offset: number): Date => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1))

/** Makes the partitions of this month and the next three, moving rows there that the default partition had caught. */
export const ensurePartitions = async (tx: Tx, now: Date): Promise<readonly string[]> => {
  await tx.text(`select pg_advisory_xact_lock(hashtext('events.partitions'))`)
  const made: string[] = []
  for (const offset of [0, 1, 2, 3]) {
    const [from, to] = [monthStart(now, offset), monthStart(now, offset + 1)]
    const name = monthName(from)
    const [existing] = await tx.text<{ found: string | null }>('select to_regclass($1)::text as found', [name])
    if (existing?.found != null) continue
    await tx.text(`create table ${name} (like events including defaults including constraints)`)
    await tx.text(
      `with moved as (delete from events_default where at >= $1 and at < $2 returning *) insert into ${name} select * from moved`,
      [from, to],
    )
    await tx.text(`alter table events attach partition ${name} for values from ('${from.toISOString()}') to ('${to.toISOString()}')`)
    made.push(name)
  }
  return made
}

/** The months that ended before `before`. */
export const partitionsBefore = async (sql: Sql, before: Date): Promise<readonly string[]> => {
  const rows = await sql.text<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass and c.relname ~ '^events_[0-9]{4}_[0-9]{2}$'`,
  )
  const limit = monthName(before)
  return rows.map(({ name }) => name).filter((name) => name < limit)
}

/** Drops these months: expiry costs nothing, whatever their size. */
export const dropPartitionsBefore = async (tx: Tx, before: Date): Promise<readonly string[]> => {
  const old = await partitionsBefore(tx, before)
  for (const name of old) await tx.text(`drop table ${name}`)
  return old
}

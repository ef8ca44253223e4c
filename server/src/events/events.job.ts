import { type Database, inTransaction, type Sql } from '../db/database.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { dropPartitionsBefore, ensurePartitions, partitionsBefore, record } from './events.store.ts'
import { makeEvent } from './events.ts'
import { deleteEventsBefore, listTenantIds, overdue, unannounced } from './retention.store.ts'
import { type Cut, cutsOf, type KeptFor, monthsBefore } from './retention.ts'

export { erasePersonalData } from './event-keys.store.ts'
export { record } from './events.store.ts'

/** Runs work of the role that owns the tables. */
type AsOwner = (work: (owner: Database) => Promise<void>) => Promise<void>

export type RetentionDeps = {
  /** How long the installation and its tenants keep events. */
  readonly keptFor: (sql: Sql) => Promise<KeptFor>
  /** Takes the events of a tenant that wait into its tree. */
  readonly extend: (tenantId: string) => Promise<unknown>
}

const batch = 5_000
// What is left then goes at the next run: other upkeep is due as well.
const batchesMax = 500

/** Makes the months ahead. Also called at the start, before anything is written. */
export const makeEventPartitions = async (db: Database): Promise<void> => {
  await inTransaction(db, { isIdempotent: true }, (tx) => ensurePartitions(tx, new Date()))
}

// The tree knows who said that events go before the first of them goes, whatever ends this process in between.
const announce = async (db: Database, deps: RetentionDeps, { cuts, months }: { cuts: readonly Cut[]; months: number }): Promise<void> => {
  const news = await unannounced(db, cuts)
  const events = news.map(({ tenantId, before }) => makeEvent({ tenantId, type: 'events.expired', payload: { before, months } }))
  await inTransaction(db, { isIdempotent: true }, (tx) => record(tx, ...events))
  for (const { tenantId } of news) await deps.extend(tenantId)
}

type Expiring = { readonly db: Database; readonly deps: RetentionDeps; readonly kept: KeptFor; readonly now: number }

const dropMonths = async ({ db, deps, kept, now }: Expiring): Promise<void> => {
  const before = monthsBefore(kept, now)
  const months = await partitionsBefore(db, new Date(before))
  if (months.length === 0) return
  const cuts = (await listTenantIds(db)).map((tenantId) => ({ tenantId, before }))
  await announce(db, deps, { cuts, months: months.length })
  await inTransaction(db, { isIdempotent: true }, (tx) => dropPartitionsBefore(tx, new Date(before)))
}

// In months that others keep, the events of a tenant go one by one.
const deleteRows = async ({ db, deps, kept, now }: Expiring): Promise<void> => {
  const whole = monthsBefore(kept, now)
  const cuts = cutsOf(await listTenantIds(db), kept, now).filter(({ before }) => before > whole)
  const due = await overdue(db, cuts)
  await announce(db, deps, { cuts: due, months: 0 })
  let left = batchesMax
  for (const cut of due)
    for (let deleted = batch; deleted === batch; left -= 1) {
      if (left <= 0) return
      deleted = await inTransaction(db, { isIdempotent: true }, (tx) => deleteEventsBefore(tx, cut, batch))
    }
}

/** Makes the months ahead, and takes away the events whose time is up: whole months that no tenant keeps, and what single tenants keep no longer. */
export const tendEventPartitions = async (db: Database, deps: RetentionDeps): Promise<void> => {
  await makeEventPartitions(db)
  const expiring = { db, deps, kept: await deps.keptFor(db), now: Date.now() }
  await dropMonths(expiring)
  await deleteRows(expiring)
}

export const eventUpkeep = (asOwner: AsOwner, deps: RetentionDeps): Upkeep => ({
  task: 'events.partitions',
  everySeconds: 6 * 3600,
  run: () => asOwner((owner) => tendEventPartitions(owner, deps)),
})

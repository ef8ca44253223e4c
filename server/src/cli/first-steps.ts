import { type Base, keyChangesOf, rotationOf } from '../compose.ts'
import { changedSettings, settingsSnapshot } from '../config/snapshot.ts'
import { inTransaction } from '../db/database.ts'
import { makeEventPartitions, record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { ensureKeys } from '../keys/keys.ts'
import { issueClaim } from '../login/login.ts'
import { isNewInstallation, readState, writeState } from '../tenants/tenants.job.ts'

const noteSettings = async ({ config, db, tenantId }: Base): Promise<void> => {
  const now = settingsSnapshot(config)
  const before = await readState<Record<string, string>>(db, 'settings')
  const names = before === undefined ? [] : changedSettings(before, now)
  if (before !== undefined && names.length === 0 && Object.keys(before).length === Object.keys(now).length) return
  await inTransaction(db, { isIdempotent: true }, async (tx) => {
    await writeState(tx, 'settings', now)
    if (names.length > 0) await record(tx, makeEvent({ tenantId, type: 'setting.changed', payload: { names } }))
  })
}

export type FirstSteps = {
  /** True where the platform has never been started before. */
  readonly isNew: boolean
  /** The secret of the link that makes the first administrator; undefined where there is one. */
  readonly claim: string | undefined
}

/** What a start does once before anything is served: partitions, keys, the note of changed settings, and the link for the first administrator. */
export const takeFirstSteps = async (base: Base): Promise<FirstSteps> => {
  const isNew = await isNewInstallation(base.db)
  await base.asOwner(makeEventPartitions)
  await ensureKeys(keyChangesOf(base), rotationOf(base))
  await noteSettings(base)
  return { isNew, claim: await issueClaim(base.tenantId, base.db) }
}

import { type Base, keyChangesOf, rotationOf } from '../compose.ts'
import { changedSettings, settingsSnapshot } from '../config/snapshot.ts'
import { inTransaction } from '../db/database.ts'
import { record, tendEventPartitions } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { ensureKeys } from '../keys/keys.ts'
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

/** What a start does once before anything is served: partitions, keys, and the note of changed settings. True where the platform is new. */
export const takeFirstSteps = async (base: Base): Promise<boolean> => {
  const isNew = await isNewInstallation(base.db)
  await tendEventPartitions(base.db, base.config.eventRetention)
  await ensureKeys(keyChangesOf(base), rotationOf(base))
  await noteSettings(base)
  return isNew
}

import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventRow, makeEvent } from '../events/events.ts'
import { lockSetting, readSetting, writeSetting } from './settings.store.ts'

export { readSetting } from './settings.store.ts'

export type SettingDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

/** `change` makes the new value from the present one; undefined leaves it as it is. */
export type SettingChange<T> = { readonly key: string; readonly change: (before: T | undefined) => T | undefined }

/** Reads, changes and writes a setting with its event in one transaction, after every other change of it; false where it was left. */
export const changeSetting = <T>({ db, tenantId, record }: SettingDeps, { key, change }: SettingChange<T>): Promise<boolean> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    await lockSetting(tenantId, tx, key)
    const value = change(await readSetting<T>(tenantId, tx, key))
    if (value === undefined) return false
    const version = await writeSetting(tenantId, tx, { key, value })
    await record(tx, makeEvent({ tenantId, type: 'setting.saved', payload: { key, version, via: 'cli' } }))
    return true
  })

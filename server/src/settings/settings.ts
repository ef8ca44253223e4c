import type { Database } from '../db/database.ts'
import { createSettingCache, type SettingCache } from './setting-cache.ts'
import { readSetting } from './settings.store.ts'

export type { SettingCache } from './setting-cache.ts'

/** The settings of a database's tenants, in memory. */
export const openSettings = (db: Database): SettingCache => createSettingCache((tenantId, key) => readSetting(tenantId, db, key))

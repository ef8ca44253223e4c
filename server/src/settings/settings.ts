import type { Database } from '../db/database.ts'
import { logoKey, type StoredLogo } from './branding.ts'
import { createSettingCache, type SettingCache } from './setting-cache.ts'
import { readSetting } from './settings.store.ts'

export { type NamedStylesheet, readBranding, type StoredLogo, stylesheetOf, tokensOf } from './branding.ts'
export type { SettingCache } from './setting-cache.ts'

/** The settings of a database's tenants, in memory. */
export const openSettings = (db: Database): SettingCache => createSettingCache((tenantId, key) => readSetting(tenantId, db, key))

/** The logo of a tenant, read from the database each time: browsers keep it, and memory has better things to hold. */
export const findTenantLogo = (db: Database, tenantId: string): Promise<StoredLogo | undefined> =>
  readSetting<StoredLogo>(tenantId, db, logoKey)

import type { Within } from './compose-config-single.ts'
import { settingKindsOf } from './compose-setting-kinds.ts'
import { record } from './events/events.store.ts'
import type { AnyRoute } from './http/route.ts'
import { sealDraft } from './oauth/branding-draft.ts'
import type { Branding } from './pages/brand/branding.ts'
import { systemClock } from './platform/clock.ts'
import { checkCss, checkLogo, findBranding, saveBranding } from './settings/branding.job.ts'
import { brandingKey } from './settings/branding.ts'
import { brandingPreviewRoutes } from './settings/branding-preview.admin.routes.ts'
import { logoAdminRoutes } from './settings/logo.admin.routes.ts'
import { type SettingRoutesDeps, type SettingSaved, settingsAdminRoutes } from './settings/settings.admin.routes.ts'
import { findVersion, listVersions, readVersioned, type SettingDeps, saveSetting } from './settings/settings.job.ts'
import type { SettingCache } from './settings/settings.ts'
import type { Base } from './tenants/base.job.ts'

type Parts = Pick<Base, 'config' | 'tenantId'> & { readonly settings: SettingCache }
type Edge = { readonly cursorKey: Uint8Array; readonly limit: number }
type Acting = Parameters<SettingRoutesDeps['save']>[0]

/** The routes of what is decided at run time, within a transaction or without. This process forgets what it held of it; others are told by the database. */
export const settingRoutes = ({ config, tenantId, settings }: Parts, { db, approval }: Within, edge: Edge): readonly AnyRoute[] => {
  const depsOf = (acting: Acting): SettingDeps => ({ db, tenantId, record, operator: { via: 'admin', ...acting, approval } })
  const forgetting = async <T>(saving: Promise<T>): Promise<T> => {
    const saved = await saving
    settings.clear()
    return saved
  }
  return [
    ...settingsAdminRoutes(
      {
        ...edge,
        read: (key) => readVersioned(tenantId, db, key),
        save: (acting, { kind: { key, also }, value, version }) =>
          forgetting<SettingSaved>(
            key === brandingKey
              ? saveBranding(depsOf(acting), { change: () => value as Branding, version })
              : saveSetting<unknown>(depsOf(acting), { key, change: () => value, version, also }),
          ),
        versions: (input) => listVersions(tenantId, db, input),
        version: (input) => findVersion(tenantId, db, input),
      },
      settingKindsOf(config.outboundAllow),
    ),
    ...logoAdminRoutes({
      limit: edge.limit,
      read: () => readVersioned<Branding>(tenantId, db, brandingKey),
      check: checkLogo,
      save: (acting, change) => forgetting(saveBranding(depsOf(acting), change)),
    }),
    ...brandingPreviewRoutes({
      limit: edge.limit,
      present: () => findBranding({ db, tenantId }),
      checkCss,
      seal: (branding) => sealDraft(config.key('authorization-flows'), { tenantId, branding, now: systemClock() }),
    }),
  ]
}

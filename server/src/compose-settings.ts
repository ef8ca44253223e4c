import type { RegistrationPolicy } from './clients/registration.job.ts'
import { RegistrationSetting, registrationKey, registrationPolicyOf } from './clients/registration-setting.ts'
import { record } from './events/events.store.ts'
import type { AnyRoute } from './http/route.ts'
import { type SignInPolicy, settingKey as signInKey, signInPolicyOf } from './login/policy.ts'
import { checkSignInSetting, SignInSetting } from './login/sign-in-setting.ts'
import { ClaimsSetting, checkClaims, claimsKey, shownClaims } from './oauth/claims-setting.ts'
import type { Branding } from './pages/brand/branding.ts'
import { checkCss, checkLogo, saveBranding } from './settings/branding.job.ts'
import { brandingKey } from './settings/branding.ts'
import { BrandingSetting, checkBrandingSetting, shownBranding } from './settings/branding-setting.ts'
import { logoAdminRoutes } from './settings/logo.admin.routes.ts'
import { type SettingKind, type SettingRoutesDeps, type SettingSaved, settingsAdminRoutes } from './settings/settings.admin.routes.ts'
import { findVersion, listVersions, readVersioned, type SettingDeps, saveSetting } from './settings/settings.job.ts'
import type { SettingCache } from './settings/settings.ts'
import { fromWire, toWire } from './settings/wire-names.ts'
import type { Base } from './tenants/base.job.ts'
import { attributeSchemaKey } from './users/attribute-schema.ts'
import { AttributeSchemaSetting, checkAttributeSchema, shownAttributeSchema } from './users/attribute-schema-setting.ts'

const signIn: SettingKind = {
  ...{ name: 'sign-in', key: signInKey, about: 'How people sign in', schema: SignInSetting },
  show: (stored) => toWire(signInPolicyOf(stored as Partial<SignInPolicy> | undefined)),
  check: (given) => checkSignInSetting(fromWire(given as object)),
}

const branding: SettingKind = {
  ...{ name: 'branding', key: brandingKey, about: 'How the pages look', schema: BrandingSetting },
  show: (stored) => shownBranding((stored as Branding | undefined) ?? {}),
  check: (given, present) =>
    checkBrandingSetting(given as Readonly<Record<string, unknown>>, { present: present as Branding | undefined, checkCss }),
}

const attributes: SettingKind = {
  ...{ name: 'attributes', key: attributeSchemaKey, about: 'What may be known of people', schema: AttributeSchemaSetting },
  show: shownAttributeSchema,
  check: checkAttributeSchema,
}

const claims: SettingKind = {
  ...{ name: 'claims', key: claimsKey, about: 'Which attributes applications get as claims', schema: ClaimsSetting },
  show: shownClaims,
  check: checkClaims,
}

const registration: SettingKind = {
  ...{ name: 'registration', key: registrationKey, about: 'Who may register applications', schema: RegistrationSetting },
  show: (stored) => toWire(registrationPolicyOf(stored as Partial<RegistrationPolicy> | undefined)),
  check: (given) => ({ kind: 'valid', value: registrationPolicyOf(fromWire(given as object)) }),
  also: (make, value) => make({ type: 'registration.changed', payload: { mode: (value as RegistrationPolicy).mode } }),
}

type Parts = Pick<Base, 'db' | 'tenantId'> & { readonly settings: SettingCache }
type Edge = { readonly cursorKey: Uint8Array; readonly limit: number }
type Acting = Parameters<SettingRoutesDeps['save']>[0]

/** The routes of what is decided at run time. This process forgets what it held of it; others are told by the database. */
export const settingRoutes = ({ db, tenantId, settings }: Parts, edge: Edge): readonly AnyRoute[] => {
  const depsOf = (acting: Acting): SettingDeps => ({ db, tenantId, record, operator: { via: 'admin', ...acting } })
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
      [signIn, branding, attributes, claims, registration],
    ),
    ...logoAdminRoutes({
      limit: edge.limit,
      check: checkLogo,
      save: (acting, change) => forgetting(saveBranding(depsOf(acting), change)),
    }),
  ]
}

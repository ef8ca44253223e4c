import type { RegistrationPolicy } from './clients/registration.job.ts'
import { RegistrationSetting, registrationKey, registrationPolicyOf } from './clients/registration-setting.ts'
import { EventsSettingBody, eventsKey, eventsSettingOf } from './events/retention-setting.ts'
import { type SignInPolicy, settingKey as signInKey, signInPolicyOf } from './login/policy.ts'
import { checkSignInSetting, SignInSetting } from './login/sign-in-setting.ts'
import { ClaimsSetting, checkClaims, claimsKey, shownClaims } from './oauth/claims-setting.ts'
import type { Branding } from './pages/brand/branding.ts'
import { urlProblem } from './platform/guarded-fetch/guarded-fetch.ts'
import { ApprovalSettingBody, approvalKey, approvalOf } from './settings/approval-setting.ts'
import { checkCss } from './settings/branding.job.ts'
import { brandingKey } from './settings/branding.ts'
import { BrandingSetting, checkBrandingSetting, shownBranding } from './settings/branding-setting.ts'
import type { SettingKind } from './settings/settings.admin.routes.ts'
import { fromWire, toWire } from './settings/wire-names.ts'
import { attributeSchemaKey } from './users/attribute-schema.ts'
import { AttributeSchemaSetting, checkAttributeSchema, shownAttributeSchema } from './users/attribute-schema-setting.ts'
import { checkHooks, HooksSetting, shownHooks } from './webhooks/hook-setting.ts'
import { hooksKey } from './webhooks/hooks.ts'

const signIn: SettingKind = {
  ...{ name: 'sign-in', key: signInKey, about: 'How people sign in', schema: SignInSetting },
  show: (stored) => toWire(signInPolicyOf(stored as Partial<SignInPolicy> | undefined)),
  check: (given) => checkSignInSetting(fromWire(given as object)),
}

export const branding: SettingKind = {
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

const approval: SettingKind = {
  ...{ name: 'approval', key: approvalKey, about: 'Whether changes take two persons', schema: ApprovalSettingBody },
  show: (stored) => toWire(approvalOf(stored)),
  check: (given) => ({ kind: 'valid', value: approvalOf(fromWire(given as object)) }),
}

const events: SettingKind = {
  ...{ name: 'events', key: eventsKey, about: 'How long events are kept', schema: EventsSettingBody },
  show: (stored) => toWire(eventsSettingOf(stored)),
  check: (given) => ({ kind: 'valid', value: eventsSettingOf(fromWire(given as object)) }),
}

const hooks = (allow: readonly string[]): SettingKind => ({
  ...{ name: 'hooks', key: hooksKey, about: 'Which hooks are asked', schema: HooksSetting },
  show: shownHooks,
  check: (given) => checkHooks(given, (url) => urlProblem(url, allow)),
})

/** What is decided for a tenant at run time, one entry for each. `allow` names the outbound targets that are allowed besides. */
export const settingKindsOf = (allow: readonly string[]): readonly SettingKind[] => [
  ...[signIn, branding, attributes, claims, registration, hooks(allow), approval, events],
]

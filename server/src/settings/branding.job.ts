import { inTransaction, type Tx } from '../db/database.ts'
import { type Branding, logoTypes } from '../pages/brand/branding.ts'
import { imageTypeOf } from '../platform/image-type.ts'
import { brandingKey, contentHash, logoKey, type StoredLogo } from './branding.ts'
import type { CustomCssVerdict } from './custom-css.ts'
import { assertApproved, operatorOf, type SettingDeps, type SettingOutcome } from './settings.job.ts'
import { lockSetting, readSetting, readVersioned, writeSetting } from './settings.store.ts'
import { findByHash } from './versions.store.ts'

export type { StoredLogo } from './branding.ts'

export const logoBytesMax = 65_536

export type LogoVerdict = { readonly kind: 'valid'; readonly logo: StoredLogo } | { readonly kind: 'refused'; readonly problem: string }

/** A logo by what its bytes say they are. SVG is not among them: it is a document that can hold script. */
export const checkLogo = (bytes: Uint8Array): LogoVerdict => {
  if (bytes.length > logoBytesMax)
    return {
      kind: 'refused',
      problem: `The logo has ${bytes.length} bytes, ${logoBytesMax} are allowed. Make it smaller: it is shown 44 pixels high.`,
    }
  const type = imageTypeOf(bytes)
  const mediaType = logoTypes.find((one) => one === type)
  if (mediaType === undefined) return { kind: 'refused', problem: 'The logo must be a PNG, JPEG or WebP picture.' }
  return { kind: 'valid', logo: { hash: contentHash(bytes), mediaType, base64: Buffer.from(bytes).toString('base64') } }
}

/** Reads CSS within our limits. The parser is loaded by those who need it alone: it is large, and a server never does. */
export const checkCss = async (text: string): Promise<CustomCssVerdict> => (await import('./custom-css.ts')).checkCustomCss(text)

export const findBranding = async ({ db, tenantId }: Pick<SettingDeps, 'db' | 'tenantId'>): Promise<Branding> =>
  (await readSetting<Branding>(tenantId, db, brandingKey)) ?? {}

export type BrandingChange = {
  readonly change: (before: Branding) => Branding
  /** The picture that the new branding refers to, where it is another one. */
  readonly logo?: StoredLogo | undefined
  /** The version that the change was made on. */
  readonly version?: string | undefined
}

type SavedBranding = { readonly kind: 'saved'; readonly version: number; readonly branding: Branding }
export type BrandingOutcome = SavedBranding | Exclude<SettingOutcome, { kind: 'saved' }> | { readonly kind: 'logo-gone' }

/** The picture that a branding refers to and that is not the present one: it was given, or it was the logo once. */
const otherLogo = async (
  { tenantId }: SettingDeps,
  tx: Tx,
  { branding, logo }: { branding: Branding; logo: StoredLogo | undefined },
): Promise<StoredLogo | 'gone' | undefined> => {
  const hash = branding.logo?.hash
  if (logo !== undefined && logo.hash === hash) return logo
  if (hash === undefined || (await readSetting<StoredLogo>(tenantId, tx, logoKey))?.hash === hash) return undefined
  return (await findByHash<StoredLogo>(tenantId, tx, { key: logoKey, hash })) ?? 'gone'
}

/** Changes the branding and its logo with one event in one transaction. */
export const saveBranding = (deps: SettingDeps, { change, logo: given, version }: BrandingChange): Promise<BrandingOutcome> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx): Promise<BrandingOutcome> => {
    const { tenantId, record } = deps
    const { via, make, actor, approval } = operatorOf(deps)
    await assertApproved(tenantId, tx, { approval })
    await lockSetting(tenantId, tx, brandingKey)
    const before = await readVersioned<Branding>(tenantId, tx, brandingKey)
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed-meanwhile' }
    const branding = change(before.value ?? {})
    const logo = await otherLogo(deps, tx, { branding, logo: given })
    if (logo === 'gone') return { kind: 'logo-gone' }
    if (logo !== undefined) await writeSetting(tenantId, tx, { key: logoKey, value: logo, via, actor })
    const saved = await writeSetting(tenantId, tx, { key: brandingKey, value: branding, via, actor })
    await record(tx, make({ type: 'setting.saved', payload: { key: brandingKey, version: saved, via, approval: approval ?? null } }))
    return { kind: 'saved', version: saved, branding }
  })

/** The same for who has no version to go by; the branding that came of it. */
export const changeBranding = async (deps: SettingDeps, change: Omit<BrandingChange, 'version'>): Promise<Branding> => {
  const outcome = await saveBranding(deps, change)
  if (outcome.kind !== 'saved') throw new Error(`The branding was not saved: ${outcome.kind}.`)
  return outcome.branding
}

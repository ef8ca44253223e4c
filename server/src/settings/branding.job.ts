import { inTransaction } from '../db/database.ts'
import { makeEvent } from '../events/events.ts'
import { type Branding, logoTypes } from '../pages/brand/branding.ts'
import { imageTypeOf } from '../platform/image-type.ts'
import { brandingKey, contentHash, logoKey, type StoredLogo } from './branding.ts'
import type { CustomCssVerdict } from './custom-css.ts'
import type { SettingDeps } from './settings.job.ts'
import { lockSetting, readSetting, writeSetting } from './settings.store.ts'

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
}

/** Changes the branding and its logo with one event in one transaction; the branding that came of it. */
export const changeBranding = ({ db, tenantId, record }: SettingDeps, { change, logo }: BrandingChange): Promise<Branding> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    await lockSetting(tenantId, tx, brandingKey)
    const value = change((await readSetting<Branding>(tenantId, tx, brandingKey)) ?? {})
    if (logo !== undefined) await writeSetting(tenantId, tx, { key: logoKey, value: logo })
    const version = await writeSetting(tenantId, tx, { key: brandingKey, value })
    await record(tx, makeEvent({ tenantId, type: 'setting.saved', payload: { key: brandingKey, version, via: 'cli' } }))
    return value
  })

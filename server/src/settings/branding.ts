import { brandStylesheet } from '../pages/brand/brand-stylesheet.ts'
import type { Branding, ClientBranding, LogoReference } from '../pages/brand/branding.ts'
import { sha256 } from '../platform/digest.ts'
import type { SettingCache } from './setting-cache.ts'

export const brandingKey = 'branding'
/** The bytes of the logo stand apart: the branding is read for every page, they are read once by each browser. */
export const logoKey = 'branding.logo'

export type StoredLogo = LogoReference & { readonly base64: string }

/** A stylesheet under a name that changes with its content. */
export type NamedStylesheet = { readonly hash: string; readonly bytes: Uint8Array }

const made = new WeakMap<object, NamedStylesheet | undefined>()

/** The hash of content that is served under a name of its own. */
export const contentHash = (content: string | Uint8Array): string => sha256(content).toString('hex').slice(0, 24)

/** The stylesheet of a tenant's or an application's branding, made once for each; undefined where nothing is changed. */
export const stylesheetOf = (branding: Branding | ClientBranding | undefined): NamedStylesheet | undefined => {
  if (branding === undefined) return undefined
  if (!made.has(branding)) {
    const css = brandStylesheet(branding)
    made.set(branding, css === '' ? undefined : { hash: contentHash(css), bytes: Buffer.from(css) })
  }
  return made.get(branding)
}

const tokensMade = new WeakMap<Branding, NamedStylesheet | undefined>()

/** Colours and corners of a tenant without its custom CSS, which speaks of the hosted pages alone: for the account portal. */
export const tokensOf = (branding: Branding): NamedStylesheet | undefined => {
  if (!tokensMade.has(branding)) {
    const { customCss: _, ...plain } = branding
    tokensMade.set(branding, stylesheetOf(plain))
  }
  return tokensMade.get(branding)
}

/** How the pages of a tenant look, from memory. */
export const readBranding = (settings: Pick<SettingCache, 'get'>, tenantId: string): Promise<Branding | undefined> =>
  settings.get<Branding>(tenantId, brandingKey)

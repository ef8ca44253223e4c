import type { Accent } from './accent.ts'

export const radii = ['none', 'small', 'medium', 'large'] as const
export type Radius = (typeof radii)[number]

/** What is behind the card: nothing, the gradient of the look, or a colour for light and for dark. */
export type Background = 'plain' | 'gradient' | { readonly light: string; readonly dark: string }

export const logoTypes = ['image/png', 'image/jpeg', 'image/webp'] as const

/** The logo of a tenant by the hash of its bytes. */
export type LogoReference = { readonly hash: string; readonly mediaType: (typeof logoTypes)[number] }

/** What an application may change for its own pages, besides its name and logo. */
export type ClientBranding = { readonly accent?: Accent | undefined; readonly background?: Background | undefined }

/** How a tenant's pages look, as it is saved: every part was checked. */
export type Branding = ClientBranding & {
  readonly name?: string | undefined
  readonly logo?: LogoReference | undefined
  readonly radius?: Radius | undefined
  readonly termsUrl?: string | undefined
  readonly privacyUrl?: string | undefined
  readonly helpUrl?: string | undefined
  /** Checked and printed anew by the check of custom CSS. */
  readonly customCss?: string | undefined
}

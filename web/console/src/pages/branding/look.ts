type Shades = string | { readonly light: string; readonly dark?: string }

/** The look on the wire. */
export type Look = {
  readonly name?: string
  readonly logo?: { readonly hash: string; readonly media_type: 'image/png' | 'image/jpeg' | 'image/webp' }
  readonly accent?: Shades
  readonly radius?: 'none' | 'small' | 'medium' | 'large'
  readonly background?: Shades
  readonly terms_url?: string
  readonly privacy_url?: string
  readonly help_url?: string
  readonly custom_css?: string
}

/** The look as a form holds it: every member a text, an empty one where nothing is set. */
export type Draft = {
  readonly name: string
  readonly logo: Look['logo'] | null
  readonly accent: string
  readonly accentDark: string
  readonly radius: string
  readonly background: string
  readonly backgroundDark: string
  readonly terms: string
  readonly privacy: string
  readonly help: string
  readonly css: string
}

export const lightOf = (shades: Shades | undefined): string => (typeof shades === 'object' ? shades.light : (shades ?? ''))
export const darkOf = (shades: Shades | undefined): string => (typeof shades === 'object' ? (shades.dark ?? '') : '')

export const draftOf = (look: Look): Draft => ({
  name: look.name ?? '',
  logo: look.logo ?? null,
  accent: lightOf(look.accent),
  accentDark: darkOf(look.accent),
  radius: look.radius ?? '',
  background: lightOf(look.background),
  backgroundDark: darkOf(look.background),
  terms: look.terms_url ?? '',
  privacy: look.privacy_url ?? '',
  help: look.help_url ?? '',
  css: look.custom_css ?? '',
})

export const shadesOf = (light: string, dark: string): Shades | undefined => {
  if (dark.trim() !== '') return { light: light.trim(), dark: dark.trim() }
  return light.trim() === '' ? undefined : light.trim()
}

/** What is empty is left out: it goes back to what it is by itself. */
export const lookOf = (draft: Draft): Look => {
  const look = {
    name: draft.name.trim(),
    logo: draft.logo ?? undefined,
    accent: shadesOf(draft.accent, draft.accentDark),
    radius: draft.radius,
    background: shadesOf(draft.background, draft.backgroundDark),
    terms_url: draft.terms.trim(),
    privacy_url: draft.privacy.trim(),
    help_url: draft.help.trim(),
    custom_css: draft.css,
  }
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined && value !== '')) as Look
}

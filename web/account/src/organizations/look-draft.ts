import type { OrganizationLook } from '@custom-identity-platform/sdk'

type Body = Omit<OrganizationLook, 'version'>
export type BackgroundKind = 'none' | 'plain' | 'gradient' | 'colour'

/** The look as a form holds it: an empty text is what the service has. */
export type LookDraft = {
  readonly name: string
  readonly accent: string
  readonly kind: BackgroundKind
  readonly light: string
  readonly dark: string
  readonly logo: OrganizationLook['logo']
}

const none = { kind: 'none', light: '', dark: '' } as const

const backgroundOf = (background: OrganizationLook['background']): Pick<LookDraft, 'kind' | 'light' | 'dark'> => {
  if (background === null) return none
  if (background === 'plain' || background === 'gradient') return { ...none, kind: background }
  return typeof background === 'string' ? { kind: 'colour', light: background, dark: background } : { kind: 'colour', ...background }
}

export const draftOf = ({ display_name: name, accent, background, logo }: OrganizationLook): LookDraft => ({
  ...{ name: name ?? '', accent: accent ?? '', logo },
  ...backgroundOf(background),
})

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const backgroundFrom = ({ kind, light, dark }: LookDraft): Body['background'] => {
  if (kind === 'none') return null
  if (kind !== 'colour') return kind
  // Where one of the two was left empty, the other does for both.
  return { light: light.trim() || dark.trim(), dark: dark.trim() || light.trim() }
}

export const bodyOf = (draft: LookDraft): Body => ({
  ...{ display_name: textOrNull(draft.name), accent: textOrNull(draft.accent), logo: draft.logo },
  background: backgroundFrom(draft),
})

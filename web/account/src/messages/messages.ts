import type { Messages } from './shape.ts'

export type { Messages } from './shape.ts'

type Catalogue = {
  /** The language in its own words. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  readonly load: () => Promise<{ readonly messages: Messages }>
}

/** Another language is a folder of the same shape and a line here, in the order of the menus; each is a part of its own, and only the one that is spoken is loaded. */
export const catalogues = {
  de: { name: 'Deutsch', direction: 'ltr', load: () => import('./de/de.ts') },
  en: { name: 'English', direction: 'ltr', load: () => import('./en/en.ts') },
  es: { name: 'Español', direction: 'ltr', load: () => import('./es/es.ts') },
  fr: { name: 'Français', direction: 'ltr', load: () => import('./fr/fr.ts') },
  sw: { name: 'Kiswahili', direction: 'ltr', load: () => import('./sw/sw.ts') },
  pt: { name: 'Português', direction: 'ltr', load: () => import('./pt/pt.ts') },
  ar: { name: 'العربية', direction: 'rtl', load: () => import('./ar/ar.ts') },
  ja: { name: '日本語', direction: 'ltr', load: () => import('./ja/ja.ts') },
} as const satisfies Readonly<Record<string, Catalogue>>

export type Tag = keyof typeof catalogues
export const tags = Object.keys(catalogues) as readonly Tag[]

const isTag = (text: string): text is Tag => Object.hasOwn(catalogues, text)

/** The first wanted language that there is a catalogue for, each tag shortened to its language; English where there is none. */
export const chooseTag = (wanted: readonly (string | null | undefined)[]): Tag =>
  wanted.map((one) => one?.toLowerCase().split('-')[0] ?? '').find(isTag) ?? 'en'

export type Spoken = { readonly language: Tag; readonly direction: 'ltr' | 'rtl'; readonly messages: Messages }

export const speak = async (language: Tag): Promise<Spoken> => {
  const { direction, load } = catalogues[language]
  return { language, direction, messages: (await load()).messages }
}

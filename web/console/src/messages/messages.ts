import type { messages } from './en/en.ts'

/** Every text of the console; English is what all others are complete by. */
export type Messages = typeof messages

type Catalogue = {
  /** The language in its own words. */
  readonly name: string
  readonly direction: 'ltr' | 'rtl'
  readonly load: () => Promise<{ readonly messages: Messages }>
}

/** Another language is a folder of the same shape and a line here; each is a part of its own, and only the one that is spoken is loaded. */
export const catalogues = {
  en: { name: 'English', direction: 'ltr', load: () => import('./en/en.ts') },
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

import { en } from './en/en.ts'

/** Every text of the portal. Another language is a file of this shape and a line in the list. */
export type Messages = typeof en

type Catalogue = { readonly direction: 'ltr' | 'rtl'; readonly load: () => Promise<Messages> }
const catalogues: Readonly<Record<string, Catalogue>> = { en: { direction: 'ltr', load: async () => en } }

export type Spoken = { readonly language: string; readonly direction: 'ltr' | 'rtl'; readonly messages: Messages }

/** The first wanted language that there is a catalogue for; English where there is none. */
export const speak = async (wanted: readonly string[]): Promise<Spoken> => {
  const language = wanted.map((one) => one.split('-')[0] ?? '').find((one) => Object.hasOwn(catalogues, one)) ?? 'en'
  const { direction, load } = catalogues[language] ?? { direction: 'ltr' as const, load: async () => en }
  return { language, direction, messages: await load() }
}

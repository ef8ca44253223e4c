import { acceptedLanguages } from './accept-language.ts'
import { findLanguage } from './messages.ts'

export type Wishes = {
  /** What the person chose in the menu of a page, kept in a cookie of this browser. */
  readonly chosen?: string | undefined
  /** What the application asks for, the most wanted first (OpenID Connect Core 1.0 section 3.1.2.1). */
  readonly uiLocales?: readonly string[]
  /** The setting of the person, where it is known who that is. */
  readonly person?: string | null | undefined
  readonly acceptLanguage?: string | readonly string[] | undefined
}

const localesMax = 32

/**
 * The tag of the language of a page. The menu comes before `ui_locales`, for a person who has picked a language there means it;
 * then the application's wish, the person's setting, the browser's, and English.
 */
export const chooseLanguage = ({ chosen, uiLocales = [], person, acceptLanguage }: Wishes): string => {
  const wishes = [chosen ?? '', ...uiLocales.slice(0, localesMax), person ?? '', ...acceptedLanguages(acceptLanguage)]
  for (const tag of wishes) {
    const found = findLanguage(tag)
    if (found !== undefined) return found.tag
  }
  return 'en'
}

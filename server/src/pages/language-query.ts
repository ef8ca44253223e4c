import { languageParameter } from './language-menu.ts'
import { findLanguage } from './messages.ts'

/** A wish to see a page in another language: which, and the query of the page without the wish. */
export type LanguageWish = { readonly tag: string; readonly query: string }

const prefix = `${languageParameter}=`

/** The query of a page without the parameter of its language menu. Nothing is decoded, so that nothing of it changes. */
export const queryWithoutWish = (query: string): string =>
  query
    .split('&')
    .filter((pair) => !pair.startsWith(prefix))
    .join('&')

/** The wish in a query, the last one where there are several; undefined where there is none for a language that we have. */
export const languageWish = (query: string): LanguageWish | undefined => {
  const value = query
    .split('&')
    .findLast((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length)
  const language = value === undefined ? undefined : findLanguage(value)
  return language && { tag: language.tag, query: queryWithoutWish(query) }
}

import { languageParameter } from './language-menu.ts'
import { findLanguage } from './messages.ts'

/** A wish to see a page in another language: which, and the query of the page without the wish. */
export type LanguageWish = { readonly tag: string; readonly query: string }

const prefix = `${languageParameter}=`

// What proves who asks has no business in an address. Where somebody sends it in one all the same, no page repeats it.
const secretNames = /^(?:client_secret|client_assertion|password|access_token|refresh_token|code_verifier)$/

const nameOf = (pair: string): string => {
  const name = pair.split('=', 1)[0] ?? ''
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

const repeats = (pair: string): boolean => !(pair.startsWith(prefix) || secretNames.test(nameOf(pair)))

/** The query of a page without the parameter of its language menu and without secrets. What stays is not decoded, so that nothing of it changes. */
export const queryWithoutWish = (query: string): string => query.split('&').filter(repeats).join('&')

/** The wish in a query, the last one where there are several; undefined where there is none for a language that we have. */
export const languageWish = (query: string): LanguageWish | undefined => {
  const value = query
    .split('&')
    .findLast((pair) => pair.startsWith(prefix))
    ?.slice(prefix.length)
  const language = value === undefined ? undefined : findLanguage(value)
  return language && { tag: language.tag, query: queryWithoutWish(query) }
}

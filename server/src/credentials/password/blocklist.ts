import { readFileSync } from 'node:fs'

/** A list of refused passwords, asked with folded text; a `Set` of folded words is one. */
export type Blocklist = { readonly has: (folded: string) => boolean }

/** The form in which passwords are compared with lists and identifiers: NFKC, lower case. */
export const foldPassword = (text: string): string => text.normalize('NFKC').toLowerCase()

let words: ReadonlySet<string> | undefined

const loadWords = (): ReadonlySet<string> =>
  new Set(
    readFileSync(new URL('./blocklist.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter(Boolean),
  )

/** The 10,000 most common passwords, made by `scripts/generate-blocklist.mjs`; read from disk at the first question. */
export const commonPasswords: Blocklist = {
  has(folded) {
    words ??= loadWords()
    return words.has(folded)
  },
}

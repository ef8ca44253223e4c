/** Where the files are that every page loads; `pages.routes.ts` knows. */
export type Assets = {
  readonly stylesheet: string
  readonly icon: string
  readonly formPost: string
  readonly logoutFrames: string
  readonly passkey: string
}

/** What every page needs: the language that was asked for, as a BCP 47 tag, and the assets. */
export type Frame = { readonly lang: string; readonly assets: Assets }

/** An application as a person sees it. */
export type Card = {
  readonly name: string
  readonly logoUri?: string | undefined
  readonly clientUri?: string | undefined
  readonly policyUri?: string | undefined
  readonly tosUri?: string | undefined
  readonly host?: string | undefined
}

/** Hidden inputs of a form. */
export type Fields = Readonly<Record<string, string>>

/** Where a page posts its form, and what travels with it unseen. */
export type Target = { readonly action: string; readonly hidden: Fields }

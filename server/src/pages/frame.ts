/** Where the files are that every page loads; `pages.routes.ts` knows. */
export type Assets = {
  readonly stylesheet: string
  readonly icon: string
  readonly formPost: string
  readonly logoutFrames: string
  readonly passkey: string
}

/** How a tenant shows itself: paths are those of this server, links those of the tenant. */
export type Brand = {
  readonly name?: string | undefined
  readonly logo?: string | undefined
  readonly stylesheet?: string | undefined
  readonly termsUrl?: string | undefined
  readonly privacyUrl?: string | undefined
  readonly helpUrl?: string | undefined
}

/** What every page needs: the language that was asked for, as a BCP 47 tag, and the assets; and what it has where a tenant stands behind it. */
export type Frame = {
  readonly lang: string
  readonly assets: Assets
  /** What stands before the paths of this server that a card names: the path of the tenant; nothing at the root. */
  readonly basePath?: string | undefined
  readonly brand?: Brand | undefined
  /** The query by which the page is opened again; absent where it cannot be, and there is no choice of a language then. */
  readonly query?: string | undefined
  readonly isPreview?: boolean | undefined
}

/** An application as a person sees it. */
export type Card = {
  readonly name: string
  /** The path of this server where its logo is: a browser loads nothing from elsewhere. */
  readonly logoUri?: string | undefined
  /** The path of this server where its own colours are. */
  readonly stylesheet?: string | undefined
  readonly clientUri?: string | undefined
  readonly policyUri?: string | undefined
  readonly tosUri?: string | undefined
  readonly host?: string | undefined
}

/** Hidden inputs of a form. */
export type Fields = Readonly<Record<string, string>>

/** Where a page posts its form, and what travels with it unseen. */
export type Target = { readonly action: string; readonly hidden: Fields }

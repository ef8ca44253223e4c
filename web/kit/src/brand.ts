/** How the tenant shows itself, as the server wrote it into the page: paths of this server, and links of the tenant. */
export type Brand = {
  readonly name?: string
  readonly logo?: string
  readonly termsUrl?: string
  readonly privacyUrl?: string
  readonly helpUrl?: string
}

/** Nothing where the page says nothing, as in development. */
export const readBrand = (written: string | undefined): Brand => {
  try {
    return JSON.parse(written ?? '{}') as Brand
  } catch {
    return {}
  }
}

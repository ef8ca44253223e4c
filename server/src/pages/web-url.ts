const schemeOf = (url: string): string | undefined => (URL.canParse(url) ? new URL(url).protocol : undefined)

/** The URL where it is http: or https:, else undefined: a client's registration never puts another scheme on a page. */
export const webUrl = (url: string | undefined): string | undefined =>
  url !== undefined && ['https:', 'http:'].includes(schemeOf(url) ?? '') ? url : undefined

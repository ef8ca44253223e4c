export type CookieJar = {
  readonly read: (header: string | readonly string[] | undefined, name: string) => string | undefined
  /** A Set-Cookie header; `maxAgeSeconds` 0 deletes the cookie, undefined keeps it until the browser closes. */
  readonly write: (name: string, value: string, maxAgeSeconds?: number) => string
}

const headerCharactersMax = 8192

const named = (header: string, name: string): readonly string[] =>
  header.split(';').flatMap((part) => {
    const mark = part.indexOf('=')
    return mark !== -1 && part.slice(0, mark).trim() === name ? [part.slice(mark + 1).trim()] : []
  })

/**
 * Cookies of the hosted pages (RFC 6265bis section 4.1): HttpOnly, SameSite=Lax, and on https Secure with the `__Host-` prefix, so that no sibling domain can
 * plant one. A cookie that comes twice is none at all. `suffix` keeps the cookies of tenants on one host apart, since `__Host-` allows no path.
 */
export const cookieJar = (isHttps: boolean, suffix = ''): CookieJar => {
  const fullName = (name: string): string => `${isHttps ? '__Host-' : ''}${name}${suffix}`
  return {
    read: (header, name) => {
      const text = typeof header === 'string' ? header : (header?.join('; ') ?? '')
      if (text.length > headerCharactersMax) return undefined
      const values = named(text, fullName(name))
      return values.length === 1 ? values[0] : undefined
    },
    write: (name, value, maxAgeSeconds) =>
      [
        `${fullName(name)}=${value}`,
        'Path=/',
        'HttpOnly',
        'SameSite=Lax',
        ...(isHttps ? ['Secure'] : []),
        ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${maxAgeSeconds}`]),
      ].join('; '),
  }
}

export type Cors = (origin: string | undefined) => Readonly<Record<string, string>>

/** The CORS answer for the allowed origins. Credentials are never allowed: the account API takes bearer tokens, not cookies. */
export const cors = (origins: readonly string[]): Cors => {
  const allowed = new Set(origins)
  const isOpen = allowed.has('*')
  return (origin) => {
    if (allowed.size === 0) return {}
    if (isOpen) return { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed }
    if (origin === undefined || !allowed.has(origin)) return { vary: 'Origin' }
    return { 'access-control-allow-origin': origin, vary: 'Origin', 'access-control-expose-headers': exposed }
  }
}

const exposed = 'X-Request-Id, Retry-After, WWW-Authenticate'

/** For answers that hold nothing of a cookie: every page may read them. */
export const anyOrigin = { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed } as const

/** Takes back what the configured origins were told, for endpoints that no script may ever read (RFC 9700 section 2.6). */
export const hideFromOrigins = (remove: (header: string) => void): void => {
  for (const name of ['access-control-allow-origin', 'access-control-expose-headers', 'vary']) remove(name)
}

export const preflight = (methods: string): Readonly<Record<string, string>> => ({
  'access-control-allow-methods': methods,
  'access-control-allow-headers': 'Authorization, Content-Type, DPoP, X-Request-Id',
  'access-control-max-age': '600',
})

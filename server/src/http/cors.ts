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

export const preflight = (methods: string): Readonly<Record<string, string>> => ({
  'access-control-allow-methods': methods,
  'access-control-allow-headers': 'Authorization, Content-Type, X-Request-Id',
  'access-control-max-age': '600',
})

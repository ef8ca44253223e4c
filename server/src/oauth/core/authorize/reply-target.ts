import type { AuthorizingClient } from './authorizing-client.ts'

declare const brand: unique symbol

/** A redirect URI that belongs to the client; only `matchRedirectUri` makes one. */
export type RegisteredRedirectUri = string & { readonly [brand]: 'registered' }

export type RedirectUriVerdict =
  | { readonly kind: 'registered'; readonly redirectUri: RegisteredRedirectUri }
  | { readonly kind: 'missing' | 'unregistered' }

// RFC 8252 section 7.3: only the port of a loopback redirect may vary, and only for literals that reach no other machine.
const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost))(?::(\d{1,5}))?(\/[^#]*)?$/

const withoutPort = (uri: string): string | undefined => {
  const match = loopback.exec(uri)
  if (match === null || Number(match[2] ?? 0) > 65_535) return undefined
  return `${match[1]}${match[3] ?? ''}`
}

const isSameLoopback = (registered: string, presented: string): boolean => {
  const left = withoutPort(registered)
  return left !== undefined && left === withoutPort(presented)
}

const matches = (client: AuthorizingClient, presented: string) => (registered: string) =>
  registered === presented || (client.applicationType === 'native' && isSameLoopback(registered, presented))

/**
 * Compares as exact strings, query included (RFC 9700 section 2.1); a native client's loopback redirect may have any port. Only RFC 6749 section 3.1.2.3
 * lets a client with one registered URI leave the parameter out; OpenID Connect demands it always, and so do we.
 */
export const matchRedirectUri = (client: AuthorizingClient, presented: string | undefined): RedirectUriVerdict => {
  if (presented === undefined) return { kind: 'missing' }
  return client.redirectUris.some(matches(client, presented))
    ? { kind: 'registered', redirectUri: presented as RegisteredRedirectUri }
    : { kind: 'unregistered' }
}

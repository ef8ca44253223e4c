import type { Client } from '../../clients/clients.ts'
import type { Assets, Card, Frame } from '../../pages/frame.ts'

// No form-action: the answer to a form may send the browser on to the application, and browsers check that redirect against it.
const policy = (frames: readonly string[]): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' https: data:",
    ...(frames.length > 0 ? [`frame-src ${frames.join(' ')}`] : []),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

type Options = { readonly cookies?: readonly string[]; readonly frames?: readonly string[] }

/** Headers of a hosted page. An application that opened it in a popup keeps its handle on it. */
export const pageHeaders = ({ cookies = [], frames = [] }: Options = {}): Record<string, string | readonly string[]> => ({
  'content-security-policy': policy(frames),
  'cross-origin-opener-policy': 'unsafe-none',
  'cache-control': 'no-store',
  ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
})

export const pageReply = <S extends 200 | 400 | 403 | 422 | 429>(status: S, body: string, options: Options = {}) => ({
  status,
  body,
  headers: pageHeaders(options),
})

export const redirectReply = <S extends 302 | 303>(status: S, location: string, cookies: readonly string[] = []) => ({
  status,
  body: undefined,
  headers: {
    location,
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'unsafe-none',
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
  },
})

const hostOf = (uri: string | undefined): string | undefined =>
  uri !== undefined && URL.canParse(uri) ? new URL(uri).host || undefined : undefined

/** A client as a person sees it. Its host is where the answer goes, not what the client says of itself. */
export const cardOf = (client: Client, redirectUri: string | undefined = client.redirectUris[0] ?? client.clientUri): Card => ({
  name: client.name ?? hostOf(redirectUri) ?? client.id,
  logoUri: client.logoUri,
  clientUri: client.clientUri,
  policyUri: client.policyUri,
  tosUri: client.tosUri,
  host: hostOf(redirectUri),
})

/** The language of a page: what the application asked for, then what the browser prefers. */
export const frameOf = (assets: Assets, uiLocales: readonly string[], acceptLanguage: string | readonly string[] | undefined): Frame => ({
  lang:
    uiLocales[0] ??
    String(acceptLanguage ?? '')
      .split(/[,;]/)[0]
      ?.trim() ??
    'en',
  assets,
})

import type { ResponseMode } from '../authorize/authorizing-client.ts'

export type Fields = Readonly<Record<string, string>>
/** How an authorization response travels: by redirect, or by a form that the browser posts. */
export type Delivery =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'form-post'; readonly action: string; readonly fields: Fields }

const encode = (fields: Fields): string =>
  Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')

/** Adds to the query that the redirect URI has already (RFC 6749 section 3.1.2). */
const inQuery = (uri: string, fields: Fields): string =>
  `${uri}${uri.includes('?') ? (/[?&]$/.test(uri) ? '' : '&') : '?'}${encode(fields)}`

const modes: Readonly<Record<ResponseMode, (uri: string, fields: Fields) => Delivery>> = {
  query: (uri, fields) => ({ kind: 'redirect', location: inQuery(uri, fields) }),
  fragment: (uri, fields) => ({ kind: 'redirect', location: `${uri}#${encode(fields)}` }),
  form_post: (action, fields) => ({ kind: 'form-post', action, fields }),
}

export type ReplyTarget = {
  readonly redirectUri: string
  readonly mode: ResponseMode
  readonly state: string | undefined
  readonly issuer: string
}

/** An authorization response with `state` and `iss` (RFC 9207 section 2), success and error alike. */
export const deliver = ({ redirectUri, mode, state, issuer }: ReplyTarget, fields: Fields): Delivery =>
  modes[mode](redirectUri, { ...fields, ...(state === undefined ? {} : { state }), iss: issuer })

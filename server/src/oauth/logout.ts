import type { Client } from '../clients/clients.ts'

/** What a logout request asks for, after its parts were checked (OpenID Connect RP-Initiated Logout 1.0 section 2). */
export type LogoutRequest = {
  readonly clientId: string | undefined
  /** Where to go afterwards, with its state; absent where nothing valid was asked for. */
  readonly continueUrl: string | undefined
  /** True where an address was asked for that cannot be used. */
  readonly isNotReturning: boolean
  readonly sid: string | undefined
  readonly sub: string | undefined
  /** The user name or address of the account that is meant, where the browser holds several. */
  readonly accountHint: string | undefined
  /** In which languages the application wants the pages, the most wanted first. */
  readonly uiLocales: readonly string[]
}

const withParameters = (uri: string, parameters: readonly (readonly [string, string])[]): string => {
  const query = parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
  return query === '' ? uri : `${uri}${uri.includes('?') ? '&' : '?'}${query}`
}

/** The address to go back to: one that is registered to the letter, with `state`. */
export const continueUrlOf = (client: Client | undefined, uri: string | undefined, state: string | undefined): string | undefined =>
  uri !== undefined && client?.isEnabled === true && client.postLogoutRedirectUris.includes(uri)
    ? withParameters(uri, state === undefined ? [] : [['state', state]])
    : undefined

/** The frame that tells a client in the browser (OpenID Connect Front-Channel Logout 1.0 section 2). */
export const frontChannelUrl = (client: Client, issuer: string, sessionId: string): string | undefined =>
  client.frontchannelLogoutUri === undefined
    ? undefined
    : withParameters(
        client.frontchannelLogoutUri,
        client.frontchannelLogoutSessionRequired
          ? [
              ['iss', issuer],
              ['sid', sessionId],
            ]
          : [],
      )

export type LogoutTokenInput = {
  readonly issuer: string
  readonly clientId: string
  readonly sub: string
  readonly sid: string
  readonly jti: string
  readonly now: number
}

/** Claims of a logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4): no nonce, two minutes. */
export const logoutTokenClaims = ({ issuer, clientId, sub, sid, jti, now }: LogoutTokenInput): object => ({
  iss: issuer,
  sub,
  aud: clientId,
  iat: now,
  exp: now + 120,
  jti,
  sid,
  events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
})

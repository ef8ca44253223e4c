export type ResponseMode = 'query' | 'fragment' | 'form_post'

/** What the authorization endpoint needs to know of a client (OpenID Connect Dynamic Registration 1.0 section 2). */
export type AuthorizingClient = {
  readonly id: string
  readonly isEnabled: boolean
  readonly isFirstParty: boolean
  readonly isDynamic: boolean
  readonly applicationType: 'web' | 'native'
  readonly tokenEndpointAuthMethod: string
  readonly redirectUris: readonly string[]
  readonly responseTypes: readonly string[]
  readonly responseModes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly scope?: readonly string[] | undefined
  readonly resources?: readonly string[] | undefined
  readonly requirePkce: boolean
  readonly requirePushedAuthorizationRequests: boolean
  readonly requireSignedRequestObject: boolean
  readonly defaultMaxAge?: number | undefined
  readonly requireAuthTime: boolean
  readonly defaultAcrValues: readonly string[]
  readonly refreshWithoutOfflineAccess: boolean
}

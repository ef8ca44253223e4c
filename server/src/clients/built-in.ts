import type { Client } from './client.ts'

/** The account portal, the platform's own application. */
const portalId = 'account-portal'

/** What people see in place of the id. */
export const builtInNames: Readonly<Record<string, string>> = { [portalId]: 'Your account' }

/** Ids of the applications that belong to the platform: nobody registers, changes or removes them. */
export const builtInIds: readonly string[] = Object.keys(builtInNames)

const nothing = {
  tokenEndpointAuthSigningAlg: undefined,
  jwks: undefined,
  jwksUri: undefined,
  requestObjectSigningAlg: undefined,
  sectorIdentifier: undefined,
  userinfoSignedResponseAlg: undefined,
  defaultMaxAge: undefined,
  initiateLoginUri: undefined,
  backchannelLogoutUri: undefined,
  frontchannelLogoutUri: undefined,
  clientUri: undefined,
  logoUri: undefined,
  policyUri: undefined,
  tosUri: undefined,
} as const

/** The portal of the tenant with this issuer: public, with PKCE, and trusted with the account itself. */
export const accountPortal = (tenantId: string, issuer: string): Client => ({
  ...nothing,
  tenantId,
  id: portalId,
  name: builtInNames[portalId],
  isFirstParty: true,
  isEnabled: true,
  isDynamic: false,
  applicationType: 'web',
  redirectUris: [`${issuer}/account/callback`],
  responseTypes: ['code'],
  grantTypes: ['authorization_code', 'refresh_token'],
  responseModes: ['query'],
  tokenEndpointAuthMethod: 'none',
  secrets: [],
  scope: ['openid', 'profile', 'email', 'account'],
  requirePkce: true,
  requirePushedAuthorizationRequests: false,
  requireSignedRequestObject: false,
  requestUris: [],
  subjectType: 'public',
  idTokenSignedResponseAlg: 'ES256',
  requireAuthTime: true,
  defaultAcrValues: [],
  postLogoutRedirectUris: [`${issuer}/account`],
  backchannelLogoutSessionRequired: false,
  frontchannelLogoutSessionRequired: false,
  contacts: [],
  // Its refresh tokens end with the session of the browser.
  refreshWithoutOfflineAccess: true,
  resources: [],
})

type Find = (tenantId: string, id: string) => Promise<Client | undefined>

/** Finds the platform's own applications of one tenant without asking anybody, and all others as `find` does. */
export const withBuiltIn = (find: Find, own: readonly Client[]): Find => {
  const known = new Map(own.map((client) => [client.id, client]))
  return (tenantId, id) => {
    const client = known.get(id)
    return client?.tenantId === tenantId ? Promise.resolve(client) : find(tenantId, id)
  }
}

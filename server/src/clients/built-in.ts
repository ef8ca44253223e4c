import type { Client } from './client.ts'

/** The account portal and the administration console, the platform's own applications. */
const portalId = 'account-portal'
const consoleId = 'admin-console'

/** What people see in place of the id. */
export const builtInNames: Readonly<Record<string, string>> = { [portalId]: 'Your account', [consoleId]: 'Administration console' }

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

type Own = { readonly id: string; readonly home: string; readonly scope: readonly string[] }

/** A program of the platform in the browser: public, with PKCE, and trusted without a question. */
const browserProgram = (tenantId: string, { id, home, scope }: Own): Client => ({
  ...nothing,
  tenantId,
  id,
  name: builtInNames[id],
  isFirstParty: true,
  isEnabled: true,
  isDynamic: false,
  applicationType: 'web',
  redirectUris: [`${home}/callback`],
  responseTypes: ['code'],
  grantTypes: ['authorization_code', 'refresh_token'],
  responseModes: ['query'],
  tokenEndpointAuthMethod: 'none',
  secrets: [],
  scope,
  requirePkce: true,
  requirePushedAuthorizationRequests: false,
  requireSignedRequestObject: false,
  requestUris: [],
  subjectType: 'public',
  idTokenSignedResponseAlg: 'ES256',
  requireAuthTime: true,
  defaultAcrValues: [],
  postLogoutRedirectUris: [home],
  backchannelLogoutSessionRequired: false,
  frontchannelLogoutSessionRequired: false,
  contacts: [],
  // Its refresh tokens end with the session of the browser.
  refreshWithoutOfflineAccess: true,
  resources: [],
})

/** The platform's own applications of the tenant with this issuer. What somebody may do in the console is asked of their roles, at each request. */
export const builtInClients = (tenantId: string, issuer: string): readonly Client[] => [
  browserProgram(tenantId, { id: portalId, home: `${issuer}/account`, scope: ['openid', 'profile', 'email', 'account'] }),
  browserProgram(tenantId, { id: consoleId, home: `${issuer}/console`, scope: ['openid', 'profile', 'admin'] }),
]

type Find = (tenantId: string, id: string) => Promise<Client | undefined>

/** Finds the platform's own applications of one tenant without asking anybody, and all others as `find` does. */
export const withBuiltIn = (find: Find, own: readonly Client[]): Find => {
  const known = new Map(own.map((client) => [client.id, client]))
  return (tenantId, id) => {
    const client = known.get(id)
    return client?.tenantId === tenantId ? Promise.resolve(client) : find(tenantId, id)
  }
}

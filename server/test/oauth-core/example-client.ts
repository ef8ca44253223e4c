import { readAuthorizationRequest } from '../../src/oauth/core/authorize/authorization-request.ts'
import type { AuthorizingClient } from '../../src/oauth/core/authorize/authorizing-client.ts'
import { matchRedirectUri } from '../../src/oauth/core/authorize/reply-target.ts'
import { OAuthError } from '../../src/oauth/core/errors.ts'
import { runGrant } from '../../src/oauth/core/grants/grants.ts'
import { parseParameters } from '../../src/oauth/core/params.ts'
import type { GrantFacts, GrantPorts } from '../../src/oauth/core/ports.ts'
import { sha256Text } from '../../src/platform/digest.ts'

/** The client of the examples, with everything that a specification leaves open switched on. */
export const exampleClient = (given: Partial<AuthorizingClient> = {}): AuthorizingClient => ({
  id: 's6BhdRkqt3',
  isEnabled: true,
  isFirstParty: false,
  isDynamic: false,
  applicationType: 'web',
  tokenEndpointAuthMethod: 'client_secret_basic',
  redirectUris: ['https://client.example.org/cb', 'https://client.example.com/cb'],
  responseTypes: ['code', 'id_token', 'id_token token'],
  responseModes: ['query', 'fragment', 'form_post'],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
  requirePkce: false,
  requirePushedAuthorizationRequests: false,
  requireSignedRequestObject: false,
  requireAuthTime: false,
  defaultAcrValues: [],
  refreshWithoutOfflineAccess: true,
  ...given,
})

type Offered = { readonly scopes?: readonly string[]; readonly resources?: readonly string[] }

/** Reads an authorization request as it stands in a specification: a query with its line breaks taken out. */
export const readExample = (query: string, client = exampleClient(), { scopes = [], resources = [] }: Offered = {}) => {
  const parsed = parseParameters(query)
  const input = { parameters: parsed.values, resources: parsed.resources, client }
  const verdict = matchRedirectUri(client, parsed.values.get('redirect_uri'))
  if (verdict.kind !== 'registered') throw new Error(`The redirect_uri is ${verdict.kind}.`)
  return readAuthorizationRequest(input, verdict.redirectUri, {
    resourceScopes: scopes,
    customScopes: [],
    isResource: (one) => resources.includes(one),
  })
}

/** What the person of the examples granted. */
export const exampleGrant = (given: Partial<GrantFacts> = {}): GrantFacts => ({
  grantId: 'grant',
  userId: '248289761001',
  clientId: 's6BhdRkqt3',
  sessionId: 'session',
  isOffline: false,
  scope: ['openid'],
  resources: [],
  claims: undefined,
  authTime: 1_311_280_969,
  acr: undefined,
  amr: ['pwd'],
  methods: ['password'],
  ...given,
})

/** Runs a token request as it stands in a specification, with the ports that it needs. */
export const grantExample = (form: string, ports: Partial<GrantPorts>, client = exampleClient()) => {
  const { values, resources } = parseParameters(form)
  const never = async (): Promise<never> => {
    throw new Error('The request asks for something that it should not.')
  }
  return runGrant(
    { client, parameters: values, resources },
    {
      redeemCode: never,
      killGrant: never,
      rotateRefreshToken: never,
      pollDeviceCode: never,
      firstRefreshToken: () => 'tGzv3JOkF0XG5Qx2TlKWIA',
      sha256Text,
      isResource: () => true,
      scopesOf: () => [],
      ...ports,
    },
  )
}

/** The code of the refusal, or undefined where there was none. */
export const errorOf = async (work: () => unknown): Promise<string | undefined> => {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof OAuthError) return error.error
    throw error
  }
}

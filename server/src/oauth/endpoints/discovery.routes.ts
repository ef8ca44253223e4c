import { supported } from '../../clients/clients.ts'
import { content, empty } from '../../http/content.ts'
import { type AnyRoute, publicRoute, route, unlimited } from '../../http/route.ts'
import { languages } from '../../pages/messages.ts'
import { sha256Text } from '../../platform/digest.ts'
import { acrValues } from '../../sessions/sessions.ts'
import { prompts } from '../core/authorize/prompt.ts'
import { standardScopes } from '../core/authorize/requested-scope.ts'
import { claimsOfScope } from '../core/tokens/claims.ts'

const endpoints = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/oauth2/authorize`,
  token_endpoint: `${issuer}/oauth2/token`,
  userinfo_endpoint: `${issuer}/oauth2/userinfo`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  registration_endpoint: `${issuer}/oauth2/register`,
  introspection_endpoint: `${issuer}/oauth2/introspect`,
  revocation_endpoint: `${issuer}/oauth2/revoke`,
  pushed_authorization_request_endpoint: `${issuer}/oauth2/par`,
  device_authorization_endpoint: `${issuer}/oauth2/device`,
  end_session_endpoint: `${issuer}/oauth2/logout`,
})

const authentication = () => {
  const methods: readonly string[] = supported.authMethods
  const algorithms = supported.authSigningAlgs
  return {
    token_endpoint_auth_methods_supported: methods,
    token_endpoint_auth_signing_alg_values_supported: algorithms,
    revocation_endpoint_auth_methods_supported: methods,
    revocation_endpoint_auth_signing_alg_values_supported: algorithms,
    introspection_endpoint_auth_methods_supported: methods.filter((one) => one !== 'none'),
    introspection_endpoint_auth_signing_alg_values_supported: algorithms,
  }
}

/** The provider's metadata: registered names only, and only what is true (OpenID Connect Discovery 1.0 section 3, RFC 8414 section 2). */
export const discoveryDocument = (issuer: string): Readonly<Record<string, unknown>> => ({
  ...endpoints(issuer),
  ...authentication(),
  scopes_supported: standardScopes,
  response_types_supported: supported.responseTypes,
  response_modes_supported: supported.responseModes,
  grant_types_supported: supported.grantTypes,
  acr_values_supported: acrValues,
  subject_types_supported: supported.subjectTypes,
  id_token_signing_alg_values_supported: supported.signingAlgs,
  userinfo_signing_alg_values_supported: supported.signingAlgs,
  request_object_signing_alg_values_supported: supported.requestObjectAlgs,
  display_values_supported: ['page', 'popup', 'touch', 'wap'],
  claim_types_supported: ['normal'],
  claims_supported: [
    'sub',
    'iss',
    'aud',
    'exp',
    'iat',
    'auth_time',
    'nonce',
    'acr',
    'amr',
    'azp',
    'sid',
    ...Object.values(claimsOfScope).flat(),
  ],
  ui_locales_supported: languages.map(({ tag }) => tag),
  claims_parameter_supported: true,
  request_parameter_supported: true,
  request_uri_parameter_supported: true,
  require_request_uri_registration: true,
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  prompt_values_supported: prompts,
  frontchannel_logout_supported: true,
  frontchannel_logout_session_supported: true,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
})

const metadataRoute = (path: string, summary: string, issuer: string): AnyRoute => {
  const body = JSON.stringify(discoveryDocument(issuer))
  const etag = `"${sha256Text(body).slice(0, 22)}"`
  const headers = { etag, 'cache-control': 'public, max-age=300' }
  return route({
    method: 'GET',
    path,
    summary,
    tag: 'oauth',
    auth: publicRoute('what the provider can do is public'),
    limit: unlimited('bytes from memory'),
    audit: { none: 'reads only' },
    cors: 'any',
    responses: { 200: content('application/json; charset=utf-8', { type: 'object' }), 304: empty },
    handle: ({ headers: given }) =>
      given['if-none-match'] === etag ? { status: 304, body: undefined, headers } : { status: 200, body, headers },
  })
}

export const discoveryRoutes = (issuer: string): readonly AnyRoute[] => [
  metadataRoute('/.well-known/openid-configuration', 'OpenID Provider metadata', issuer),
  metadataRoute('/.well-known/oauth-authorization-server', 'Authorization server metadata (RFC 8414)', issuer),
]

import type { Algorithm } from '../keys/keys.ts'
import type { Client, ClientSecret, TokenEndpointAuthMethod } from './client.ts'
import { translationsOf } from './in-language.ts'

export type ClientRow = {
  id: string
  name: string | null
  status: 'active' | 'disabled'
  is_first_party: boolean
  created_via: 'cli' | 'registration' | 'console'
  metadata: Record<string, unknown>
  secrets: { id: string; hash: string; sealed: string | null; expires_at: string | null }[] | null
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/^\\x/, ''), 'hex')

const secretsOf = ({ secrets }: ClientRow): readonly ClientSecret[] =>
  (secrets ?? []).map((one) => ({
    id: one.id,
    hash: bytes(one.hash),
    sealed: one.sealed === null ? undefined : bytes(one.sealed),
    expiresAt: one.expires_at === null ? null : Date.parse(one.expires_at),
  }))

const hostOf = (uri: string | undefined): string | undefined => (uri !== undefined && URL.canParse(uri) ? new URL(uri).hostname : undefined)

/** What people see of it. */
const shownOf = ({
  metadata,
}: ClientRow): Pick<Client, 'clientUri' | 'logoUri' | 'policyUri' | 'tosUri' | 'translations' | 'branding'> => ({
  clientUri: metadata['client_uri'] as string | undefined,
  logoUri: metadata['logo_uri'] as string | undefined,
  policyUri: metadata['policy_uri'] as string | undefined,
  tosUri: metadata['tos_uri'] as string | undefined,
  translations: translationsOf(metadata),
  branding: metadata['branding'] as Client['branding'],
})

/** The client of a row: its stored metadata in our words. */
export const clientFromRow = (tenantId: string, row: ClientRow): Client => {
  const { metadata } = row
  const text = (member: string): string | undefined => metadata[member] as string | undefined
  const list = (member: string): readonly string[] => (metadata[member] as string[] | undefined) ?? []
  const flag = (member: string, fallback: boolean): boolean => (metadata[member] as boolean | undefined) ?? fallback
  return {
    tenantId,
    id: row.id,
    name: row.name ?? undefined,
    isEnabled: row.status === 'active',
    isFirstParty: row.is_first_party,
    isDynamic: row.created_via === 'registration',
    applicationType: text('application_type') === 'native' ? 'native' : 'web',
    redirectUris: list('redirect_uris'),
    responseTypes: list('response_types'),
    responseModes: metadata['response_modes'] === undefined ? ['query', 'fragment', 'form_post'] : list('response_modes'),
    grantTypes: list('grant_types'),
    tokenEndpointAuthMethod: text('token_endpoint_auth_method') as TokenEndpointAuthMethod,
    tokenEndpointAuthSigningAlg: text('token_endpoint_auth_signing_alg'),
    secrets: secretsOf(row),
    jwks: metadata['jwks'] as Client['jwks'],
    jwksUri: text('jwks_uri'),
    scope: text('scope')?.split(' '),
    resources: metadata['resources'] === undefined ? undefined : list('resources'),
    requirePkce: flag('require_pkce', row.created_via !== 'registration' || text('token_endpoint_auth_method') === 'none'),
    requirePushedAuthorizationRequests: flag('require_pushed_authorization_requests', false),
    requireSignedRequestObject: flag('require_signed_request_object', false),
    requestObjectSigningAlg: text('request_object_signing_alg'),
    requestUris: list('request_uris'),
    subjectType: text('subject_type') === 'pairwise' ? 'pairwise' : 'public',
    sectorIdentifier: hostOf(text('sector_identifier_uri') ?? list('redirect_uris')[0]),
    idTokenSignedResponseAlg: text('id_token_signed_response_alg') as Algorithm,
    userinfoSignedResponseAlg: text('userinfo_signed_response_alg') as Algorithm | undefined,
    defaultMaxAge: metadata['default_max_age'] as number | undefined,
    requireAuthTime: flag('require_auth_time', false),
    defaultAcrValues: list('default_acr_values'),
    initiateLoginUri: text('initiate_login_uri'),
    postLogoutRedirectUris: list('post_logout_redirect_uris'),
    backchannelLogoutUri: text('backchannel_logout_uri'),
    backchannelLogoutSessionRequired: flag('backchannel_logout_session_required', false),
    frontchannelLogoutUri: text('frontchannel_logout_uri'),
    frontchannelLogoutSessionRequired: flag('frontchannel_logout_session_required', false),
    ...shownOf(row),
    contacts: list('contacts'),
    refreshWithoutOfflineAccess: flag('refresh_without_offline_access', false),
  }
}

import { checkClientBranding } from '../pages/brand/check-branding.ts'
import { isStorable } from '../platform/storable.ts'
import { problemOfRedirectUri, problemOfWebUri } from './redirect-uri.ts'

/** Registered metadata under their wire names, defaults applied, members with language tags kept. */
export type ClientMetadata = Readonly<Record<string, unknown>>

export type MetadataPolicy = {
  /** Whether tokens may come in the front channel: response types id_token and id_token token. */
  readonly allowImplicit: boolean
  /** Whether members of our own policy (first_party, require_pkce, ...) are read: an operator may set them, a registering client may not. */
  readonly isOperator: boolean
}

export type MetadataVerdict =
  | { readonly kind: 'valid'; readonly metadata: ClientMetadata }
  | { readonly kind: 'invalid'; readonly error: 'invalid_redirect_uri' | 'invalid_client_metadata'; readonly description: string }

const signing = ['RS256', 'ES256', 'PS256', 'EdDSA'] as const

/** What client metadata may choose from; discovery lists the same. */
export const supported = {
  responseTypes: ['code', 'id_token', 'id_token token'],
  responseModes: ['query', 'fragment', 'form_post'],
  grantTypes: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials', 'urn:ietf:params:oauth:grant-type:device_code'],
  authMethods: ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'],
  authSigningAlgs: [...signing, 'HS256'],
  signingAlgs: [...signing],
  requestObjectAlgs: ['none', ...signing],
  subjectTypes: ['public', 'pairwise'],
} as const

type Wrong = Extract<MetadataVerdict, { kind: 'invalid' }>['error']

class Refused extends Error {
  readonly error: Wrong
  constructor(error: Wrong, description: string) {
    super(description)
    this.error = error
  }
}

const bad = (description: string): Refused => new Refused('invalid_client_metadata', description)

type Reader = (value: unknown, name: string, all: Readonly<Record<string, unknown>>) => unknown

const text =
  (max: number): Reader =>
  (value, name) => {
    if (typeof value !== 'string' || value === '' || value.length > max) throw bad(`${name} must be text of 1 to ${max} characters.`)
    if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(value)) throw bad(`${name} must have no control characters.`)
    return value
  }

const oneOf =
  (values: readonly string[]): Reader =>
  (value, name) => {
    if (typeof value !== 'string' || !values.includes(value)) throw bad(`${name} must be one of ${values.join(', ')}.`)
    return value
  }

const listOf =
  (read: Reader, max: number): Reader =>
  (value, name, all) => {
    if (!Array.isArray(value) || value.length > max) throw bad(`${name} must be a list of at most ${max}.`)
    return value.map((one) => read(one, name, all))
  }

const flag: Reader = (value, name) => {
  if (typeof value !== 'boolean') throw bad(`${name} must be true or false.`)
  return value
}

const seconds: Reader = (value, name) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw bad(`${name} must be a number of seconds, 0 or more.`)
  return value
}

const webUri: Reader = (value, name) => {
  const uri = text(2000)(value, name, {}) as string
  const problem = problemOfWebUri(uri)
  if (problem !== undefined) throw bad(`${name} ${problem}.`)
  return uri
}

const redirectUri: Reader = (value, name, all) => {
  const type = all['application_type'] === 'native' ? 'native' : 'web'
  const problem = typeof value === 'string' ? problemOfRedirectUri(value, type) : 'must be text'
  if (problem !== undefined)
    throw new Refused('invalid_redirect_uri', `${name === 'redirect_uris' ? 'A redirect URI' : `A member of ${name}`} ${problem}.`)
  return value
}

const keyTypes: readonly unknown[] = ['EC', 'RSA', 'OKP']
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth']

const keySet: Reader = (value, name) => {
  const keys = (value as { keys?: unknown } | null)?.keys
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > 20) throw bad(`${name} must be a JSON Web Key Set of 1 to 20 keys.`)
  for (const key of keys)
    if (typeof key !== 'object' || key === null || !keyTypes.includes(key.kty) || privateMembers.some((member) => member in key))
      throw bad(`${name} must hold public keys only, of the types EC, RSA and OKP.`)
    else if (key.kty === 'RSA' && (typeof key.n !== 'string' || Buffer.from(key.n, 'base64url').length * 8 < 2048))
      throw bad(`${name} must hold RSA keys of 2048 bits or more.`)
  return { keys }
}

const sortedWords: Reader = (value, name) => {
  const words = (text(100)(value, name, {}) as string).split(' ').sort().join(' ')
  return oneOf(supported.responseTypes)(words, name, {})
}

const scopeText: Reader = (value, name) => {
  const scope = text(2048)(value, name, {}) as string
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(scope))
    throw bad('scope must be scope tokens with single spaces between.')
  return scope
}

const unsupported: Reader = (_, name) => {
  throw bad(`${name} is not supported: this server does not encrypt. Leave it out.`)
}

const encryptionMembers = [
  ...['id_token', 'userinfo', 'authorization', 'introspection'].map((one) => `${one}_encrypted_response`),
  'request_object_encryption',
].flatMap((one) => [`${one}_alg`, `${one}_enc`])

const readers: Readonly<Record<string, Reader>> = {
  application_type: oneOf(['web', 'native']),
  redirect_uris: listOf(redirectUri, 100),
  response_types: listOf(sortedWords, 10),
  response_modes: listOf(oneOf(supported.responseModes), 3),
  grant_types: listOf(oneOf(supported.grantTypes), 10),
  contacts: listOf(text(320), 20),
  client_name: text(200),
  client_uri: webUri,
  logo_uri: webUri,
  policy_uri: webUri,
  tos_uri: webUri,
  jwks_uri: webUri,
  jwks: keySet,
  sector_identifier_uri: webUri,
  subject_type: oneOf(supported.subjectTypes),
  id_token_signed_response_alg: oneOf(supported.signingAlgs),
  userinfo_signed_response_alg: oneOf(supported.signingAlgs),
  request_object_signing_alg: oneOf(supported.requestObjectAlgs),
  token_endpoint_auth_method: oneOf(supported.authMethods),
  token_endpoint_auth_signing_alg: oneOf(supported.authSigningAlgs),
  default_max_age: seconds,
  require_auth_time: flag,
  default_acr_values: listOf(text(200), 10),
  initiate_login_uri: webUri,
  request_uris: listOf(webUri, 20),
  post_logout_redirect_uris: listOf(redirectUri, 100),
  backchannel_logout_uri: webUri,
  backchannel_logout_session_required: flag,
  frontchannel_logout_uri: webUri,
  frontchannel_logout_session_required: flag,
  require_pushed_authorization_requests: flag,
  require_signed_request_object: flag,
  scope: scopeText,
  software_id: text(200),
  software_version: text(200),
  software_statement: text(8192),
  ...Object.fromEntries(encryptionMembers.map((member) => [member, unsupported])),
}

const branding: Reader = (value, member) => {
  const verdict = checkClientBranding(value)
  if (verdict.kind === 'refused') throw bad(`${member}: ${verdict.problems.join(' ')}`)
  return verdict.branding
}

const operatorReaders: Readonly<Record<string, Reader>> = {
  branding,
  require_pkce: flag,
  refresh_without_offline_access: flag,
  resources: listOf(text(512), 100),
}

const languageTagged = /^(client_name|client_uri|logo_uri|policy_uri|tos_uri)#[A-Za-z0-9-]{2,35}$/

const baseOf = (member: string): string => (languageTagged.test(member) ? (member.split('#')[0] ?? '') : member)

const readMembers = (given: Readonly<Record<string, unknown>>, { isOperator }: MetadataPolicy): Record<string, unknown> => {
  const metadata: Record<string, unknown> = {}
  for (const [member, value] of Object.entries(given)) {
    if (value === null || value === undefined) continue
    const base = baseOf(member)
    // Own members only: a name such as "constructor" is known to every object.
    const known = Object.hasOwn(readers, base) ? readers : isOperator ? operatorReaders : {}
    const reader = Object.hasOwn(known, base) ? known[base] : undefined
    if (reader !== undefined) metadata[member] = reader(value, member, given)
  }
  return metadata
}

/** Members that no client metadata have: left out for a registering client, told to an administrator. */
export const unknownMembers = (given: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(given).filter((one) => !Object.hasOwn(readers, baseOf(one)) && !Object.hasOwn(operatorReaders, baseOf(one)))

const defaults = {
  application_type: 'web',
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'RS256',
  subject_type: 'public',
}

const codeGrant = 'authorization_code'

/** RFC 7591 section 2: code and authorization_code where neither is given; where one is, the other follows from it. */
const typesOf = ({ response_types: types, grant_types: grants }: Record<string, unknown>) => {
  const responses = types as readonly string[] | undefined
  const given = grants as readonly string[] | undefined
  const isFront = responses?.some((type) => type !== 'code') ?? false
  return {
    grant_types:
      given ?? (responses === undefined || responses.includes('code') ? [codeGrant, ...(isFront ? ['implicit'] : [])] : ['implicit']),
    response_types:
      responses ?? (given === undefined || given.includes(codeGrant) ? ['code'] : given.includes('implicit') ? ['id_token'] : []),
  }
}

type Full = Record<string, unknown> & {
  response_types: string[]
  grant_types: string[]
  redirect_uris?: string[]
  token_endpoint_auth_method: string
  token_endpoint_auth_signing_alg?: string
}

const usesRedirects = ({ grant_types }: Full): boolean => grant_types.includes('authorization_code') || grant_types.includes('implicit')

// OpenID Connect Dynamic Registration 1.0 section 2: which grant types a response type needs.
const checkTypes = (all: Full, { allowImplicit }: MetadataPolicy): void => {
  const isFront = all.response_types.some((type) => type !== 'code')
  if (isFront && !allowImplicit)
    throw bad('response_types may only hold code here: this server gives no tokens in the front channel to this client.')
  if (isFront && !all.grant_types.includes('implicit'))
    throw bad('grant_types must hold implicit for the response types id_token and id_token token.')
  if (all.response_types.includes('code') !== all.grant_types.includes(codeGrant))
    throw bad('The response type code and the grant type authorization_code go together: name both or neither.')
}

const isRemote = (uri: string): boolean => uri.startsWith('https:') && new URL(uri).hostname !== 'localhost'

const checkRedirects = (all: Full): void => {
  if (usesRedirects(all) && (all.redirect_uris ?? []).length === 0)
    throw new Refused('invalid_redirect_uri', 'redirect_uris must hold at least one URI for this client.')
  // OpenID Connect Dynamic Registration 1.0 section 2: what brings tokens to a web application in the front channel goes over https.
  if (all.grant_types.includes('implicit') && all['application_type'] === 'web' && !(all.redirect_uris ?? []).every(isRemote))
    throw new Refused('invalid_redirect_uri', 'A web application with the grant type implicit needs https redirect URIs, not localhost.')
}

const checkAuthentication = (all: Full): void => {
  const { token_endpoint_auth_method: method, token_endpoint_auth_signing_alg: alg } = all
  if (all['jwks'] !== undefined && all['jwks_uri'] !== undefined) throw bad('jwks and jwks_uri exclude each other. Keep one.')
  if (method === 'private_key_jwt' && all['jwks'] === undefined && all['jwks_uri'] === undefined)
    throw bad('private_key_jwt needs jwks or jwks_uri.')
  if (method === 'private_key_jwt' && alg === 'HS256') throw bad('private_key_jwt is not signed with HS256.')
  if (method === 'client_secret_jwt' && alg !== undefined && alg !== 'HS256') throw bad('client_secret_jwt is signed with HS256.')
  if (method === 'none' && all.grant_types.includes('client_credentials')) throw bad('client_credentials needs a way to authenticate.')
  if (method === 'none' && all['require_pkce'] === false) throw bad('require_pkce: false is for confidential clients only.')
}

const checkRequestObjects = (all: Full): void => {
  if (all['require_signed_request_object'] !== true) return
  if (all['request_object_signing_alg'] === 'none')
    throw bad('require_signed_request_object needs request_object_signing_alg to be an algorithm that signs.')
  if (all['jwks'] === undefined && all['jwks_uri'] === undefined) throw bad('require_signed_request_object needs jwks or jwks_uri.')
}

// OpenID Connect Front-Channel Logout 1.0 section 2: scheme, host and port of a registered redirect URI.
const checkFrontchannelLogout = (all: Full): void => {
  const uri = all['frontchannel_logout_uri']
  if (typeof uri !== 'string') return
  if (!(all.redirect_uris ?? []).some((one) => new URL(one).origin === new URL(uri).origin))
    throw bad('frontchannel_logout_uri must have scheme, host and port of one of the redirect_uris.')
}

/** Reads and checks client metadata. Members that nobody knows are left out (RFC 7591 section 2); unsupported values are refused with a sentence. */
export const readMetadata = (given: unknown, policy: MetadataPolicy): MetadataVerdict => {
  try {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) throw bad('The client metadata must be a JSON object.')
    if (!isStorable(given))
      throw bad('The client metadata must be nested in at most 32 levels and hold neither U+0000 nor half of a surrogate pair.')
    const members = readMembers(given as Record<string, unknown>, policy)
    const all = { ...defaults, ...members, ...typesOf(members) } as unknown as Full
    checkTypes(all, policy)
    checkRedirects(all)
    checkAuthentication(all)
    checkRequestObjects(all)
    checkFrontchannelLogout(all)
    return { kind: 'valid', metadata: all }
  } catch (error) {
    if (error instanceof Refused) return { kind: 'invalid', error: error.error, description: error.message }
    throw error
  }
}

import { OAuthError } from '../errors.ts'
import { organizationScope } from '../organization-scope.ts'
import { isStorableText } from '../storable.ts'
import type { ResponseMode } from './authorizing-client.ts'
import type { CheckInput } from './check.ts'
import { type ClaimsRequest, readClaims } from './claims-parameter.ts'
import { readCodeChallenge } from './code-challenge.ts'
import { readMaxAge } from './max-age.ts'
import { type Prompt, readPrompt } from './prompt.ts'
import type { RegisteredRedirectUri } from './reply-target.ts'
import { readResources } from './requested-resources.ts'
import { readScope, type ScopeCatalogue } from './requested-scope.ts'
import { readResponseMode } from './response-mode.ts'
import { type ResponseType, readResponseType } from './response-type.ts'

/** An authorization request every part of which has been checked. Times in seconds. */
export type AuthorizationRequest = {
  readonly clientId: string
  readonly redirectUri: RegisteredRedirectUri
  readonly responseType: ResponseType
  readonly responseMode: ResponseMode
  readonly scope: readonly string[]
  readonly state: string | undefined
  readonly nonce: string | undefined
  readonly codeChallenge: string | undefined
  readonly prompt: readonly Prompt[]
  readonly maxAge: number | undefined
  readonly loginHint: string | undefined
  readonly idTokenHint: string | undefined
  readonly acrValues: readonly string[]
  readonly claims: ClaimsRequest
  readonly resources: readonly string[]
  readonly uiLocales: readonly string[]
  /** The id or slug of the organization that the scope is for; undefined where it is for none. */
  readonly organization: string | undefined
}

const lengths: Readonly<Record<string, number>> = {
  state: 4096,
  nonce: 1024,
  login_hint: 512,
  id_token_hint: 8192,
  acr_values: 512,
  ui_locales: 256,
  claims_locales: 256,
  display: 32,
  organization: 64,
}

// Whatever comes along is kept with a pushed request, so that names nobody knows count too.
const checkTexts = ({ parameters }: CheckInput): void => {
  for (const [name, value] of parameters)
    if (!isStorableText(name) || !isStorableText(value))
      throw new OAuthError('invalid_request', 'A parameter holds U+0000 or half of a surrogate pair. Take it out.')
}

const checkLengths = ({ parameters }: CheckInput): void => {
  for (const [name, max] of Object.entries(lengths))
    if ((parameters.get(name)?.length ?? 0) > max) throw new OAuthError('invalid_request', `${name} is longer than ${max} characters.`)
}

const readNonce = ({ parameters }: CheckInput, responseType: ResponseType, scope: readonly string[]): string | undefined => {
  const nonce = parameters.get('nonce')
  if (responseType !== 'code' && nonce === undefined)
    throw new OAuthError('invalid_request', 'nonce is missing. It is required where an ID token comes in the front channel.')
  if (responseType !== 'code' && !scope.includes('openid'))
    throw new OAuthError('invalid_request', 'scope must hold openid where an ID token is asked for.')
  return nonce
}

// What is no id and no slug names nobody's: it is refused as a foreign one is, after the sign-in.
const readOrganization = ({ parameters }: CheckInput, scope: readonly string[]): string | undefined => {
  if (!scope.includes(organizationScope)) return undefined
  const named = parameters.get('organization') ?? ''
  if (named === '')
    throw new OAuthError('invalid_request', 'organization is missing. It names the organization that the scope is for, by id or slug.')
  return named
}

const words = (text: string | undefined): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '')

export type Offered = ScopeCatalogue & { readonly isResource: (identifier: string) => boolean }

/** Runs every check in a fixed order; the first that fails refuses the request. */
export const readAuthorizationRequest = (input: CheckInput, redirectUri: RegisteredRedirectUri, offered: Offered): AuthorizationRequest => {
  const { parameters, client } = input
  checkTexts(input)
  checkLengths(input)
  if (parameters.has('registration'))
    throw new OAuthError('registration_not_supported', 'The registration parameter is not supported. Register the client instead.')
  const responseType = readResponseType(input)
  const responseMode = readResponseMode(parameters.get('response_mode'), responseType, client)
  const scope = readScope(input, offered)
  const nonce = readNonce(input, responseType, scope)
  const acrValues = words(parameters.get('acr_values'))
  return {
    clientId: client.id,
    redirectUri,
    responseType,
    responseMode,
    scope,
    nonce,
    codeChallenge: readCodeChallenge(input, responseType),
    state: parameters.get('state'),
    prompt: readPrompt(input),
    maxAge: readMaxAge(input),
    claims: readClaims(input),
    resources: readResources(input, offered.isResource),
    loginHint: parameters.get('login_hint'),
    idTokenHint: parameters.get('id_token_hint'),
    acrValues: acrValues.length > 0 ? acrValues : client.defaultAcrValues,
    uiLocales: words(parameters.get('ui_locales')),
    organization: readOrganization(input, scope),
  }
}

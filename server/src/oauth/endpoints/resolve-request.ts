import type { Client } from '../../clients/clients.ts'
import { sha256 } from '../../platform/digest.ts'
import type { Resolved } from '../authorization.ts'
import type { AuthorizationRequest } from '../core/authorize/authorization-request.ts'
import { OAuthError } from '../core/errors.ts'
import type { Parameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'

export const requestUriPrefix = 'urn:ietf:params:oauth:request_uri:'

/** Of the pushed request nothing of the client's own authentication is kept. */
const authenticationMembers = ['client_secret', 'client_assertion', 'client_assertion_type']

export const withoutAuthentication = (values: ReadonlyMap<string, string>): readonly (readonly [string, string])[] =>
  [...values].filter(([name]) => !authenticationMembers.includes(name))

/** A new request has arrived: its nonce and challenge should be new too. */
export const lookAtFreshValues = (provider: Provider, tenantId: string, { clientId, nonce, codeChallenge }: AuthorizationRequest): void =>
  provider.reused.look({ tenantId, clientId, nonce, codeChallenge })

const repetition = (parsed: Parameters): OAuthError | undefined =>
  parsed.repeated[0] === undefined
    ? undefined
    : new OAuthError('invalid_request', `The parameter ${parsed.repeated[0].slice(0, 64)} was sent more than once.`)

const onlyOutside = (parsed: Parameters, problem?: OAuthError): Resolved => ({
  parameters: parsed.values,
  resources: parsed.resources,
  problem: problem ?? repetition(parsed),
})

const consumePushed = async (
  provider: Provider,
  tenantId: string,
  { parsed, client, uri }: { parsed: Parameters; client: Client; uri: string },
) => {
  const hash = sha256(uri.slice(requestUriPrefix.length))
  const pushed = await provider.stores.pushed.consume(tenantId, { hash, clientId: client.id })
  if (pushed === undefined)
    return onlyOutside(
      parsed,
      new OAuthError('invalid_request_uri', 'The request_uri is unknown, expired, spent or of another client. Push the request again.'),
    )
  // What stands beside request_uri in the front channel counts for nothing (RFC 9126 section 4).
  return { parameters: new Map(pushed.values), resources: pushed.resources }
}

type Given = { readonly parsed: Parameters; readonly client: Client; readonly jwt?: string | undefined; readonly uri?: string | undefined }

const openObject = async (provider: Provider, tenantId: string, { parsed, client, jwt, uri }: Given): Promise<Resolved> => {
  if (uri !== undefined && !client.requestUris.some((one) => one.split('#')[0] === uri.split('#')[0]))
    return onlyOutside(
      parsed,
      new OAuthError('invalid_request_uri', 'This request_uri is not registered for the client. Add it to its request_uris.'),
    )
  const opened = await provider.openRequest(tenantId, client, {
    ...(jwt === undefined ? {} : { jwt }),
    ...(uri === undefined ? {} : { uri }),
  })
  if (opened.kind === 'refused') return onlyOutside(parsed, opened.error)
  if (client.requireSignedRequestObject && !opened.isSigned)
    return onlyOutside(parsed, new OAuthError('invalid_request_object', 'This client must send signed request objects.'))
  // OpenID Connect Core section 6.1: the object wins over what stands beside it; a client that must sign is believed for the object alone.
  const outside = client.requireSignedRequestObject ? [['client_id', client.id] as const] : [...parsed.values]
  const parameters = new Map([...outside.filter(([name]) => name !== 'request' && name !== 'request_uri'), ...opened.parameters])
  const problem = ['client_id', 'response_type']
    .filter((name) => parsed.values.has(name) && opened.parameters.has(name) && parsed.values.get(name) !== opened.parameters.get(name))
    .map((name) => new OAuthError('invalid_request_object', `${name} in the request object differs from the one beside it.`))[0]
  return { parameters, resources: [...new Set([...parsed.resources, ...opened.resources])], problem: problem ?? repetition(parsed) }
}

/** Puts together what the request asks for: plain parameters, a pushed request, or a request object by value or by reference. */
export const resolveRequest = async (provider: Provider, tenantId: string, parsed: Parameters): Promise<Resolved> => {
  const clientId = parsed.values.get('client_id')
  const client = clientId === undefined || clientId.length > 512 ? undefined : await provider.findClient(tenantId, clientId)
  if (client === undefined || parsed.isMalformed) return onlyOutside(parsed)
  const jwt = parsed.values.get('request')
  const uri = parsed.values.get('request_uri')
  if (jwt !== undefined && uri !== undefined)
    return onlyOutside(parsed, new OAuthError('invalid_request', 'request and request_uri exclude each other.'))
  if (uri?.startsWith(requestUriPrefix)) return consumePushed(provider, tenantId, { parsed, client, uri })
  if (client.requirePushedAuthorizationRequests)
    return onlyOutside(parsed, new OAuthError('invalid_request', 'This client must push its authorization requests (RFC 9126).'))
  if (jwt !== undefined || uri !== undefined) return openObject(provider, tenantId, { parsed, client, jwt, uri })
  return client.requireSignedRequestObject
    ? onlyOutside(parsed, new OAuthError('invalid_request', 'This client must send a signed request object (RFC 9101).'))
    : onlyOutside(parsed)
}

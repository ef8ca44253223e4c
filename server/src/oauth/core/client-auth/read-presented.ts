import { splitToken } from '../jwt/split-token.ts'
import { readBasicCredentials } from './basic-credentials.ts'
import type { Presented, Refusal } from './presented.ts'

export type ClientAuthRequest = {
  readonly authorization?: string | undefined
  readonly parameters: ReadonlyMap<string, string>
}

type Read = Presented | { readonly kind: 'unreadable'; readonly error: Refusal['error']; readonly rule: string }

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const unreadable = (error: Refusal['error'], rule: string): Read => ({ kind: 'unreadable', error, rule })

const readBasic = (authorization: string, named: string | undefined): Read => {
  const credentials = readBasicCredentials(authorization)
  if (credentials === undefined)
    return unreadable('invalid_client', 'The Authorization header is not exact HTTP Basic of RFC 6749 section 2.3.1. Encode both parts.')
  return named === undefined || named === credentials.clientId
    ? { kind: 'basic', ...credentials }
    : unreadable('invalid_request', 'client_id in the body differs from that of HTTP Basic. Leave it out of the body.')
}

const readAssertion = (assertion: string, named: string | undefined): Read => {
  const split = splitToken(assertion)
  if (split.kind === 'invalid') return unreadable('invalid_client', split.rule)
  const { iss, sub } = split.token.claims
  // RFC 7523 section 3: for client authentication both name the client.
  if (typeof sub !== 'string' || sub === '' || iss !== sub)
    return unreadable('invalid_client', 'The "iss" and "sub" of the client assertion are not the same client. Set both to the client_id.')
  return named === undefined || named === sub
    ? { kind: 'assertion', clientId: sub, assertion }
    : unreadable('invalid_client', 'client_id differs from the subject of the client assertion. Send the same.')
}

/** Which one way the client chose. Two ways at once are refused, whatever they are worth (RFC 6749 section 2.3). */
export const readPresented = ({ authorization, parameters }: ClientAuthRequest): Read => {
  const named = parameters.get('client_id')
  const secret = parameters.get('client_secret')
  const assertion = parameters.get('client_assertion')
  const type = parameters.get('client_assertion_type')
  const isAsserted = assertion !== undefined || type !== undefined
  if ([authorization !== undefined, secret !== undefined, isAsserted].filter(Boolean).length > 1)
    return unreadable(
      isAsserted ? 'invalid_client' : 'invalid_request',
      'The client authenticates in two ways at once. Use the registered one.',
    )
  if (authorization !== undefined) return readBasic(authorization, named)
  if (isAsserted) {
    if (assertion === undefined || type === undefined)
      return unreadable('invalid_request', 'client_assertion and client_assertion_type belong together. Send both.')
    return type === jwtBearer
      ? readAssertion(assertion, named)
      : unreadable('invalid_client', `client_assertion_type is not supported. Send ${jwtBearer}.`)
  }
  if (named === undefined) return unreadable('invalid_client', 'The request names no client. Authenticate by the registered method.')
  return secret === undefined ? { kind: 'none', clientId: named } : { kind: 'post', clientId: named, secret }
}

import type { AuthenticatingClient } from '../client.ts'
import { isSecretOf } from './check-secret.ts'
import type { ClientAuthMethod } from './client-auth-method.ts'
import { clientAuthMethods } from './client-auth-methods.ts'
import type { ClientAuthPorts } from './client-auth-ports.ts'
import type { Presented, Refusal } from './presented.ts'
import { type ClientAuthRequest, readPresented } from './read-presented.ts'

export type ClientAuthentication<C> = { readonly kind: 'authenticated'; readonly client: C; readonly method: string } | Refusal

const clientIdCharactersMax = 256
const secretCharactersMax = 1024

// One public sentence for each code: an unknown client, a disabled one and a wrong secret answer alike.
const descriptions: Readonly<Record<Refusal['error'], string>> = {
  invalid_client: 'Client authentication failed.',
  invalid_request: 'The client authenticates in more than one way, or incompletely. Use the registered method alone.',
}

const isTooLong = (presented: Presented): boolean =>
  presented.clientId.length > clientIdCharactersMax || ('secret' in presented && presented.secret.length > secretCharactersMax)

const methodOf = (client: AuthenticatingClient, { kind }: Presented): ClientAuthMethod | undefined =>
  (clientAuthMethods as readonly ClientAuthMethod[]).find(({ name, takes }) => name === client.tokenEndpointAuthMethod && takes === kind)

/** Spends the work of a comparison where there is nothing to compare with. */
const workAsIfKnown = <C extends AuthenticatingClient>(presented: Presented, ports: ClientAuthPorts<C>): void => {
  if ('secret' in presented) isSecretOf([], presented.secret, ports)
}

/** Authenticates the client of a request by the method that it registered, and by no other (RFC 6749 section 3.2.1, RFC 9700 section 2.5). */
export const authenticateClient = async <C extends AuthenticatingClient>(
  request: ClientAuthRequest,
  ports: ClientAuthPorts<C>,
): Promise<ClientAuthentication<C>> => {
  const refuse = (error: Refusal['error'], rule: string): Refusal => ({
    kind: 'refused',
    error,
    description: descriptions[error],
    rule,
    usedBasic: request.authorization !== undefined,
  })
  const presented = readPresented(request)
  if (presented.kind === 'unreadable') return refuse(presented.error, presented.rule)
  if (isTooLong(presented)) return refuse('invalid_client', 'The client_id or the client secret is longer than any that is given out.')
  const client = await ports.findClient(presented.clientId)
  const method = client === undefined ? undefined : methodOf(client, presented)
  if (client === undefined || client.id !== presented.clientId || !client.isEnabled || method === undefined) {
    workAsIfKnown(presented, ports)
    return refuse('invalid_client', 'The client is unknown, disabled or registered for another authentication method.')
  }
  const fault = await method.check(client, presented, ports)
  return fault === undefined ? { kind: 'authenticated', client, method: method.name } : refuse('invalid_client', fault)
}

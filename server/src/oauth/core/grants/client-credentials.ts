import type { AuthorizingClient } from '../authorize/authorizing-client.ts'
import { readResources } from '../authorize/requested-resources.ts'
import { standardScopes } from '../authorize/requested-scope.ts'
import { OAuthError } from '../errors.ts'
import { parseScope } from '../scope.ts'
import type { Grant, TokenRequest } from './grant.ts'

const readMachineScope = ({ client, parameters }: TokenRequest, offered: readonly string[]): readonly string[] => {
  const given = parameters.get('scope')
  const asked = given === undefined ? [] : parseScope(given)
  if (asked === undefined) throw new OAuthError('invalid_scope', 'scope is malformed or too long.')
  const personal = asked.find((one) => standardScopes.includes(one) || one === 'account')
  if (personal !== undefined)
    throw new OAuthError('invalid_scope', `The scope ${personal} is about a person, and a client acts for itself here.`)
  const refused = asked.find((one) => (client.scope === undefined ? !offered.includes(one) : !client.scope.includes(one)))
  if (refused !== undefined)
    throw new OAuthError('invalid_scope', 'This client may not ask for one of the scopes. Add it to the scope of the client or of the API.')
  return asked
}

/** RFC 6749 section 4.4: confidential clients only; nothing is stored. */
export const clientCredentials: Grant = async (request, ports) => {
  const { client } = request
  if (client.tokenEndpointAuthMethod === 'none')
    throw new OAuthError('unauthorized_client', 'client_credentials is for clients that can prove who they are.')
  const resources = readResources({ ...request, client: client as AuthorizingClient }, ports.isResource)
  const scope = readMachineScope(request, ports.scopesOf(resources))
  return { grant: undefined, scope, resources, nonce: undefined, hasIdToken: false, refreshToken: undefined }
}

import { Type } from 'typebox'
import { type AnyRoute, clientAuth, route } from '../../http/route.ts'
import { sha256 } from '../../platform/digest.ts'
import { randomText } from '../../platform/random.ts'
import { readRequest } from '../authorization.ts'
import { OAuthError } from '../core/errors.ts'
import type { Parameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import { readForm } from './form-parameters.ts'
import { answering, ErrorBody } from './oauth-reply.ts'
import { lookAtFreshValues, requestUriPrefix, resolveRequest, withoutAuthentication } from './resolve-request.ts'

const ttlSeconds = 60

const Pushed = Type.Object({ request_uri: Type.String(), expires_in: Type.Integer() })

/** Refuses now what the authorization endpoint would refuse later; gives back what is to be kept. */
const check = async (provider: Provider, tenantId: string, { parsed, clientId }: { parsed: Parameters; clientId: string }) => {
  if (parsed.values.has('request_uri')) throw new OAuthError('invalid_request', 'request_uri cannot be pushed (RFC 9126 section 2.1).')
  const values = new Map(withoutAuthentication(parsed.values)).set('client_id', clientId)
  const client = await provider.findClient(tenantId, clientId)
  const pushable = client?.requirePushedAuthorizationRequests ? { ...client, requirePushedAuthorizationRequests: false } : client
  const find = { ...provider, findClient: async () => pushable }
  const resolved = await resolveRequest(find, tenantId, { ...parsed, values })
  const read = await readRequest(provider.authorization, tenantId, resolved)
  if (read.kind === 'delivered') throw read.error
  if (read.kind === 'page') throw new OAuthError('invalid_request', read.problem.description)
  lookAtFreshValues(provider, tenantId, read.request)
  return { values: withoutAuthentication(resolved.parameters), resources: resolved.resources }
}

/** Pushed authorization requests (RFC 9126). */
export const parRoutes = (provider: Provider): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/oauth2/par',
    summary: 'Push an authorization request',
    description: 'RFC 9126. The request_uri lasts 60 seconds and is spent by its first use.',
    tag: 'oauth',
    auth: clientAuth,
    limit: { by: 'address', max: provider.limits.tokens, seconds: 60 },
    audit: { none: 'nothing changes until a person decides; the authorization has its event' },
    isCredential: true,
    failure: 'oauth',
    request: { raw: Type.Object({ client_id: Type.Optional(Type.String()), redirect_uri: Type.Optional(Type.String()) }) },
    responses: { 201: Pushed, 400: ErrorBody, 401: ErrorBody },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const about = { requestId: origin.requestId, events, clientId: undefined as string | undefined }
      return answering(provider, about, async () => {
        const parsed = readForm(body)
        const client = await provider.authenticate(tenantId, { headers, parameters: parsed.values })
        about.clientId = client.id
        const parameters = await check(provider, tenantId, { parsed, clientId: client.id })
        const reference = randomText(32)
        await provider.stores.pushed.push(tenantId, { hash: sha256(reference), clientId: client.id, parameters, ttlSeconds })
        return { status: 201 as const, body: { request_uri: `${requestUriPrefix}${reference}`, expires_in: ttlSeconds } }
      })
    },
  }),
]

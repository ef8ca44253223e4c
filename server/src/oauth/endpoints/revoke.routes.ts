import { Type } from 'typebox'
import type { EventMaker } from '../../events/events.ts'
import { content } from '../../http/content.ts'
import { type AnyRoute, clientAuth, route } from '../../http/route.ts'
import { readRefreshToken } from '../../sessions/sessions.ts'
import { OAuthError } from '../core/errors.ts'
import type { Provider } from '../provider.ts'
import { readForm } from './form-parameters.ts'
import { answering, ErrorBody } from './oauth-reply.ts'

type Asked = { readonly tenantId: string; readonly clientId: string; readonly token: string; readonly events: EventMaker }

const revokeRefreshToken = async (provider: Provider, { tenantId, clientId, token, events }: Asked): Promise<boolean> => {
  const presented = readRefreshToken(provider.keys.refresh, tenantId, token)
  if (presented === undefined) return false
  const event = events.makeConditional({ type: 'grant.revoked', findsUser: true, payload: { reason: 'revoked' } })
  if (await provider.stores.grants.revoke(tenantId, { grantId: presented.grantId, clientId, reason: 'revoked', event })) {
    events.count('grant.revoked')
    provider.views.end(presented.grantId)
  }
  return true
}

const revokeAccessToken = async (provider: Provider, { tenantId, clientId, token, events }: Asked): Promise<void> => {
  const claims = provider.reader.read(token)
  if (claims === undefined || claims.client_id !== clientId) return
  const event = events.makeConditional({ type: 'token.revoked', clientId, payload: {} })
  if (await provider.stores.views.revokeToken(tenantId, { jti: claims.jti, expiresAt: claims.exp, event })) events.count('token.revoked')
  provider.views.end(claims.jti)
}

/** Token revocation (RFC 7009): a refresh token takes its whole grant along; the answer is the same for tokens that are unknown or of others. */
export const revokeRoutes = (provider: Provider): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/oauth2/revoke',
    summary: 'Revoke a token',
    description: 'RFC 7009. A refresh token takes along everything issued from its grant.',
    tag: 'oauth',
    auth: clientAuth,
    limit: { by: 'address', max: provider.limits.tokens, seconds: 60 },
    audit: { none: 'the statement that revokes writes the event where there was something to revoke' },
    isCredential: true,
    cors: 'any',
    failure: 'oauth',
    request: { raw: Type.Object({ token: Type.String(), token_type_hint: Type.Optional(Type.String()) }) },
    responses: { 200: content('application/json; charset=utf-8', { type: 'object' }), 400: ErrorBody, 401: ErrorBody },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const about = { requestId: origin.requestId, clientId: undefined as string | undefined }
      return answering(provider, about, async () => {
        const { values } = readForm(body)
        const client = await provider.authenticate(tenantId, { headers, parameters: values })
        about.clientId = client.id
        const token = values.get('token')
        if (token === undefined) throw new OAuthError('invalid_request', 'token is missing.')
        const asked = { tenantId, clientId: client.id, token, events }
        if (!(await revokeRefreshToken(provider, asked))) await revokeAccessToken(provider, asked)
        return { status: 200 as const, body: '{}' }
      })
    },
  }),
]

import { Type } from 'typebox'
import type { Client } from '../../clients/clients.ts'
import { type AnyRoute, clientAuth, route } from '../../http/route.ts'
import { readRefreshToken } from '../../sessions/sessions.ts'
import { OAuthError } from '../core/errors.ts'
import { admit, isAdmitted, signInOf } from '../organization-request.ts'
import type { Provider } from '../provider.ts'
import { readForm } from './form-parameters.ts'
import { liveToken } from './live-token.ts'
import { answering, ErrorBody } from './oauth-reply.ts'

const Introspected = Type.Object(
  { active: Type.Boolean() },
  { description: 'RFC 7662 section 2.2; nothing but active: false for a token that is not yours.' },
)
const inactive = { active: false }

type Asked = { readonly tenantId: string; readonly client: Client; readonly token: string }

/** A client sees its own tokens; an API that is registered as a client under its identifier sees those that name it as audience. */
const ofAccessToken = async (provider: Provider, { tenantId, client, token }: Asked): Promise<Record<string, unknown> | undefined> => {
  const live = await liveToken(provider, tenantId, token)
  if (live === undefined) return undefined
  const { claims, view } = live
  if (claims.client_id !== client.id && ![claims.aud].flat().includes(client.id)) return undefined
  const { grant_id: _, ...shown } = claims
  // The name is a claim of the profile: whoever may not read it there learns it nowhere (RFC 7662 section 5).
  const username = claims.scope.split(' ').includes('profile') ? view?.person['preferred_username'] : undefined
  return { active: true, token_type: 'Bearer', ...shown, ...(username === undefined ? {} : { username }) }
}

const ofRefreshToken = async (provider: Provider, { tenantId, client, token }: Asked): Promise<Record<string, unknown> | undefined> => {
  const presented = readRefreshToken(provider.keys.refresh, tenantId, token)
  if (presented === undefined) return undefined
  const state = await provider.stores.grants.state(tenantId, presented)
  if (state === undefined || state.clientId !== client.id) return undefined
  // A refresh would be refused: the membership has ended, the organization is suspended, or it demands another sign-in.
  const asked = { tenantId, scope: state.scope, now: provider.now() }
  if (!isAdmitted(await admit(provider.authorization.organizations, asked, signInOf(state)))) return undefined
  // No token_type: RFC 6749 section 5.1 has none for refresh tokens.
  return { active: true, client_id: client.id, scope: state.scope.join(' '), exp: state.expiresAt, iss: provider.issuer }
}

/** Token introspection (RFC 7662). */
export const introspectRoutes = (provider: Provider): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/oauth2/introspect',
    summary: 'Ask whether a token is active',
    tag: 'oauth',
    auth: clientAuth,
    limit: { by: 'address', max: provider.limits.tokens, seconds: 60 },
    audit: { none: 'reads only' },
    isCredential: true,
    failure: 'oauth',
    request: { raw: Type.Object({ token: Type.String(), token_type_hint: Type.Optional(Type.String()) }) },
    responses: { 200: Introspected, 400: ErrorBody, 401: ErrorBody },
    handle: async ({ tenantId, body, headers, origin }) => {
      const about = { requestId: origin.requestId, clientId: undefined as string | undefined }
      return answering(provider, about, async () => {
        const { values } = readForm(body)
        const client = await provider.authenticate(tenantId, { headers, parameters: values })
        about.clientId = client.id
        if (client.tokenEndpointAuthMethod === 'none')
          throw new OAuthError('invalid_client', 'Introspection is for clients that can prove who they are.')
        const token = values.get('token')
        if (token === undefined) throw new OAuthError('invalid_request', 'token is missing.')
        const asked = { tenantId, client, token }
        const answer = (await ofAccessToken(provider, asked)) ?? (await ofRefreshToken(provider, asked)) ?? inactive
        return { status: 200 as const, body: answer as { active: boolean } }
      })
    },
  }),
]

import { Type } from 'typebox'
import { content } from '../../http/content.ts'
import { type AnyRoute, accessTokenAuth, type RawRequest, route } from '../../http/route.ts'
import { signJwt } from '../../keys/keys.ts'
import { parseParameters } from '../core/params.ts'
import { selectClaims, wantsAccess } from '../core/tokens/claims.ts'
import type { Provider } from '../provider.ts'
import { subjectOf } from '../subject.ts'
import { liveToken } from './live-token.ts'
import { ErrorBody } from './oauth-reply.ts'

const UserInfo = Type.Object(
  { sub: Type.String() },
  { description: 'Claims of the person; application/jwt where the client asked for signed answers.' },
)
const mediaType = 'application/json; charset=utf-8'

type Found = { readonly kind: 'token'; readonly token: string } | { readonly kind: 'none' | 'malformed' | 'two' }

// RFC 6750 section 2: by header or in a form, never both, never in the URL.
const findToken = (authorization: string | undefined, { form }: RawRequest): Found => {
  const parsed = parseParameters(form ?? '')
  const inForm = parsed.values.get('access_token')
  if (parsed.repeated.includes('access_token')) return { kind: 'two' }
  if (authorization === undefined) return inForm === undefined ? { kind: 'none' } : { kind: 'token', token: inForm }
  if (inForm !== undefined) return { kind: 'two' }
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization.slice(0, 9000))?.[1]
  return token === undefined ? { kind: 'malformed' } : { kind: 'token', token }
}

const challenge = (error?: string, description?: string): Record<string, string> => ({
  'www-authenticate': error === undefined ? 'Bearer realm="oauth2"' : `Bearer error="${error}", error_description="${description}"`,
})

const refusal = <S extends 400 | 401 | 403>(status: S, error: string, description: string) => ({
  status,
  body: { error, error_description: description },
  headers: challenge(error, description),
})

const answerWith = async (provider: Provider, tenantId: string, token: string) => {
  const live = await liveToken(provider, tenantId, token)
  if (live === undefined) return refusal(401, 'invalid_token', 'The access token is invalid, expired or revoked')
  const { claims, view } = live
  const audience = [claims.aud].flat()
  if (view === undefined || !claims.scope.split(' ').includes('openid') || !audience.includes(provider.issuer))
    return refusal(403, 'insufficient_scope', 'The access token was not issued for user info: ask for the scope openid')
  const client = await provider.findClient(tenantId, claims.client_id)
  if (client === undefined) return refusal(401, 'invalid_token', 'The access token is invalid, expired or revoked')
  const { facts, person } = view
  const scope = claims.scope.split(' ')
  const selection = { scope, requested: facts.claims?.userinfo ?? {}, mappings: await provider.mappings(tenantId) }
  const access = wantsAccess(selection) ? await provider.findAccess(tenantId, { userId: facts.userId }) : undefined
  const chosen = selectClaims(person, selection, access)
  const answer = { ...chosen, sub: subjectOf(provider.keys.subject, client, facts.userId) }
  const algorithm = client.userinfoSignedResponseAlg
  if (algorithm === undefined) return { status: 200 as const, body: JSON.stringify(answer), headers: { 'content-type': mediaType } }
  const signed = signJwt(provider.ring.signer(algorithm), { typ: 'JWT' }, { ...answer, iss: provider.issuer, aud: client.id })
  return { status: 200 as const, body: signed, headers: { 'content-type': 'application/jwt' } }
}

const userinfoRoute = (provider: Provider, method: 'GET' | 'POST'): AnyRoute =>
  route({
    method,
    path: '/oauth2/userinfo',
    summary: 'Claims of the person behind an access token',
    description: 'OpenID Connect Core section 5.3.',
    tag: 'oauth',
    auth: accessTokenAuth('an access token with the scope openid (RFC 6750)'),
    limit: { by: 'address', max: provider.limits.tokens, seconds: 60 },
    audit: { none: 'reads only' },
    isCredential: true,
    cors: 'any',
    failure: 'oauth',
    request: { raw: method === 'GET' ? Type.Object({}) : Type.Object({ access_token: Type.Optional(Type.String()) }) },
    responses: { 200: content('negotiated', UserInfo), 400: ErrorBody, 401: ErrorBody, 403: ErrorBody },
    handle: async ({ tenantId, body, headers }) => {
      const authorization = headers['authorization'] as string | undefined
      const found = findToken(authorization, body)
      if (found.kind === 'none')
        return { status: 401, body: { error: 'invalid_request', error_description: 'An access token is missing' }, headers: challenge() }
      if (found.kind === 'two') return refusal(400, 'invalid_request', 'Send the access token once, in the Authorization header')
      if (found.kind !== 'token') return refusal(401, 'invalid_token', 'The Authorization header holds no bearer token')
      return answerWith(provider, tenantId, found.token)
    },
  })

export const userinfoRoutes = (provider: Provider): readonly AnyRoute[] => [userinfoRoute(provider, 'GET'), userinfoRoute(provider, 'POST')]

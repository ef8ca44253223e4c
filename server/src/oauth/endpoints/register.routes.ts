import { Type } from 'typebox'
import type { Registered, Registration, RegistrationOutcome } from '../../clients/clients.ts'
import { empty } from '../../http/content.ts'
import { type AnyRoute, accessTokenAuth, publicRoute, route } from '../../http/route.ts'
import { ErrorBody } from './oauth-reply.ts'

export type RegisterDeps = {
  readonly registration: Registration
  readonly issuer: string
  /** Makes this process forget the client at once; other nodes learn of a change within a second. */
  readonly forgetClients: () => void
  readonly limits: { readonly register: number; readonly manage: number }
}

const Metadata = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  properties: {
    client_name: { type: 'string' },
    redirect_uris: { type: 'array', items: { type: 'string' } },
    response_types: { type: 'array', items: { type: 'string' } },
    grant_types: { type: 'array', items: { type: 'string' } },
    token_endpoint_auth_method: { type: 'string' },
    jwks_uri: { type: 'string' },
    scope: { type: 'string' },
  },
  additionalProperties: true,
})

const Information = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  properties: {
    client_id: { type: 'string' },
    client_id_issued_at: { type: 'integer' },
    client_secret: { type: 'string' },
    client_secret_expires_at: { type: 'integer' },
    registration_access_token: { type: 'string' },
    registration_client_uri: { type: 'string' },
  },
  required: ['client_id', 'client_id_issued_at', 'registration_access_token', 'registration_client_uri'],
  additionalProperties: true,
})

const path = '/oauth2/register'
const tag = 'oauth'
const common = { tag, isCredential: true, cors: 'any', failure: 'oauth' } as const
const noCache = { pragma: 'no-cache' } as const

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** RFC 6750 section 2.1; undefined where there is no token of that form. */
const tokenOf = ({ authorization }: Headers): string | undefined =>
  typeof authorization === 'string' ? /^bearer +([A-Za-z0-9._~+/-]{1,512}=*) *$/i.exec(authorization)?.[1] : undefined

/** RFC 7591 section 3.2.1, RFC 7592 section 3. A secret is there only in the answer that made it. */
const information = (issuer: string, one: Registered): Readonly<Record<string, unknown>> => ({
  ...one.metadata,
  client_id: one.clientId,
  client_id_issued_at: Math.floor(one.createdAt.getTime() / 1000),
  ...(one.secret === undefined ? {} : { client_secret: one.secret, client_secret_expires_at: 0 }),
  registration_access_token: one.registrationToken,
  registration_client_uri: `${issuer}${path}/${encodeURIComponent(one.clientId)}`,
})

// Which of the two was wrong, the client or its token, is not said (RFC 7592 section 2).
const unauthorized = (token: string | undefined) => ({
  status: 401 as const,
  body: {
    error: 'invalid_token',
    error_description: 'The token is missing, or is not one that allows this. Send it as Authorization: Bearer.',
  },
  headers: { ...noCache, 'www-authenticate': token === undefined ? 'Bearer realm="oauth2"' : 'Bearer error="invalid_token"' },
})

const refusal = (outcome: Exclude<RegistrationOutcome, Registered>, token: string | undefined) => {
  if (outcome.kind === 'unauthorized') return unauthorized(token)
  if (outcome.kind === 'off') {
    const error_description = 'This server does not let clients register themselves. An operator creates them with: cip clients create'
    return { status: 403 as const, body: { error: 'access_denied', error_description }, headers: noCache }
  }
  return { status: 400 as const, body: { error: outcome.error, error_description: outcome.description }, headers: noCache }
}

const register = ({ registration, issuer, limits }: RegisterDeps): AnyRoute =>
  route({
    ...common,
    method: 'POST',
    path,
    summary: 'Register a client',
    description:
      'RFC 7591 and OpenID Connect Dynamic Client Registration 1.0. An operator decides whether it is open or needs an initial access token.',
    auth: publicRoute('whoever registers is no client yet; where the policy asks for it, the handler checks an initial access token'),
    limit: { by: 'address', max: limits.register, seconds: 60 },
    audit: { event: 'client.created' },
    request: { json: Metadata },
    responses: { 201: Information, 400: ErrorBody, 401: ErrorBody, 403: ErrorBody },
    handle: async ({ tenantId, body, headers, events }) => {
      const token = tokenOf(headers)
      const event = (clientId: string) => events.make({ type: 'client.created', clientId, payload: { via: 'registration' } })
      const outcome = await registration.create({ tenantId, token, given: body, event })
      if (outcome.kind !== 'registered') return refusal(outcome, token)
      return { status: 201, body: information(issuer, outcome), headers: noCache }
    },
  })

const management = accessTokenAuth('the registration access token of this client (RFC 7592 section 3)')
const limitOf = ({ limits }: RegisterDeps) => ({ by: 'address', max: limits.manage, seconds: 60 }) as const

const read = (deps: RegisterDeps): AnyRoute =>
  route({
    ...common,
    method: 'GET',
    path: `${path}/:clientId`,
    summary: 'Read the registration of a client',
    description: 'RFC 7592 section 2.1. The secret of the client is not shown again.',
    auth: management,
    limit: limitOf(deps),
    audit: { none: 'reads only' },
    responses: { 200: Information, 400: ErrorBody, 401: ErrorBody, 403: ErrorBody },
    handle: async ({ tenantId, params, headers }) => {
      const token = tokenOf(headers)
      const outcome = await deps.registration.read({ tenantId, clientId: params['clientId'] ?? '', token })
      if (outcome.kind !== 'registered') return refusal(outcome, token)
      return { status: 200, body: information(deps.issuer, outcome), headers: noCache }
    },
  })

const replace = (deps: RegisterDeps): AnyRoute =>
  route({
    ...common,
    method: 'PUT',
    path: `${path}/:clientId`,
    summary: 'Replace the registration of a client',
    description: 'RFC 7592 section 2.2. The answer holds the next registration access token; the one presented is spent.',
    auth: management,
    limit: limitOf(deps),
    audit: { event: 'client.updated' },
    request: { json: Metadata },
    responses: { 200: Information, 400: ErrorBody, 401: ErrorBody, 403: ErrorBody },
    handle: async ({ tenantId, params, body, headers, events }) => {
      const token = tokenOf(headers)
      const event = (clientId: string) => events.make({ type: 'client.updated', clientId, payload: { via: 'registration' } })
      const outcome = await deps.registration.replace({ tenantId, clientId: params['clientId'] ?? '', token, given: body, event })
      if (outcome.kind !== 'registered') return refusal(outcome, token)
      deps.forgetClients()
      return { status: 200, body: information(deps.issuer, outcome), headers: noCache }
    },
  })

const remove = (deps: RegisterDeps): AnyRoute =>
  route({
    ...common,
    method: 'DELETE',
    path: `${path}/:clientId`,
    summary: 'Delete a client with everything granted to it',
    description: 'RFC 7592 section 2.3.',
    auth: management,
    limit: limitOf(deps),
    audit: { event: 'client.deleted' },
    responses: { 204: empty, 401: ErrorBody },
    handle: async ({ tenantId, params, headers, events }) => {
      const token = tokenOf(headers)
      const event = (clientId: string) => events.make({ type: 'client.deleted', clientId, payload: { via: 'registration' } })
      if ((await deps.registration.remove({ tenantId, clientId: params['clientId'] ?? '', token, event })) === 'unauthorized')
        return unauthorized(token)
      deps.forgetClients()
      return { status: 204, body: undefined }
    },
  })

/** Dynamic registration (RFC 7591) and its management by the client (RFC 7592). */
export const registerRoutes = (deps: RegisterDeps): readonly AnyRoute[] => [register, read, replace, remove].map((make) => make(deps))

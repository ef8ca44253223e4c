import { Type } from 'typebox'
import type { Client } from '../../clients/clients.ts'
import type { EventMaker } from '../../events/events.ts'
import { type AnyRoute, clientAuth, route } from '../../http/route.ts'
import { sha256Text } from '../../platform/digest.ts'
import type { Failpoint } from '../../platform/failpoint.ts'
import { readHandle } from '../../platform/handle.ts'
import { printRefreshToken, readRefreshToken } from '../../sessions/sessions.ts'
import { codePrefix } from '../authorization.ts'
import { resourcesToFind } from '../core/authorize/requested-resources.ts'
import { runGrant } from '../core/grants/grants.ts'
import type { GrantPorts } from '../core/ports.ts'
import { devicePrefix } from '../device.ts'
import type { Added } from '../issue.ts'
import type { Provider } from '../provider.ts'
import { readForm } from './form-parameters.ts'
import { answering, ErrorBody } from './oauth-reply.ts'

const TokenForm = Type.Object({
  grant_type: Type.String({
    description: 'authorization_code, refresh_token, client_credentials or urn:ietf:params:oauth:grant-type:device_code',
  }),
  code: Type.Optional(Type.String()),
  redirect_uri: Type.Optional(Type.String()),
  code_verifier: Type.Optional(Type.String()),
  refresh_token: Type.Optional(Type.String()),
  device_code: Type.Optional(Type.String()),
  scope: Type.Optional(Type.String()),
  resource: Type.Optional(Type.String()),
  client_id: Type.Optional(Type.String()),
  client_secret: Type.Optional(Type.String()),
  client_assertion_type: Type.Optional(Type.String()),
  client_assertion: Type.Optional(Type.String()),
})

const Tokens = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer(),
  scope: Type.Optional(Type.String()),
  refresh_token: Type.Optional(Type.String()),
  id_token: Type.Optional(Type.String()),
})

type Exchange = {
  readonly tenantId: string
  readonly client: Client
  readonly events: EventMaker
  /** What the hook said before a refresh token was spent. */
  asked?: Added
}

const redeem =
  ({ stores, views }: Provider, { tenantId, events }: Exchange): GrantPorts['redeemCode'] =>
  async ({ code, clientId }) => {
    const handle = readHandle(codePrefix, code)
    if (handle === undefined) return { kind: 'unknown' }
    const outcome = await stores.grants.redeemCode(tenantId, {
      grantId: handle.id,
      codeHash: handle.hash,
      clientId,
      redeemedEvent: events.makeConditional({ type: 'grant.redeemed', findsUser: true, payload: { by: 'code' } }),
      killedEvent: events.makeConditional({ type: 'grant.revoked', findsUser: true, payload: { reason: 'code-replay' } }),
    })
    if (outcome.kind === 'redeemed') events.count('grant.redeemed')
    if (outcome.kind === 'replayed') views.end(outcome.grantId)
    if (outcome.kind === 'replayed' && outcome.isKilledNow) events.count('grant.revoked')
    return outcome
  }

type Wanted = {
  readonly grantId: string
  readonly counter: number
  readonly scope: readonly string[]
  readonly resources: readonly string[]
}

// A token that was spent for nothing would pass for a stolen one when it comes again: who has a hook pays a read for it.
const askFirst = async ({ stores, tokens }: Provider, exchange: Exchange, { scope, resources, ...presented }: Wanted): Promise<void> => {
  const { tenantId, client } = exchange
  if (!(await tokens.hasHook(tenantId))) return
  const grant = await stores.grants.present(tenantId, { ...presented, clientId: client.id })
  if (grant === undefined) return
  const wanted = { scope: scope.length > 0 ? scope : grant.scope, resources: resources.length > 0 ? resources : grant.resources }
  exchange.asked = await tokens.ask(tenantId, client, { grant, ...wanted })
}

const rotate =
  (provider: Provider, exchange: Exchange): GrantPorts['rotateRefreshToken'] =>
  async ({ refreshToken, clientId, scope, resources }) => {
    const [{ stores, views, keys }, { tenantId, events }] = [provider, exchange]
    const presented = readRefreshToken(keys.refresh, tenantId, refreshToken)
    if (presented === undefined) return { kind: 'refused' }
    await askFirst(provider, exchange, { ...presented, scope, resources })
    const killedEvent = events.makeConditional({ type: 'grant.revoked', findsUser: true, payload: { reason: 'reuse' } })
    const outcome = await stores.grants.rotate(tenantId, { ...presented, clientId, scope, resources, killedEvent })
    if (outcome.kind === 'reused') {
      views.end(outcome.grantId)
      events.count('grant.revoked')
    }
    if (outcome.kind === 'exceeded') return outcome
    if (outcome.kind !== 'rotated') return { kind: outcome.kind }
    const { grant, counter } = outcome
    return { kind: 'rotated', grant, refreshToken: printRefreshToken(keys.refresh, tenantId, { grantId: grant.grantId, counter }) }
  }

const poll =
  ({ stores }: Provider, { tenantId, events }: Exchange): GrantPorts['pollDeviceCode'] =>
  async ({ deviceCode, clientId }) => {
    const handle = readHandle(devicePrefix, deviceCode)
    if (handle === undefined) return { kind: 'unknown' }
    const event = events.makeConditional({ type: 'grant.redeemed', clientId, findsUser: true, payload: { by: 'device_code' } })
    const outcome = await stores.devices.poll(tenantId, { ...handle, clientId, event })
    if (outcome.kind === 'approved') events.count('grant.redeemed')
    return outcome
  }

const kill =
  ({ stores, views }: Provider, { tenantId, events }: Exchange): GrantPorts['killGrant'] =>
  async ({ grant, reason }) => {
    const event = events.makeConditional({
      type: 'grant.revoked',
      findsUser: true,
      payload: { reason: reason === 'scope-withdrawn' ? 'scope-withdrawn' : 'binding' },
    })
    const { grantId, clientId } = grant
    if (await stores.grants.revoke(tenantId, { grantId, clientId, reason, event })) events.count('grant.revoked')
    views.end(grantId)
  }

const portsOf = async (provider: Provider, exchange: Exchange, resources: readonly string[]): Promise<GrantPorts> => {
  const { tenantId } = exchange
  const known = await Promise.all(resourcesToFind(resources).map((one) => provider.findResource(tenantId, one)))
  return {
    redeemCode: redeem(provider, exchange),
    rotateRefreshToken: rotate(provider, exchange),
    pollDeviceCode: poll(provider, exchange),
    killGrant: kill(provider, exchange),
    firstRefreshToken: (grantId) => printRefreshToken(provider.keys.refresh, tenantId, { grantId, counter: 0 }),
    sha256Text,
    isResource: (identifier) => known.some((one) => one?.identifier === identifier),
    scopesOf: () => known.flatMap((one) => one?.scopes ?? []),
  }
}

/** The token endpoint (RFC 6749 section 3.2, OpenID Connect Core section 3.1.3). */
export const tokenRoutes = (provider: Provider, failpoint: Failpoint): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/oauth2/token',
    summary: 'Exchange a grant for tokens',
    description: 'RFC 6749 section 3.2. A code or refresh token that comes a second time ends its grant.',
    tag: 'oauth',
    auth: clientAuth,
    limit: { by: 'address', max: provider.limits.tokens, seconds: 60 },
    audit: { none: 'the statement that spends a code or ends a grant writes its event; a refresh is not audited row by row' },
    isCredential: true,
    cors: 'any',
    failure: 'oauth',
    request: { raw: TokenForm },
    responses: { 200: Tokens, 400: ErrorBody, 401: ErrorBody },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const about = { requestId: origin.requestId, events, clientId: undefined as string | undefined }
      return answering(provider, about, async () => {
        const { values, resources } = readForm(body)
        about.clientId = values.get('client_id')?.slice(0, 128)
        const client = await provider.authenticate(tenantId, { headers, parameters: values })
        about.clientId = client.id
        // Asked before anything is spent: without a key nothing could be issued for it.
        for (const algorithm of ['ES256', client.idTokenSignedResponseAlg] as const) provider.ring.signer(algorithm)
        const exchange: Exchange = { tenantId, client, events }
        const issue = await runGrant({ client, parameters: values, resources }, await portsOf(provider, exchange, resources))
        const answer = await provider.tokens.respond(tenantId, client, { ...issue, added: exchange.asked })
        await failpoint('after-commit-before-response')
        return { status: 200 as const, body: answer, headers: { pragma: 'no-cache' } }
      })
    },
  }),
]

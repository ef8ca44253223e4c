import { Type } from 'typebox'
import type { EventMaker } from '../../events/events.ts'
import { type AnyRoute, browserAuth, type RawRequest, route } from '../../http/route.ts'
import type { Assets } from '../../pages/frame.ts'
import { readRequest } from '../authorization.ts'
import type { PageProblem } from '../authorization-problems.ts'
import { parseParameters } from '../core/params.ts'
import { type Flow, sealFlow } from '../flow.ts'
import { organizationNamed } from '../organization-request.ts'
import type { Provider } from '../provider.ts'
import { advance, openFlow, type Step } from './advance.ts'
import { frameOf, languageReply, redirectReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { lookAtFreshValues, requestUriPrefix, resolveRequest } from './resolve-request.ts'
import { expiredFlow, problemReply, stepReply } from './step-reply.ts'
import { visit } from './visitor.ts'

const text = Type.Optional(Type.String())
const AuthorizationQuery = Type.Object({
  client_id: Type.String(),
  response_type: text,
  redirect_uri: text,
  scope: text,
  state: text,
  nonce: text,
  response_mode: text,
  code_challenge: text,
  code_challenge_method: text,
  prompt: text,
  max_age: text,
  login_hint: text,
  id_token_hint: text,
  acr_values: text,
  claims: text,
  resource: text,
  request: text,
  request_uri: text,
  ui_locales: text,
  display: text,
})

const malformed: PageProblem = {
  code: 'invalid_request',
  description: 'The query is not well-formed, or has more than 100 parameters.',
  hint: 'Encode the parameters as application/x-www-form-urlencoded.',
  reason: 'request-malformed',
  clientId: undefined,
}

type Asked = { readonly tenantId: string; readonly raw: RawRequest; readonly requestId: string | undefined; readonly events: EventMaker }
type Begun = { readonly kind: 'begun'; readonly flow: Flow } | Extract<Step, { kind: 'problem' | 'delivery' }>

/** Takes the request apart and together; a flow begins only for what can be read. */
const begin = async (provider: Provider, { tenantId, raw, requestId, events }: Asked): Promise<Begun> => {
  const parsed = parseParameters([raw.query, raw.form ?? ''].filter((one) => one !== '').join('&'))
  if (parsed.isMalformed) return { kind: 'problem', problem: malformed }
  const resolved = await resolveRequest(provider, tenantId, parsed)
  const read = await readRequest(provider.authorization, tenantId, resolved)
  if (read.kind === 'page') {
    const { clientId, refusedRedirect: redirectUri, code: error, description: rule } = read.problem
    const isKnown = clientId !== undefined && redirectUri !== undefined
    const isTold = isKnown && (await provider.noteRefusedRedirect(events, { tenantId, clientId, redirectUri }))
    provider.explain({ requestId, events: isTold ? undefined : events }, { error, rule, clientId })
    return { kind: 'problem', problem: read.problem }
  }
  if (read.kind === 'delivered') {
    provider.explain({ requestId, events }, { error: read.error.error, rule: read.error.rule, clientId: read.client.id })
    return { kind: 'delivery', delivery: read.delivery }
  }
  // What was pushed was looked at when it was pushed.
  if (!parsed.values.get('request_uri')?.startsWith(requestUriPrefix)) lookAtFreshValues(provider, tenantId, read.request)
  return { kind: 'begun', flow: { parameters: [...resolved.parameters], resources: resolved.resources, startedAt: provider.now() } }
}

const shared = (provider: Provider) =>
  ({
    tag: 'oauth',
    auth: browserAuth('the session of the browser, or nobody yet'),
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { event: 'authorization.granted' },
    isCredential: true,
    cors: 'never',
    failure: 'page',
    responses: pageResponses,
  }) as const

const wishesOf = (flow: Flow) => ({
  uiLocales: new Map(flow.parameters).get('ui_locales')?.split(' ') ?? [],
  organization: organizationNamed(flow),
})

const byGet = (provider: Provider, assets: Assets): AnyRoute =>
  route({
    ...shared(provider),
    method: 'GET',
    path: '/oauth2/authorize',
    summary: 'Ask a person to let an application in',
    description:
      'OpenID Connect Core section 3.1.2. What is wrong with client_id or redirect_uri is told on a page; everything else goes back to the application.',
    request: { raw: AuthorizationQuery },
    audit: {
      none: 'a grant writes authorization.granted in its own statement; most requests end at a page, and client.redirect_refused is bounded',
    },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const { requestId } = origin
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const begun = await begin(provider, { tenantId, raw: body, requestId, events })
      if (begun.kind !== 'begun')
        return stepReply(begun, 302, { frame: await frameOf(provider, assets, { tenantId, headers, body }), requestId })
      const visitor = await visit(provider, tenantId, headers)
      const wishes = { ...wishesOf(begun.flow), person: visitor.sessions[0]?.language }
      const frame = await frameOf(provider, assets, { tenantId, headers, body, ...wishes })
      const step = await advance(provider, { tenantId, flow: begun.flow, visitor, events, requestId })
      return stepReply(step, 302, { frame, requestId })
    },
  })

// A form from another site comes without our cookies: the next request, by GET, brings them.
const byPost = (provider: Provider, assets: Assets): AnyRoute =>
  route({
    ...shared(provider),
    method: 'POST',
    path: '/oauth2/authorize',
    summary: 'The same by POST',
    request: { raw: AuthorizationQuery },
    audit: { none: 'the request is only taken in; the page that follows decides. client.redirect_refused is bounded' },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const { requestId } = origin
      const begun = await begin(provider, { tenantId, raw: body, requestId, events })
      const frame = await frameOf(provider, assets, { tenantId, headers, body })
      if (begun.kind !== 'begun') return stepReply(begun, 303, { frame, requestId })
      const sealed = sealFlow(provider.keys.flow, tenantId, begun.flow)
      if (sealed === undefined)
        return problemReply(
          { ...malformed, description: 'The authorization request is too large.', hint: 'Ask for less at once.', reason: 'request-large' },
          { frame, requestId },
        )
      return redirectReply(303, `${provider.basePath}/interaction/continue?flow=${sealed}`)
    },
  })

const byContinuing = (provider: Provider, assets: Assets): AnyRoute =>
  route({
    ...shared(provider),
    method: 'GET',
    path: '/interaction/continue',
    summary: 'Go on with an authorization request',
    tag: 'pages',
    request: { raw: FlowQuery },
    audit: { none: 'a grant writes authorization.granted in its own statement' },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const { requestId } = origin
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const flow = openFlow(provider, tenantId, parseParameters(body.query).values.get('flow'))
      if (flow === undefined)
        return problemReply(expiredFlow, { frame: await frameOf(provider, assets, { tenantId, headers, body }), requestId })
      const visitor = await visit(provider, tenantId, headers)
      const wishes = { ...wishesOf(flow), person: visitor.sessions[0]?.language }
      const frame = await frameOf(provider, assets, { tenantId, headers, body, ...wishes })
      return stepReply(await advance(provider, { tenantId, flow, visitor, events, requestId }), 303, { frame, requestId })
    },
  })

export const authorizeRoutes = (provider: Provider, assets: Assets): readonly AnyRoute[] => [
  byGet(provider, assets),
  byPost(provider, assets),
  byContinuing(provider, assets),
]

import { Type } from 'typebox'
import type { Client } from '../../clients/clients.ts'
import type { EventMaker, EventRow } from '../../events/events.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import { logoutPage } from '../../pages/logout-page.ts'
import { signedOutPage } from '../../pages/signed-out-page.ts'
import type { BrowserSession } from '../../sessions/sessions.ts'
import { parseParameters } from '../core/params.ts'
import { readIdTokenHint } from '../id-token-hint.ts'
import { continueUrlOf, frontChannelUrl, type LogoutRequest } from '../logout.ts'
import { accountName } from '../person.ts'
import type { Provider } from '../provider.ts'
import { sealState, unsealState } from '../sealed-state.ts'
import { subjectOf } from '../subject.ts'
import { cardOf, frameOf, languageReply, pageReply, redirectReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { expiredFlow, problemReply } from './step-reply.ts'
import { formToken, isOwnForm, signedOutCookie, type Visitor, visit } from './visitor.ts'

const path = '/interaction/logout'
const kind = 'logout-request'

/** Ends a session with all that hangs on it: the account API's logout is the same statement. */
export type EndSession = (tenantId: string, input: { sessionId: string; reason: string; event: EventRow }) => Promise<unknown>

type Asked = { readonly tenantId: string; readonly parameters: ReadonlyMap<string, string>; readonly isRepeated: boolean }

const hintOf = (provider: Provider, parameters: ReadonlyMap<string, string>) => {
  const token = parameters.get('id_token_hint')
  return token === undefined ? undefined : readIdTokenHint(provider.ring, provider.issuer, token)
}

/** Checks what was asked for. A hint that is not ours, or of another client than the one named, vouches for nothing. */
const readLogout = async (provider: Provider, { tenantId, parameters, isRepeated }: Asked): Promise<LogoutRequest> => {
  const hint = hintOf(provider, parameters)
  const named = parameters.get('client_id')
  const isContradiction = (hint !== undefined && named !== undefined && hint.clientId !== named) || isRepeated
  const isBadHint = parameters.has('id_token_hint') && hint === undefined
  const clientId = isContradiction || isBadHint ? undefined : (hint?.clientId ?? named)
  const client = clientId === undefined ? undefined : await provider.findClient(tenantId, clientId)
  const wanted = parameters.get('post_logout_redirect_uri')
  const continueUrl = continueUrlOf(client, wanted, parameters.get('state')?.slice(0, 4096))
  return {
    clientId: client?.id,
    continueUrl,
    isNotReturning: wanted !== undefined && continueUrl === undefined,
    sid: clientId === undefined ? undefined : hint?.sid,
    sub: clientId === undefined ? undefined : hint?.sub,
    accountHint: parameters.get('logout_hint')?.slice(0, 512),
    uiLocales: parameters.get('ui_locales')?.slice(0, 256).split(' ') ?? [],
  }
}

type Situation = { readonly tenantId: string; readonly logout: LogoutRequest; readonly visitor: Visitor; readonly frame: Frame }

const isMeant = ({ id, username, email }: BrowserSession, hint: string | undefined): boolean =>
  hint !== undefined && [id, username, email].includes(hint)

/** The session to end: the one that the ID token or logout_hint tells of, otherwise the one in front. The page says whose it is. */
const sessionOf = ({ logout, visitor }: Pick<Situation, 'logout' | 'visitor'>, provider: Provider, client: Client | undefined) =>
  visitor.sessions.find(({ id }) => id === logout.sid) ??
  visitor.sessions.find(({ userId }) => client !== undefined && subjectOf(provider.keys.subject, client, userId) === logout.sub) ??
  visitor.sessions.find((one) => isMeant(one, logout.accountHint)) ??
  visitor.sessions[0]

const signedOut = (
  situation: Pick<Situation, 'frame'>,
  model: { client?: Client | undefined; continueUrl?: string | undefined; isSignedOut: boolean },
) =>
  pageReply(
    200,
    signedOutPage({
      ...situation.frame,
      client: model.client && cardOf(model.client, situation.frame),
      continueUrl: model.continueUrl,
      frames: [],
      isSignedOut: model.isSignedOut,
    }),
  )

const show = async (
  provider: Provider,
  { sealed, status = 200, ...situation }: Situation & { readonly sealed: string; readonly status?: 200 | 403 },
) => {
  const { tenantId, logout, visitor, frame } = situation
  const client = logout.clientId === undefined ? undefined : await provider.findClient(tenantId, logout.clientId)
  const session = sessionOf(situation, provider, client)
  if (session === undefined)
    return logout.continueUrl === undefined ? signedOut(situation, { client, isSignedOut: true }) : redirectReply(303, logout.continueUrl)
  const form = { purpose: 'logout', flow: sealed, session: session.id }
  const body = logoutPage({
    ...frame,
    client: client && cardOf(client, frame),
    account: accountName(session),
    action: provider.basePath + path,
    hidden: { flow: sealed, session: session.id, form_token: formToken(provider, visitor, form) },
    notice: logout.isNotReturning ? 'not-returning' : undefined,
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

// The frames are found anew for the page: with many applications their addresses would not fit into the address of the page.
type Ended = {
  readonly continueUrl: string | undefined
  readonly sessionId: string | undefined
  readonly clientId: string | undefined
  readonly language: string | null
}

const framesOf = async (provider: Provider, tenantId: string, sessionId: string): Promise<readonly string[]> => {
  const ids = await provider.stores.sessionClients.clientsOf(tenantId, sessionId)
  const clients = await Promise.all(ids.map((id) => provider.findClient(tenantId, id)))
  return clients.flatMap((client) => (client?.isEnabled ? (frontChannelUrl(client, provider.issuer, sessionId) ?? []) : []))
}

const end = async (
  provider: Provider,
  situation: Situation,
  { session, deps, events }: { session: BrowserSession; deps: LogoutDeps; events: EventMaker },
) => {
  const { tenantId, logout, visitor } = situation
  const frames = await framesOf(provider, tenantId, session.id)
  const { id: sessionId, userId } = session
  const event = events.make({ type: 'session.ended', userId, sessionId, clientId: logout.clientId, payload: { reason: 'logout' } })
  await deps.endSession(tenantId, { sessionId, reason: 'logout', event })
  deps.announceEnd(sessionId)
  const cookies = [signedOutCookie(provider, visitor, [session.id])]
  if (frames.length === 0 && logout.continueUrl !== undefined) return redirectReply(303, logout.continueUrl, cookies)
  const ended: Ended = { continueUrl: logout.continueUrl, sessionId, clientId: logout.clientId, language: session.language }
  const sealed = sealState(provider.keys.flow, { kind: 'logout-result', tenantId }, ended)
  return redirectReply(303, `${provider.basePath}/interaction/signed-out?flow=${sealed ?? ''}`, cookies)
}

export type LogoutDeps = { readonly endSession: EndSession; readonly announceEnd: (sessionId: string) => void }

const shared = {
  auth: browserAuth('the session that ends, or nobody'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const
const text = Type.Optional(Type.String())
const LogoutQuery = Type.Object({
  id_token_hint: text,
  client_id: text,
  post_logout_redirect_uri: text,
  state: text,
  logout_hint: text,
  ui_locales: text,
})

const requested = (provider: Provider, assets: Assets, method: 'GET' | 'POST'): AnyRoute =>
  route({
    ...shared,
    method,
    path: '/oauth2/logout',
    summary: method === 'GET' ? 'Sign out at the request of an application' : 'The same by POST',
    description:
      'OpenID Connect RP-Initiated Logout 1.0. A page asks the person; only a registered post_logout_redirect_uri is returned to.',
    tag: 'oauth',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'nothing ends before the person confirms it' },
    request: { raw: LogoutQuery },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const parsed = parseParameters([body.query, body.form ?? ''].filter((one) => one !== '').join('&'))
      const { values: parameters } = parsed
      const isRepeated = parsed.isMalformed || parsed.repeated.length > 0
      const logout = await readLogout(provider, { tenantId, parameters, isRepeated })
      const request = { tenantId, headers, body, uiLocales: logout.uiLocales }
      const sealed = sealState(provider.keys.flow, { kind, tenantId }, logout)
      if (sealed === undefined)
        return problemReply(expiredFlow, { frame: await frameOf(provider, assets, request), requestId: origin.requestId })
      if (logout.isNotReturning)
        provider.explain(
          { requestId: origin.requestId, events },
          {
            error: 'invalid_request',
            rule: 'post_logout_redirect_uri is not registered for the client, or no valid id_token_hint or client_id names the client.',
            clientId: logout.clientId,
          },
        )
      // A form from another site comes without our cookies: the next request, by GET, brings them.
      if (method === 'POST') return redirectReply(303, `${provider.basePath}${path}?flow=${sealed}`)
      const visitor = await visit(provider, tenantId, headers)
      const frame = await frameOf(provider, assets, { ...request, person: visitor.sessions[0]?.language })
      return show(provider, { tenantId, logout, visitor, frame, sealed })
    },
  })

const confirmation = (provider: Provider, assets: Assets): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'The page that asks whether to sign out',
    tag: 'pages',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ flow: Type.String() }) },
    handle: async ({ tenantId, body, headers, origin }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const sealed = parseParameters(body.query).values.get('flow')
      const logout = unsealState<LogoutRequest>(provider.keys.flow, { kind, tenantId }, sealed)
      const visitor = await visit(provider, tenantId, headers)
      const person = visitor.sessions[0]?.language
      const frame = await frameOf(provider, assets, { tenantId, headers, body, uiLocales: logout?.uiLocales, person })
      if (logout === undefined || sealed === undefined) return problemReply(expiredFlow, { frame, requestId: origin.requestId })
      return show(provider, { tenantId, logout, visitor, frame, sealed })
    },
  })

const confirmed = (provider: Provider, assets: Assets, deps: LogoutDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Sign out on the page',
    tag: 'pages',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { event: 'session.ended' },
    request: { raw: Type.Object({ flow: Type.String(), session: Type.String(), form_token: Type.String(), decision: Type.String() }) },
    handle: async ({ tenantId, body, headers, origin, events }) => {
      const fields = parseParameters(body.form ?? '').values
      const sealed = fields.get('flow') ?? ''
      const logout = unsealState<LogoutRequest>(provider.keys.flow, { kind, tenantId }, sealed)
      const query = `flow=${encodeURIComponent(sealed)}`
      const visitor = await visit(provider, tenantId, headers)
      const person = visitor.sessions[0]?.language
      const frame = await frameOf(provider, assets, { tenantId, headers, body, query, uiLocales: logout?.uiLocales, person })
      if (logout === undefined) return problemReply(expiredFlow, { frame, requestId: origin.requestId })
      const situation = { tenantId, logout, visitor, frame }
      const form = { purpose: 'logout', flow: sealed, session: fields.get('session') }
      const session = visitor.sessions.find(({ id }) => id === fields.get('session'))
      const isOwn = isOwnForm(provider, visitor, { form, token: fields.get('form_token'), headers })
      if (!isOwn || session === undefined) return show(provider, { ...situation, sealed, status: 403 })
      if (fields.get('decision') === 'logout') return end(provider, situation, { session, deps, events })
      return redirectReply(303, `${provider.basePath}/interaction/signed-out?stayed=true`)
    },
  })

const result = (provider: Provider, assets: Assets): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/interaction/signed-out',
    summary: 'The page after signing out',
    tag: 'pages',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ flow: text, stayed: text }) },
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const { values } = parseParameters(body.query)
      const ended = unsealState<Ended>(provider.keys.flow, { kind: 'logout-result', tenantId }, values.get('flow'))
      const hasStayed = values.get('stayed') === 'true'
      const person = hasStayed ? (await visit(provider, tenantId, headers)).sessions[0]?.language : ended?.language
      const frame = await frameOf(provider, assets, { tenantId, headers, body, person })
      if (hasStayed) return signedOut({ frame }, { isSignedOut: false })
      if (ended === undefined) return signedOut({ frame }, { isSignedOut: true })
      const client = ended.clientId === undefined ? undefined : await provider.findClient(tenantId, ended.clientId)
      const { continueUrl, sessionId } = ended
      const frames = sessionId === undefined ? [] : await framesOf(provider, tenantId, sessionId)
      const html = signedOutPage({ ...frame, client: client && cardOf(client, frame), continueUrl, frames, isSignedOut: true })
      const reply = pageReply(200, html, { frames: [...new Set(frames.map((one) => new URL(one).origin))] })
      return { ...reply, headers: { ...reply.headers, 'clear-site-data': '"cache"' } }
    },
  })

/** Signing out: at the request of an application, confirmed by the person, told to every application of the session. */
export const logoutRoutes = (provider: Provider, assets: Assets, deps: LogoutDeps): readonly AnyRoute[] => [
  requested(provider, assets, 'GET'),
  requested(provider, assets, 'POST'),
  confirmation(provider, assets),
  confirmed(provider, assets, deps),
  result(provider, assets),
]

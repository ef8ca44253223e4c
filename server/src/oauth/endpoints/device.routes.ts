import { Type } from 'typebox'
import type { EventMaker } from '../../events/events.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import { deviceConfirmPage } from '../../pages/device-confirm-page.ts'
import { deviceDonePage } from '../../pages/device-done-page.ts'
import { devicePage } from '../../pages/device-page.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import { scopesInWords } from '../../pages/scope-words.ts'
import { newId } from '../../platform/ids.ts'
import { acrOf, type BrowserSession } from '../../sessions/sessions.ts'
import { isRefreshable } from '../core/grants/refreshable.ts'
import { parseParameters } from '../core/params.ts'
import { readUserCode, showUserCode } from '../device.ts'
import { sealFlow } from '../flow.ts'
import { accountName } from '../person.ts'
import type { Provider } from '../provider.ts'
import { sealState, unsealState } from '../sealed-state.ts'
import type { DeviceClaim } from '../store/device-codes.store.ts'
import { pageAddress } from './advance.ts'
import { cardOf, frameOf, languageReply, pageReply, redirectReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { formToken, isOwnForm, type Visitor, visit } from './visitor.ts'

const path = '/device'
const decisionPath = '/interaction/device'

type Situation = { readonly tenantId: string; readonly frame: Frame; readonly visitor: Visitor; readonly session: BrowserSession }
type Problem = 'unknown' | 'expired' | 'used'

const ask = (
  provider: Provider,
  { frame, visitor }: Situation,
  { userCode, problem }: { userCode?: string | undefined; problem?: Problem },
) => {
  const hidden = { form_token: formToken(provider, visitor, { purpose: 'device', flow: '' }) }
  const body = devicePage({ ...frame, action: provider.basePath + path, hidden, userCode, problem })
  return pageReply(problem === undefined ? 200 : 422, body, { cookies: visitor.cookies })
}

type Held = Extract<DeviceClaim, { kind: 'held' }>

const confirm = async (provider: Provider, situation: Situation, { held, userCode }: { held: Held; userCode: string }) => {
  const { tenantId, frame, visitor, session } = situation
  const client = await provider.findClient(tenantId, held.clientId)
  if (client === undefined) return ask(provider, situation, { userCode: showUserCode(userCode), problem: 'unknown' })
  const form = { purpose: 'device-decision', flow: userCode, session: session.id }
  const body = deviceConfirmPage({
    ...frame,
    client: cardOf(client, frame),
    account: accountName(session),
    action: provider.basePath + decisionPath,
    hidden: { user_code: userCode, session: session.id, form_token: formToken(provider, visitor, form) },
    userCode: showUserCode(userCode),
    scopes: scopesInWords(held.scope, frame.lang),
  })
  return pageReply(200, body, { cookies: visitor.cookies })
}

/** Claims the code for the session and shows what it asks for: from now on nobody else can decide on it. */
const claim = async (provider: Provider, situation: Situation, typed: string) => {
  const userCode = readUserCode(typed)
  if (userCode === undefined) return ask(provider, situation, { userCode: typed.slice(0, 32), problem: 'unknown' })
  const claimed = await provider.stores.devices.claim(situation.tenantId, { userCode, sessionId: situation.session.id })
  return claimed.kind === 'held'
    ? confirm(provider, situation, { held: claimed, userCode })
    : ask(provider, situation, { userCode: showUserCode(userCode), problem: claimed.kind })
}

type Result = { readonly isApproved: boolean; readonly clientId: string | undefined; readonly language: string | null }

const resultKind = 'device-result'

// The page after a decision has an address of its own: to load it again, as in another language, decides nothing.
const toResult = (provider: Provider, tenantId: string, result: Result) =>
  redirectReply(303, `${provider.basePath}${decisionPath}?result=${sealState(provider.keys.flow, { kind: resultKind, tenantId }, result)}`)

const decide = async (
  provider: Provider,
  situation: Situation,
  { userCode, isAllowed, events }: { userCode: string; isAllowed: boolean; events: EventMaker },
) => {
  const { tenantId, session } = situation
  const claimed = await provider.stores.devices.claim(tenantId, { userCode, sessionId: session.id })
  if (claimed.kind !== 'held') return ask(provider, situation, { userCode: showUserCode(userCode), problem: claimed.kind })
  const client = await provider.findClient(tenantId, claimed.clientId)
  const about = { userId: session.userId, sessionId: session.id, clientId: claimed.clientId }
  if (!isAllowed || client === undefined) {
    const event = events.make({ type: 'authorization.refused', ...about, payload: { at: 'device' } })
    await provider.stores.devices.deny(tenantId, { id: claimed.id, sessionId: session.id, event })
    return toResult(provider, tenantId, { isApproved: false, clientId: client?.id, language: session.language })
  }
  const event = events.make({ type: 'authorization.granted', ...about, payload: { scope: claimed.scope.join(' '), consented: true } })
  const isOffline = isRefreshable(client, claimed.scope) && claimed.scope.includes('offline_access')
  const decision = { id: claimed.id, sessionId: session.id, grantId: newId(), isOffline, acr: acrOf(session.amr), event }
  const isDone = await provider.stores.devices.approve(tenantId, decision)
  if (!isDone) return ask(provider, situation, { userCode: showUserCode(userCode), problem: 'used' })
  return toResult(provider, tenantId, { isApproved: true, clientId: client.id, language: session.language })
}

const shared = {
  tag: 'pages',
  auth: browserAuth('the session that claims the code'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

const toSignIn = (provider: Provider, tenantId: string, { userCode, cookies }: { userCode: string; cookies: readonly string[] }) => {
  const flow = { parameters: [], resources: [], startedAt: provider.now(), device: { userCode: userCode.slice(0, 32) } }
  return redirectReply(303, pageAddress(provider, 'sign-in', sealFlow(provider.keys.flow, tenantId, flow) ?? ''), cookies)
}

const entry = (provider: Provider, assets: Assets, method: 'GET' | 'POST'): AnyRoute =>
  route({
    ...shared,
    method,
    path,
    summary: method === 'GET' ? 'The page where a device is connected' : 'Give the code that the device shows',
    description: 'RFC 8628 section 3.3.',
    limit: { by: 'address', max: method === 'GET' ? provider.limits.pages : provider.limits.userCodes, seconds: 60 },
    audit: { none: 'a claim decides nothing; the decision has its event' },
    request: { raw: Type.Object({ user_code: Type.Optional(Type.String()), form_token: Type.Optional(Type.String()) }) },
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const { values } = parseParameters(method === 'GET' ? body.query : (body.form ?? ''))
      const userCode = values.get('user_code')
      const visitor = await visit(provider, tenantId, headers)
      const [session] = visitor.sessions
      if (session === undefined) return toSignIn(provider, tenantId, { userCode: userCode ?? '', cookies: visitor.cookies })
      const query = userCode === undefined ? '' : `user_code=${encodeURIComponent(userCode.slice(0, 32))}`
      const frame = await frameOf(provider, assets, { tenantId, headers, body, query, person: session.language })
      const situation = { tenantId, frame, visitor, session }
      if (method === 'GET') return ask(provider, situation, { userCode: userCode?.slice(0, 32) })
      const isOwn = isOwnForm(provider, visitor, { form: { purpose: 'device', flow: '' }, token: values.get('form_token'), headers })
      return isOwn ? claim(provider, situation, userCode ?? '') : ask(provider, situation, { userCode: userCode?.slice(0, 32) })
    },
  })

const decision = (provider: Provider, assets: Assets): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: decisionPath,
    summary: 'Allow or refuse a device',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { event: ['authorization.granted', 'authorization.refused'] },
    request: { raw: Type.Object({ user_code: Type.String(), session: Type.String(), form_token: Type.String(), decision: Type.String() }) },
    handle: async ({ tenantId, body, headers, events }) => {
      const { values } = parseParameters(body.form ?? '')
      const visitor = await visit(provider, tenantId, headers)
      const userCode = readUserCode(values.get('user_code'))
      const session = visitor.sessions.find(({ id }) => id === values.get('session'))
      const form = { purpose: 'device-decision', flow: userCode ?? '', session: values.get('session') }
      const isOwn = isOwnForm(provider, visitor, { form, token: values.get('form_token'), headers })
      if (!isOwn || session === undefined || userCode === undefined) return redirectReply(303, provider.basePath + path)
      const frame = await frameOf(provider, assets, { tenantId, headers, body, person: session.language })
      const situation = { tenantId, frame, visitor, session }
      return decide(provider, situation, { userCode, isAllowed: values.get('decision') === 'allow', events })
    },
  })

const result = (provider: Provider, assets: Assets): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: decisionPath,
    summary: 'The page after a decision on a device',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ result: Type.String() }) },
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const sealed = parseParameters(body.query).values.get('result')
      const done = unsealState<Result>(provider.keys.flow, { kind: resultKind, tenantId }, sealed)
      if (done === undefined) return redirectReply(303, provider.basePath + path)
      const frame = await frameOf(provider, assets, { tenantId, headers, body, person: done.language })
      const client = done.clientId === undefined ? undefined : await provider.findClient(tenantId, done.clientId)
      return pageReply(200, deviceDonePage({ ...frame, isApproved: done.isApproved, client: client && cardOf(client, frame) }))
    },
  })

/** Connecting a device: the code, what it asks for, the decision of the session that claimed it. */
export const deviceRoutes = (provider: Provider, assets: Assets): readonly AnyRoute[] => [
  entry(provider, assets, 'GET'),
  entry(provider, assets, 'POST'),
  decision(provider, assets),
  result(provider, assets),
]

import { Type } from 'typebox'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import { firstPasskeyPage } from '../../pages/first-run-page.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import { outcomePage } from '../../pages/outcome-page.ts'
import { parseParameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import {
  type Coming,
  enteringAt,
  type FirstPasskey,
  firstPasskeyPath as path,
  readFirstPasskey,
  sealFirstPasskey,
  welcome,
} from './first-run.ts'
import { frameOf, languageReply, pageReply, redirectReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { passkeyAnswerOf } from './passkey-entry.ts'
import { browserHash, formToken, isOwnForm, type Visitor, visit } from './visitor.ts'

const formOf = (sealed: string) => ({ purpose: 'first-run-passkey', flow: sealed })

type At = {
  readonly tenantId: string
  readonly state: FirstPasskey
  readonly doors: Doors
  readonly frame: Frame
  readonly visitor: Visitor
}

const gone = (frame: Frame) => pageReply(400, outcomePage({ ...frame, kind: 'link-gone' }))

/** Back to the form that asks for a password, with the names that were typed. */
const passwordUrl = (provider: Provider, { tenantId, state }: At): string =>
  `${provider.basePath}/first-run?token=${encodeURIComponent(state.token)}&draft=${sealFirstPasskey(provider, tenantId, state)}`

const draw = async (provider: Provider, at: At, { isRefused = false }: { isRefused?: boolean } = {}) => {
  const { tenantId, state, doors, frame, visitor } = at
  const { token, username, userId } = state
  if (!(await doors.firstAdministrator.isClaimOpen(tenantId, token))) return gone(frame)
  const begun = await doors.firstAdministrator.beginPasskey(tenantId, { userId, username, browser: browserHash(visitor) })
  if (begun === undefined) return redirectReply(303, passwordUrl(provider, at), visitor.cookies)
  const sealed = sealFirstPasskey(provider, tenantId, state)
  const body = firstPasskeyPage({
    ...frame,
    action: provider.basePath + path,
    hidden: { state: sealed, form_token: formToken(provider, visitor, formOf(sealed)) },
    account: username,
    passkey: { options: begun.options, token: begun.challenge, use: 'create' },
    isRefused,
    passwordUrl: passwordUrl(provider, at),
  })
  return pageReply(isRefused ? 422 : 200, body, { cookies: visitor.cookies })
}

const claim = async (provider: Provider, at: At, { fields, ...coming }: Coming & { readonly fields: ReadonlyMap<string, string> }) => {
  const { tenantId, state, doors, frame, visitor } = at
  const { token, username, email, userId } = state
  const outcome = await doors.firstAdministrator.claimWithPasskey(tenantId, {
    ...{ token, userId, input: { username, email }, events: coming.events, browser: browserHash(visitor) },
    ...{ challenge: fields.get('passkey_token') ?? '', answer: passkeyAnswerOf(fields) },
  })
  if (outcome === 'gone') return gone(frame)
  if (outcome === 'refused') return draw(provider, at, { isRefused: true })
  // Somebody has taken a name meanwhile: the form says so when it is sent again.
  if (outcome.kind !== 'registered') return redirectReply(303, passwordUrl(provider, at), visitor.cookies)
  const person = await doors.people.byId(tenantId, outcome.userId)
  if (person === undefined) return welcome(provider, at, undefined)
  const { entering, secret } = enteringAt(at, coming)
  return welcome(provider, at, { entry: await doors.enter({ ...entering, person, methods: ['passkey'] }), secret })
}

const shared = {
  path,
  tag: 'pages',
  auth: browserAuth('whoever reads the terminal of the first start'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

const text = Type.String()

/** The page that makes the passkey of the first administrator, in the place of a password. */
export const firstRunPasskeyRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The page that makes the passkey of the first administrator',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ state: text }) },
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const state = readFirstPasskey(provider, tenantId, parseParameters(body.query).values.get('state'))
      const frame = await frameOf(provider, assets, { tenantId, headers, body })
      if (state === undefined) return gone(frame)
      return draw(provider, { tenantId, state, doors, frame, visitor: await visit(provider, tenantId, headers) })
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Make the first administrator with a passkey',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { event: 'administrator.claimed' },
    request: { raw: Type.Object({ state: text, form_token: text, passkey_token: text, passkey_answer: text }) },
    handle: async ({ tenantId, body, headers, origin, events }) => {
      const fields = parseParameters(body.form ?? '').values
      const sealed = fields.get('state') ?? ''
      const state = readFirstPasskey(provider, tenantId, sealed)
      const frame = await frameOf(provider, assets, { tenantId, headers, body, query: `state=${encodeURIComponent(sealed)}` })
      const visitor = await visit(provider, tenantId, headers)
      const isOwn = isOwnForm(provider, visitor, { form: formOf(sealed), token: fields.get('form_token'), headers })
      if (state === undefined || !isOwn) return gone(frame)
      return claim(provider, { tenantId, state, doors, frame, visitor }, { origin, events, fields })
    },
  }),
]

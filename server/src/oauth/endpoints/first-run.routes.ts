import { Type } from 'typebox'
import { normalizePassword } from '../../credentials/password/password.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import { type FirstRunModel, firstRunPage } from '../../pages/first-run-page.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import { outcomePage } from '../../pages/outcome-page.ts'
import { newId } from '../../platform/ids.ts'
import { parseParameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import { type Coming, enteringAt, firstPasskeyAddress, readFirstPasskey, welcome } from './first-run.ts'
import { frameOf, languageReply, pageReply, redirectReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { readAccountForm, type SignUpProblems, signUpProblems } from './sign-up-problems.ts'
import { formToken, isOwnForm, type Visitor, visit } from './visitor.ts'

const path = '/first-run'
const formOf = (token: string) => ({ purpose: 'first-run', flow: token })

type At = {
  readonly tenantId: string
  readonly token: string
  readonly doors: Doors
  readonly frame: Frame
  readonly visitor: Visitor
  readonly fields: ReadonlyMap<string, string>
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

const gone = (frame: Frame) => pageReply(400, outcomePage({ ...frame, kind: 'link-gone' }))

const hiddenOf = (provider: Provider, { token, visitor }: At) => ({ token, form_token: formToken(provider, visitor, formOf(token)) })

/** Browsers know no passkeys of an address of numbers; the same page under the name of this machine does. */
const passkeyWay = async (provider: Provider, { doors, tenantId, headers, token }: At): Promise<FirstRunModel['passkey']> => {
  if ((await doors.factors.passkeys(tenantId)) === undefined) return undefined
  if (!/^(?:127\.0\.0\.1|\[::1\])(?::|$)/.test(String(headers['host'] ?? ''))) return 'offered'
  const { port } = new URL(provider.issuer)
  return { at: `http://localhost${port && `:${port}`}${provider.basePath}${path}?token=${encodeURIComponent(token)}` }
}

const draw = async (
  provider: Provider,
  at: At,
  { problems = {}, status = 200 }: { problems?: SignUpProblems; status?: 200 | 422 } = {},
) => {
  const { frame, visitor, fields } = at
  const body = firstRunPage({
    ...frame,
    action: provider.basePath + path,
    hidden: hiddenOf(provider, at),
    values: { username: fields.get('username'), email: fields.get('email') },
    problems,
    passkey: await passkeyWay(provider, at),
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

const refuse = (provider: Provider, at: At, outcome: Parameters<typeof signUpProblems>[1]) =>
  draw(provider, at, { problems: signUpProblems(at.frame.lang, outcome), status: 422 })

const claim = async (provider: Provider, at: At, coming: Coming) => {
  const { tenantId, token, doors, frame, fields } = at
  const { input } = readAccountForm(fields, [])
  const outcome = await doors.firstAdministrator.claim(tenantId, { token, input, events: coming.events })
  if (outcome === 'gone') return gone(frame)
  if (outcome.kind !== 'registered') return refuse(provider, at, outcome)
  const password = normalizePassword(input.password)
  if (password.kind === 'refused') return welcome(provider, at, undefined)
  const { entering, secret } = enteringAt(at, coming)
  const entry = await doors.signIn({ ...entering, name: input.username, secret: password.secret })
  return welcome(provider, at, { entry, secret })
}

/** Names first: the device shows them beside the passkey that it makes, on the next page. */
const toPasskey = async (provider: Provider, at: At) => {
  const { tenantId, token, doors, frame, visitor, fields } = at
  if (!(await doors.firstAdministrator.isClaimOpen(tenantId, token))) return gone(frame)
  const { username, email } = readAccountForm(fields, []).input
  const refused = await doors.firstAdministrator.refuseNames(tenantId, { username, email })
  if (refused !== undefined) return refuse(provider, at, refused)
  return redirectReply(303, firstPasskeyAddress(provider, tenantId, { token, username, email, userId: newId() }), visitor.cookies)
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
const FirstRunForm = Type.Object({
  ...{ token: text, form_token: text, username: text, email: text },
  password: Type.Optional(text),
  action: Type.Optional(Type.String({ description: 'password, or passkey in the place of one' })),
})

/** The page that makes the first administrator: its link is printed at the start, works once within a day, and never again afterwards. */
export const firstRunRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The page that makes the first administrator',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ token: text, draft: Type.Optional(Type.String({ description: 'the names that were typed before' })) }) },
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const query = parseParameters(body.query).values
      const draft = readFirstPasskey(provider, tenantId, query.get('draft'))
      const token = query.get('token') ?? ''
      const frame = await frameOf(provider, assets, { tenantId, headers, body })
      if (!(await doors.firstAdministrator.isClaimOpen(tenantId, token))) return gone(frame)
      const visitor = await visit(provider, tenantId, headers)
      const fields = new Map(draft?.token === token ? [['username', draft.username] as const, ['email', draft.email] as const] : [])
      return draw(provider, { tenantId, token, doors, frame, visitor, fields, headers })
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Make the first administrator',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { event: 'administrator.claimed' },
    request: { raw: FirstRunForm },
    handle: async ({ tenantId, body, headers, origin, events }) => {
      const fields = parseParameters(body.form ?? '').values
      const token = fields.get('token') ?? ''
      const query = `token=${encodeURIComponent(token)}`
      const frame = await frameOf(provider, assets, { tenantId, headers, body, query })
      const visitor = await visit(provider, tenantId, headers)
      if (!isOwnForm(provider, visitor, { form: formOf(token), token: fields.get('form_token'), headers })) return gone(frame)
      const at = { tenantId, token, doors, frame, visitor, fields, headers }
      return fields.get('action') === 'passkey' ? toPasskey(provider, at) : claim(provider, at, { origin, events })
    },
  }),
]

import { Type } from 'typebox'
import { normalizePassword } from '../../credentials/password/password.ts'
import type { EventMaker } from '../../events/events.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import { firstRunPage, nextStepsPage } from '../../pages/first-run-page.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import { outcomePage } from '../../pages/outcome-page.ts'
import { printSession } from '../../sessions/sessions.ts'
import { parseParameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import { browserDoor } from './entrance.ts'
import { frameOf, languageReply, pageReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { type SignUpProblems, signUpProblems } from './sign-up-problems.ts'
import { formToken, isOwnForm, signedInCookie, type Visitor, visit } from './visitor.ts'

const path = '/first-run'
const formOf = (token: string) => ({ purpose: 'first-run', flow: token })
const names = ['username', 'email', 'password'] as const

type Drawing = { readonly frame: Frame; readonly visitor: Visitor; readonly token: string }

const gone = (frame: Frame) => pageReply(400, outcomePage({ ...frame, kind: 'link-gone' }))

const draw = (
  provider: Provider,
  { frame, visitor, token }: Drawing,
  { values = {}, problems = {}, status = 200 }: { values?: Partial<Record<string, string>>; problems?: SignUpProblems; status?: 200 | 422 },
) => {
  const body = firstRunPage({
    ...frame,
    action: provider.basePath + path,
    hidden: { token, form_token: formToken(provider, visitor, formOf(token)) },
    values: { username: values['username'], email: values['email'] },
    problems,
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

type Claiming = Drawing & {
  readonly tenantId: string
  readonly values: Readonly<Record<(typeof names)[number], string>>
  readonly origin: { readonly ip: string; readonly userAgent?: string | undefined }
  readonly events: EventMaker
}

const signIn = async (provider: Provider, doors: Doors, { tenantId, values, visitor, origin, events }: Claiming) => {
  const password = normalizePassword(values.password)
  if (password.kind === 'refused') return []
  const { door, secret } = browserDoor(visitor)
  const entering = { tenantId, clientId: 'hosted-pages', scope: '', browser: door, origin, events }
  const outcome = await doors.signIn({ ...entering, name: values.username, secret: password.secret })
  if (outcome.kind !== 'signed-in') return []
  return [signedInCookie(provider, visitor, { text: printSession(outcome.sessionId, secret), replaced: [] })]
}

const claim = async (provider: Provider, doors: Doors, claiming: Claiming) => {
  const { tenantId, token, values, frame, events } = claiming
  const outcome = await doors.claim(tenantId, { token, input: values, events })
  if (outcome === 'gone') return gone(frame)
  if (outcome.kind !== 'registered') return draw(provider, claiming, { values, problems: signUpProblems(frame.lang, outcome), status: 422 })
  const cookies = await signIn(provider, doors, claiming)
  const urls = { issuer: provider.issuer, accountUrl: `${provider.basePath}/account`, documentationUrl: '/docs' }
  return pageReply(200, nextStepsPage({ ...frame, ...urls }), { cookies: [...claiming.visitor.cookies, ...cookies] })
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

/** The page that makes the first administrator: its link is printed at the start, works once within a day, and never again afterwards. */
export const firstRunRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The page that makes the first administrator',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ token: text }) },
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const token = parseParameters(body.query).values.get('token') ?? ''
      const frame = await frameOf(provider, assets, { tenantId, headers, body })
      if (!(await doors.isClaimOpen(tenantId, token))) return gone(frame)
      return draw(provider, { frame, visitor: await visit(provider, tenantId, headers), token }, {})
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Make the first administrator',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { event: 'administrator.claimed' },
    request: { raw: Type.Object({ token: text, form_token: text, username: text, email: text, password: text }) },
    handle: async ({ tenantId, body, headers, origin, events }) => {
      const fields = parseParameters(body.form ?? '').values
      const token = fields.get('token') ?? ''
      const query = `token=${encodeURIComponent(token)}`
      const frame = await frameOf(provider, assets, { tenantId, headers, body, query })
      const visitor = await visit(provider, tenantId, headers)
      if (!isOwnForm(provider, visitor, { form: formOf(token), token: fields.get('form_token'), headers })) return gone(frame)
      const values = { username: fields.get('username') ?? '', email: fields.get('email') ?? '', password: fields.get('password') ?? '' }
      return claim(provider, doors, { frame, visitor, token, tenantId, values, origin, events })
    },
  }),
]

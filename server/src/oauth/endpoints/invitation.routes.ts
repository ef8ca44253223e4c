import { Type } from 'typebox'
import type { EventMaker } from '../../events/events.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import { outcomePage } from '../../pages/outcome-page.ts'
import { invitationPage, joinPage } from '../../pages/sign-up-page.ts'
import type { OpenInvitation } from '../../users/users.ts'
import { parseParameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import type { Guest } from './entrance.ts'
import { wayToAccount } from './interaction.ts'
import { askToVerify, enterAsNew } from './new-account.ts'
import { brandAt, frameOf, languageReply, pageReply, redirectReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { attributeFields, readAccountForm, type SignUpProblems, signUpProblems } from './sign-up-problems.ts'
import { formToken, isOwnForm, type Visitor, visit } from './visitor.ts'

const path = '/invitation'
const formOf = (token: string) => ({ purpose: 'invitation', flow: token })

type At = {
  readonly tenantId: string
  readonly token: string
  readonly doors: Doors
  readonly frame: Frame
  readonly visitor: Visitor
  readonly fields: ReadonlyMap<string, string>
}

const gone = (frame: Frame) => pageReply(400, outcomePage({ ...frame, kind: 'link-gone' }))

/** The person of this browser who can join by one button; undefined where an account is to be made, or somebody else is here. */
const joinerOf = async ({ tenantId, doors, visitor }: At, { id, organization }: OpenInvitation) => {
  if (organization === undefined || visitor.sessions.length === 0) return undefined
  const userIds = visitor.sessions.map(({ userId }) => userId)
  const userId = await doors.newcomers.invitedOf(tenantId, { id, userIds })
  return visitor.sessions.find((session) => session.userId === userId)
}

const targetOf = (provider: Provider, { token, visitor }: At) => ({
  action: provider.basePath + path,
  hidden: { token, form_token: formToken(provider, visitor, formOf(token)) },
})

const draw = async (provider: Provider, at: At, { invited, problems = {} }: { invited: OpenInvitation; problems?: SignUpProblems }) => {
  const { tenantId, doors, visitor, fields } = at
  const { organization, organizationId } = invited
  const frame = { ...at.frame, brand: await brandAt(provider, tenantId, organizationId) }
  const joiner = await joinerOf(at, invited)
  if (joiner !== undefined && organization !== undefined) {
    const name = joiner.username ?? joiner.email ?? ''
    return pageReply(200, joinPage({ ...frame, ...targetOf(provider, at), organization, name }), { cookies: visitor.cookies })
  }
  const asked = await doors.newcomers.fields(tenantId)
  const body = invitationPage({
    ...frame,
    ...targetOf(provider, at),
    joining: organization === undefined ? undefined : { organization, signInUrl: `${provider.basePath}/account` },
    values: { username: fields.get('username') ?? invited.username, email: invited.email },
    problems,
    attributes: attributeFields(asked, { fields, problems }),
  })
  return pageReply(Object.keys(problems).length === 0 ? 200 : 422, body, { cookies: visitor.cookies })
}

type Origin = { readonly ip: string; readonly userAgent?: string | undefined; readonly requestId?: string | undefined }

const accept = async (provider: Provider, at: At, { origin, events }: { origin: Origin; events: EventMaker }) => {
  const { tenantId, token, doors, frame, visitor, fields } = at
  const invited = await doors.newcomers.invitation(tenantId, token)
  if (invited === undefined) return gone(frame)
  const joiner = await joinerOf(at, invited)
  if (joiner !== undefined) {
    const isJoined = await doors.newcomers.join(tenantId, { id: invited.id, userId: joiner.userId, events })
    const joined = outcomePage({ ...frame, kind: 'joined', continueUrl: `${provider.basePath}/account` })
    return isJoined ? pageReply(200, joined, { cookies: visitor.cookies }) : gone(frame)
  }
  const asked = await doors.newcomers.fields(tenantId)
  const { input, attributes } = readAccountForm(fields, asked)
  const outcome = await doors.newcomers.accept(tenantId, { token, input, attributes, events })
  if (outcome === 'gone') return gone(frame)
  if (outcome.kind !== 'registered') return draw(provider, at, { invited, problems: signUpProblems(frame.lang, outcome, asked) })
  const interaction = wayToAccount(provider, { tenantId, visitor, frame, events, requestId: origin.requestId })
  const guest: Guest = { doors, ip: origin.ip, userAgent: origin.userAgent }
  // The link of the mail has proved the address; one that the operator passed on has not.
  if (!invited.isMailed) await askToVerify(guest, interaction, outcome)
  const entered = await enterAsNew(provider, interaction, { guest, input })
  // The account is there: whoever cannot be signed in at once does so at the portal.
  return entered ?? redirectReply(303, `${provider.basePath}/account`, visitor.cookies)
}

const shared = {
  path,
  tag: 'pages',
  auth: browserAuth('whoever has the link of an invitation'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

const text = Type.String()

/** The page behind the link of an invitation: opening it spends nothing, the form makes the account. */
export const invitationRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The page behind the link of an invitation',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: Type.Object({ token: text }) },
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const token = parseParameters(body.query).values.get('token') ?? ''
      const frame = await frameOf(provider, assets, { tenantId, headers, body })
      const invited = await doors.newcomers.invitation(tenantId, token)
      if (invited === undefined) return gone(frame)
      const visitor = await visit(provider, tenantId, headers)
      return draw(provider, { tenantId, token, doors, frame, visitor, fields: new Map() }, { invited })
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Make the account that an invitation is for',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { event: ['user.registered', 'organization_invitation.accepted'] },
    request: { raw: Type.Object({ token: text, form_token: text, username: text, password: text }) },
    handle: async ({ tenantId, body, headers, origin, events }) => {
      const fields = parseParameters(body.form ?? '').values
      const token = fields.get('token') ?? ''
      const query = `token=${encodeURIComponent(token)}`
      const frame = await frameOf(provider, assets, { tenantId, headers, body, query })
      const visitor = await visit(provider, tenantId, headers)
      if (!isOwnForm(provider, visitor, { form: formOf(token), token: fields.get('form_token'), headers })) return gone(frame)
      return accept(provider, { tenantId, token, doors, frame, visitor, fields }, { origin, events })
    },
  }),
]

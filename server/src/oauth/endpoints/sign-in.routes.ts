import { Type } from 'typebox'
import { normalizePassword } from '../../credentials/password/password.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { SignIn } from '../../login/login.ts'
import type { Assets } from '../../pages/frame.ts'
import { signInPage } from '../../pages/sign-in-page.ts'
import { newHandleSecret } from '../../platform/handle.ts'
import { newId } from '../../platform/ids.ts'
import { type BrowserSession, printSession } from '../../sessions/sessions.ts'
import type { Provider } from '../provider.ts'
import { advance, deny, isRead, pageAddress, reread, type Step } from './advance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { cardOf, pageReply, redirectReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { stepReply } from './step-reply.ts'
import { formToken, isOwnForm, signedInCookie } from './visitor.ts'

const path = '/interaction/sign-in'

type Shown = Extract<Step, { kind: 'page' }>
type Problem = {
  readonly status?: 200 | 403 | 422 | 429
  readonly problem?: 'incorrect' | 'limited' | 'incomplete' | 'expired'
  readonly retryAfterSeconds?: number
}

const purposeOf = (sealed: string) => ({ purpose: 'sign-in', flow: sealed })

/** Whether a person who is signed in already wants to sign in as somebody else. */
const isOther = (fields: ReadonlyMap<string, string>): boolean => fields.get('as') === 'other'

const draw = (
  provider: Provider,
  { frame, visitor, fields, sealed }: Interaction,
  { step, problem = {} }: { step: Shown; problem?: Problem },
) => {
  const { client, request, isReauthentication, session } = step
  const body = signInPage({
    ...frame,
    client: client && cardOf(client),
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)), ...(isOther(fields) ? { as: 'other' } : {}) },
    username: fields.get('username') ?? (isReauthentication ? (session?.username ?? session?.email ?? undefined) : request?.loginHint),
    problem: problem.problem,
    retryAfterSeconds: problem.retryAfterSeconds,
    reason: isOther(fields) ? 'second-account' : isReauthentication ? 'reauthentication' : undefined,
    signUpUrl: client === undefined ? undefined : pageAddress(provider, 'sign-up', sealed),
  })
  const reply = pageReply(problem.status ?? 200, body, { cookies: visitor.cookies })
  return problem.retryAfterSeconds === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'retry-after': String(Math.ceil(problem.retryAfterSeconds)) } }
}

/** The page again, with what went wrong; or what has come next meanwhile. */
const again = async (provider: Provider, interaction: Interaction, problem: Problem) => {
  const step = await advance(provider, interaction.journey)
  const { frame, requestId } = interaction
  const isHere = step.kind === 'page' && (step.page === 'sign-in' || problem.problem !== undefined || isOther(interaction.fields))
  return isHere ? draw(provider, interaction, { step, problem }) : stepReply(step, 303, { frame, requestId })
}

export type SignInDeps = { readonly signIn: SignIn; readonly ip: string; readonly userAgent: string | undefined }
type Credentials = { readonly name: string; readonly password: string }
type Entered =
  | { readonly kind: 'signed-in'; readonly session: BrowserSession; readonly cookie: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'limited'; readonly retryAfterSeconds: number }

/** Signs in and makes the cookie of the session that began or was renewed. */
export const enter = async (
  provider: Provider,
  { visitor, journey }: Pick<Interaction, 'visitor' | 'journey'>,
  { deps, credentials }: { deps: SignInDeps; credentials: Credentials },
): Promise<Entered> => {
  const { tenantId, events } = journey
  const password = normalizePassword(credentials.password)
  if (password.kind === 'refused') return { kind: 'refused' }
  const { secret, hash } = newHandleSecret()
  const outcome = await deps.signIn({
    tenantId,
    name: credentials.name,
    secret: password.secret,
    clientId: 'hosted-pages',
    scope: '',
    browser: { sessionId: newId(), secretHash: hash, renews: visitor.sessions.map(({ id }) => id) },
    origin: { ip: deps.ip, userAgent: deps.userAgent },
    events,
  })
  if (outcome.kind !== 'signed-in') return outcome
  const { sessionId } = outcome
  const found = (await provider.findSessions(tenantId, [sessionId]))[0]
  if (found === undefined) return { kind: 'refused' }
  // The same person's session was renewed, or a new one stands beside those of others.
  const replaced = visitor.sessions.filter((one) => one.userId === found.userId).map(({ id }) => id)
  return {
    kind: 'signed-in',
    session: found,
    cookie: signedInCookie(provider, visitor, { text: printSession(sessionId, secret), replaced }),
  }
}

/** The journey of somebody who has just proved who they are. */
export const goOnAs = async (
  provider: Provider,
  { journey, visitor, frame, requestId }: Interaction,
  entered: Extract<Entered, { kind: 'signed-in' }>,
) => {
  const { session, cookie } = entered
  const others = visitor.sessions.filter((one) => one.userId !== session.userId)
  const flow = { ...journey.flow, signedIn: { sessionId: session.id, at: provider.now() }, chosen: undefined }
  const step = await advance(provider, { ...journey, flow, visitor: { sessions: [session, ...others] } })
  return stepReply(step, 303, { frame, requestId, cookies: [cookie] })
}

export const cancel = async (provider: Provider, { journey, frame, requestId }: Interaction) => {
  if (journey.flow.device !== undefined) return redirectReply(303, `${provider.basePath}/device`)
  const read = await reread(provider, journey)
  if (!isRead(read)) return stepReply(read, 303, { frame, requestId })
  const refused = journey.events.make({ type: 'authorization.refused', clientId: read.client.id, payload: { at: 'sign-in' } })
  await provider.authorization.store.note([refused])
  const denied = deny(provider, journey, { read, error: 'access_denied', description: 'The person cancelled the sign-in.' })
  return stepReply(denied, 303, { frame, requestId })
}

const submit = async (provider: Provider, interaction: Interaction, { deps, isOwn }: { deps: SignInDeps; isOwn: boolean }) => {
  const { fields } = interaction
  if (!isOwn) return again(provider, interaction, { status: 403, problem: 'expired' })
  if (fields.get('action') === 'cancel') return cancel(provider, interaction)
  const name = fields.get('username')
  const password = fields.get('password')
  if (name === undefined || password === undefined || name.length > 1024)
    return again(provider, interaction, { status: 422, problem: 'incomplete' })
  const entered = await enter(provider, interaction, { deps, credentials: { name, password } })
  if (entered.kind === 'limited')
    return again(provider, interaction, { status: 429, problem: 'limited', retryAfterSeconds: entered.retryAfterSeconds })
  if (entered.kind === 'refused') return again(provider, interaction, { status: 422, problem: 'incorrect' })
  return goOnAs(provider, interaction, entered)
}

const shared = {
  path,
  tag: 'pages',
  auth: browserAuth('a person who signs in'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

const SignInForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  as: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
  password: Type.Optional(Type.String()),
  action: Type.Optional(Type.String({ description: 'sign-in or cancel' })),
})

/** The sign-in page: a plain form, answered by 303. */
export const signInRoutes = (provider: Provider, assets: Assets, signIn: SignIn): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The sign-in page',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only; a request that needs no page any more is granted by the statement that writes its event' },
    request: { raw: FlowQuery },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      return opened.kind === 'answered' ? opened.reply : again(provider, opened.interaction, {})
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Sign in on the page',
    limit: { by: 'address', max: provider.limits.signIn, seconds: 60 },
    audit: { event: ['sign_in.succeeded', 'sign_in.refused', 'authorization.refused'] },
    request: { raw: SignInForm },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      const { interaction } = opened
      const { headers, origin } = context
      const token = interaction.fields.get('form_token')
      const isOwn = isOwnForm(provider, interaction.visitor, { form: purposeOf(interaction.sealed), token, headers })
      return submit(provider, interaction, { deps: { signIn, ip: origin.ip, userAgent: origin.userAgent }, isOwn })
    },
  }),
]

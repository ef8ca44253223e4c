import { Type } from 'typebox'
import { normalizePassword } from '../../credentials/password/password.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors, SignInOutcome } from '../../login/login.ts'
import type { Assets } from '../../pages/frame.ts'
import { signInPage } from '../../pages/sign-in-page.ts'
import type { Provider } from '../provider.ts'
import { advance, pageAddress, type Step } from './advance.ts'
import { sendSignInCode } from './code-entry.ts'
import { cancel, type Guest, passwordRequest, settle } from './entrance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { cardOf, pageReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { stepReply } from './step-reply.ts'
import { formToken, isOwnForm } from './visitor.ts'

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
    resetUrl: pageAddress(provider, 'reset', sealed),
    hasMailCode: true,
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

const problemOf = (outcome: Extract<SignInOutcome, { kind: 'refused' | 'limited' }>): Problem =>
  outcome.kind === 'limited'
    ? { status: 429, problem: 'limited', retryAfterSeconds: outcome.retryAfterSeconds }
    : { status: 422, problem: 'incorrect' }

/** By password: in, or on to the step that is due. */
const enterByPassword = async (
  provider: Provider,
  interaction: Interaction,
  { guest, name, password }: { guest: Guest; name: string; password: string },
) => {
  const normal = normalizePassword(password)
  if (normal.kind === 'refused') return again(provider, interaction, { status: 422, problem: 'incorrect' })
  const { request, secret } = await passwordRequest(provider, interaction, guest)
  const outcome = await guest.doors.signIn({ ...request, name, secret: normal.secret })
  if (outcome.kind === 'refused' || outcome.kind === 'limited') return again(provider, interaction, problemOf(outcome))
  return (
    (await settle(provider, interaction, { entry: outcome, secret })) ?? again(provider, interaction, { status: 422, problem: 'incorrect' })
  )
}

const submit = async (provider: Provider, interaction: Interaction, { guest, isOwn }: { guest: Guest; isOwn: boolean }) => {
  const { fields } = interaction
  if (!isOwn) return again(provider, interaction, { status: 403, problem: 'expired' })
  const action = fields.get('action')
  if (action === 'cancel') return cancel(provider, interaction)
  const name = fields.get('username')
  const password = fields.get('password')
  if (name === undefined || name === '' || name.length > 1024) return again(provider, interaction, { status: 422, problem: 'incomplete' })
  if (action === 'mail-code') return sendSignInCode(provider, interaction, { guest, name })
  if (password === undefined) return again(provider, interaction, { status: 422, problem: 'incomplete' })
  return enterByPassword(provider, interaction, { guest, name, password })
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
  action: Type.Optional(Type.String({ description: 'sign-in, mail-code or cancel' })),
})

/** The sign-in page: a plain form, answered by 303. */
export const signInRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] => [
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
    audit: { event: ['sign_in.succeeded', 'sign_in.refused', 'authorization.refused', 'proof.sent'] },
    request: { raw: SignInForm },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      const { interaction } = opened
      const { headers, origin } = context
      const token = interaction.fields.get('form_token')
      const isOwn = isOwnForm(provider, interaction.visitor, { form: purposeOf(interaction.sealed), token, headers })
      return submit(provider, interaction, { guest: { doors, ip: origin.ip, userAgent: origin.userAgent }, isOwn })
    },
  }),
]

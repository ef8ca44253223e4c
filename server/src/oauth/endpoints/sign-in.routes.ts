import { Type } from 'typebox'
import { normalizePassword } from '../../credentials/password/password.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors, SignInOutcome } from '../../login/login.ts'
import type { Assets } from '../../pages/frame.ts'
import { signInPage } from '../../pages/sign-in-page.ts'
import { isForClient } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { advance, pageAddress, type Step } from './advance.ts'
import { sendSignInCode } from './code-entry.ts'
import { cancel, enterWith, type Guest, passwordRequest, settle } from './entrance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { cardOf, pageReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { askForPasskey, passkeyOwner } from './passkey-entry.ts'
import { stepReply } from './step-reply.ts'
import { formToken, isOwnForm } from './visitor.ts'

const path = '/interaction/sign-in'

type Shown = Extract<Step, { kind: 'page' }>
type Problem = {
  readonly status?: 200 | 403 | 422 | 429
  readonly problem?: 'incorrect' | 'limited' | 'incomplete' | 'expired' | 'passkey'
  readonly retryAfterSeconds?: number
}

const purposeOf = (sealed: string) => ({ purpose: 'sign-in', flow: sealed })

/** Whether a person who is signed in already wants to sign in as somebody else. */
const isOther = (fields: ReadonlyMap<string, string>): boolean => fields.get('as') === 'other'

const draw = async (
  provider: Provider,
  { frame, visitor, fields, sealed, journey }: Interaction,
  { step, doors, problem = {} }: { step: Shown; doors: Doors; problem?: Problem },
) => {
  const policy = await doors.progression.policyOf(journey.tenantId)
  const { client, request, isReauthentication, session } = step
  const body = signInPage({
    ...frame,
    client: client && cardOf(client, frame),
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)), ...(isOther(fields) ? { as: 'other' } : {}) },
    username: fields.get('username') ?? (isReauthentication ? (session?.username ?? session?.email ?? undefined) : request?.loginHint),
    problem: problem.problem,
    retryAfterSeconds: problem.retryAfterSeconds,
    reason: isOther(fields) ? 'second-account' : isReauthentication ? 'reauthentication' : undefined,
    resetUrl: pageAddress(provider, 'reset', sealed),
    hasMailCode: policy.methods['email-code'],
    passkey: await askForPasskey(doors, journey.tenantId, { purpose: 'sign-in', visitor }),
    signUpUrl: client === undefined || policy.signUp !== 'open' ? undefined : pageAddress(provider, 'sign-up', sealed),
  })
  const reply = pageReply(problem.status ?? 200, body, { cookies: visitor.cookies })
  return problem.retryAfterSeconds === undefined
    ? reply
    : { ...reply, headers: { ...reply.headers, 'retry-after': String(Math.ceil(problem.retryAfterSeconds)) } }
}

/** The page again, with what went wrong; or what has come next meanwhile. */
const again = async (provider: Provider, interaction: Interaction, { doors, ...problem }: Problem & { readonly doors: Doors }) => {
  const step = await advance(provider, interaction.journey)
  const { frame, requestId } = interaction
  const isHere = step.kind === 'page' && (step.page === 'sign-in' || problem.problem !== undefined || isOther(interaction.fields))
  return isHere ? draw(provider, interaction, { step, doors, problem }) : stepReply(step, 303, { frame, requestId })
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
  const { doors } = guest
  const incorrect = { doors, status: 422, problem: 'incorrect' } as const
  const normal = normalizePassword(password)
  if (normal.kind === 'refused') return again(provider, interaction, incorrect)
  const { request, secret } = await passwordRequest(provider, interaction, guest)
  const outcome = await doors.signIn({ ...request, name, secret: normal.secret })
  if (outcome.kind === 'refused' || outcome.kind === 'limited') return again(provider, interaction, { doors, ...problemOf(outcome) })
  const settled = await settle(provider, interaction, { entry: outcome, secret, offersPasskey: await mayOfferPasskey(interaction, doors) })
  return settled ?? again(provider, interaction, incorrect)
}

/** Whether this browser can make passkeys that work here, and nobody at it has said that they want none. */
const mayOfferPasskey = async ({ fields, visitor, journey, flow }: Interaction, doors: Doors): Promise<boolean> =>
  isForClient(flow) &&
  !visitor.hasDeclined &&
  ['yes', 'conditional'].includes(fields.get('webauthn') ?? '') &&
  (await doors.factors.passkeys(journey.tenantId)) !== undefined

/** By passkey, with no name typed: the authenticator says whose it is. */
const enterByPasskey = async (provider: Provider, interaction: Interaction, guest: Guest) => {
  const { doors } = guest
  const owner = await passkeyOwner(interaction, guest, { purpose: 'sign-in' })
  const entered = owner && (await enterWith(provider, interaction, { guest, proved: { userId: owner.userId, methods: ['passkey'] } }))
  if (entered !== undefined) return entered
  const { events } = interaction.journey
  await provider.authorization.store.note([events.make({ type: 'sign_in.refused', userId: owner?.userId, payload: { reason: 'passkey' } })])
  return again(provider, interaction, { doors, status: 422, problem: 'passkey' })
}

const submit = async (provider: Provider, interaction: Interaction, { guest, isOwn }: { guest: Guest; isOwn: boolean }) => {
  const { fields } = interaction
  if (!isOwn) return again(provider, interaction, { doors: guest.doors, status: 403, problem: 'expired' })
  const action = fields.get('action')
  if (action === 'cancel') return cancel(provider, interaction)
  if (action === 'passkey') return enterByPasskey(provider, interaction, guest)
  const name = fields.get('username')
  const password = fields.get('password')
  if (name === undefined || name === '' || name.length > 1024)
    return again(provider, interaction, { doors: guest.doors, status: 422, problem: 'incomplete' })
  if (action === 'mail-code') return sendSignInCode(provider, interaction, { guest, name })
  if (password === undefined) return again(provider, interaction, { doors: guest.doors, status: 422, problem: 'incomplete' })
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
  passkey_token: Type.Optional(Type.String()),
  passkey_answer: Type.Optional(Type.String()),
  webauthn: Type.Optional(Type.String({ description: 'yes or conditional, where the browser can make passkeys' })),
  action: Type.Optional(Type.String({ description: 'sign-in, mail-code, passkey or cancel' })),
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
      return opened.kind === 'answered' ? opened.reply : again(provider, opened.interaction, { doors })
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

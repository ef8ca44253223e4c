import { Type } from 'typebox'
import { normalizePassword } from '../../credentials/password/password.ts'
import type { AnyRoute } from '../../http/route.ts'
import type { Doors, SignInOutcome } from '../../login/login.ts'
import type { Assets } from '../../pages/frame.ts'
import { isForClient } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { advance } from './advance.ts'
import { sendSignInCode } from './code-entry.ts'
import { drawSignIn, isOther, type SignInProblem, signInAddress, signInForm, signInPath, usualWay } from './draw-sign-in.ts'
import { cancel, enterWith, type Guest, passwordRequest, settle } from './entrance.ts'
import { flowPage } from './flow-page.routes.ts'
import type { Interaction } from './interaction.ts'
import { rememberWay } from './known-ways.ts'
import { policyAt } from './organization-rules.ts'
import { redirectReply } from './page-reply.ts'
import { passkeyOwner } from './passkey-entry.ts'
import { signInWays } from './sign-in-ways.ts'
import { stepReply } from './step-reply.ts'

/** The page again, with what went wrong; or what has come next meanwhile. */
const again = async (provider: Provider, interaction: Interaction, { doors, ...problem }: SignInProblem & { readonly doors: Doors }) => {
  const step = await advance(provider, interaction.journey)
  const { frame, requestId } = interaction
  const isHere = step.kind === 'page' && (step.page === 'sign-in' || problem.problem !== undefined || isOther(interaction.fields))
  return isHere ? drawSignIn(provider, interaction, { step, doors, problem }) : stepReply(step, 303, { frame, requestId })
}

const problemOf = (outcome: Extract<SignInOutcome, { kind: 'refused' | 'limited' }>): SignInProblem =>
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
  const known = { doors, names: [name], methods: ['password'] as const }
  const cookies = outcome.kind === 'signed-in' ? await rememberWay(provider, interaction, known) : []
  const offersPasskey = await mayOfferPasskey(interaction, doors)
  const settled = await settle(provider, interaction, { entry: outcome, secret, cookies, offersPasskey })
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

/** On to the page that asks to show whose account it is, by the usual way or the chosen one. Nothing is looked up: every name leads there. */
const toWay = async (
  provider: Provider,
  interaction: Interaction,
  { doors, name, chosen }: { doors: Doors; name: string; chosen: string | undefined },
) => {
  const { flow, journey, visitor } = interaction
  const policy = await policyAt(provider, journey, doors)
  const ways = signInWays(policy, (await doors.factors.passkeys(journey.tenantId)) !== undefined)
  const short = name.slice(0, 320)
  const way = ways.find((one) => one === chosen) ?? usualWay(provider, interaction, { name: short, ways })
  return redirectReply(
    303,
    signInAddress(provider, journey.tenantId, { flow: { ...flow, named: { name: short, way } }, isOther: isOther(interaction.fields) }),
    visitor.cookies,
  )
}

const submit = async (provider: Provider, interaction: Interaction, { guest, isOwn }: { guest: Guest; isOwn: boolean }) => {
  const { fields } = interaction
  if (!isOwn) return again(provider, interaction, { doors: guest.doors, status: 403, problem: 'expired' })
  const action = fields.get('action')
  if (action === 'cancel') return cancel(provider, interaction)
  if (action === 'passkey') return enterByPasskey(provider, interaction, guest)
  const name = fields.get('username') ?? interaction.flow.named?.name
  const password = fields.get('password')
  if (name === undefined || name === '' || name.length > 1024)
    return again(provider, interaction, { doors: guest.doors, status: 422, problem: 'incomplete' })
  if (action === 'name' || fields.has('way')) return toWay(provider, interaction, { doors: guest.doors, name, chosen: fields.get('way') })
  if (action === 'mail-code') return sendSignInCode(provider, interaction, { guest, name })
  if (password === undefined) return again(provider, interaction, { doors: guest.doors, status: 422, problem: 'incomplete' })
  return enterByPassword(provider, interaction, { guest, name, password })
}

const SignInForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  as: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
  password: Type.Optional(Type.String()),
  passkey_token: Type.Optional(Type.String()),
  passkey_answer: Type.Optional(Type.String()),
  webauthn: Type.Optional(Type.String({ description: 'yes or conditional, where the browser can make passkeys' })),
  way: Type.Optional(Type.String({ description: 'password or passkey: the way to go on with, after the name' })),
  action: Type.Optional(Type.String({ description: 'name, sign-in, mail-code, passkey or cancel' })),
})

/** The sign-in page: a plain form, answered by 303. */
export const signInRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] =>
  flowPage(
    { provider, assets, doors },
    {
      path: signInPath,
      who: 'a person who signs in',
      get: {
        summary: 'The sign-in page',
        noEvent: 'reads only; a request that needs no page any more is granted by the statement that writes its event',
        draw: ({ interaction }) => again(provider, interaction, { doors }),
      },
      post: {
        summary: 'Sign in on the page',
        max: provider.limits.signIn,
        events: ['sign_in.succeeded', 'sign_in.refused', 'authorization.refused', 'proof.sent'],
        form: SignInForm,
        formOf: signInForm,
        submit: ({ interaction, guest, isOwn }) => submit(provider, interaction, { guest, isOwn }),
      },
    },
  )

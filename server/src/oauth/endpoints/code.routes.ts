import { Type } from 'typebox'
import { readCode } from '../../credentials/email-code/email-code.ts'
import type { AnyRoute } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import { type CodeProblem, codePage, type Way } from '../../pages/code-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { languageOf } from '../../pages/messages.ts'
import { isForClient } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { isRead, pageAddress, reread } from './advance.ts'
import { sendResetCode, sendSignInCode, toNewPassword } from './code-entry.ts'
import { signInAddress } from './draw-sign-in.ts'
import { cancel, enterWith, type Guest } from './entrance.ts'
import { flowPage } from './flow-page.routes.ts'
import type { Interaction } from './interaction.ts'
import { policyAt } from './organization-rules.ts'
import { cardOf, pageReply, redirectReply } from './page-reply.ts'
import { signInWays } from './sign-in-ways.ts'
import { sendSignUpProof, toAccountForm } from './sign-up-entry.ts'
import { formToken } from './visitor.ts'

const path = '/interaction/code'
const purposeOf = (sealed: string) => ({ purpose: 'code', flow: sealed })

type Problem = {
  readonly doors: Doors
  readonly status: 200 | 403 | 422
  readonly problem?: CodeProblem
  readonly wasSent?: boolean
}

/** Back to the page that asks for a sign-in, with the name that was given, by another way than a code. */
const waysBack = async (provider: Provider, { frame, flow, journey }: Interaction, doors: Doors): Promise<readonly Way[]> => {
  if (flow.proof?.purpose !== 'sign-in') return []
  const { messages } = languageOf(frame.lang)
  const policy = await policyAt(provider, journey, doors)
  const ways = signInWays(policy, (await doors.factors.passkeys(journey.tenantId)) !== undefined)
  const words = { password: messages.password, passkey: messages.passkey }
  return ways.flatMap((value) => (value === 'email-code' ? [] : { value, words: words[value] }))
}

const goBack = (provider: Provider, { flow, journey }: Interaction, way: 'password' | 'passkey') => {
  const { typed: name = '', isOther } = flow.proof ?? {}
  const next = { ...flow, proof: undefined, named: { name, way } }
  return redirectReply(303, signInAddress(provider, journey.tenantId, { flow: next, isOther }))
}

const draw = async (provider: Provider, interaction: Interaction, { doors, status, problem, wasSent = false }: Problem) => {
  const { frame, visitor, sealed, journey, flow } = interaction
  const { proof } = flow
  if (proof === undefined) return redirectReply(303, pageAddress(provider, 'sign-in', sealed))
  const read = isForClient(flow) ? await reread(provider, journey) : undefined
  const body = codePage({
    ...frame,
    kind: proof.purpose === 'sign-in' ? 'email-code' : proof.purpose,
    client: read !== undefined && isRead(read) ? cardOf(read.client, frame) : undefined,
    address: proof.typed,
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)) },
    problem,
    wasSent,
    ways: await waysBack(provider, interaction, doors),
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

/** The code of an address without an account: right, and the account is made next. */
const checkNewcomer = async (provider: Provider, interaction: Interaction, { guest, code }: { guest: Guest; code: string }) => {
  const { journey, flow } = interaction
  const [id, purpose] = [flow.proof?.id ?? '', 'sign-up'] as const
  const outcome = await guest.doors.proofs.check(journey.tenantId, { id, purpose, code, method: 'email-code' })
  if (outcome.kind === 'passed') return toAccountForm(provider, interaction, { proofId: id, email: flow.proof?.typed ?? '' })
  await provider.authorization.store.note([journey.events.make({ type: 'proof.refused', payload: { purpose } })])
  return draw(provider, interaction, { doors: guest.doors, status: 422, problem: outcome.kind })
}

const check = async (provider: Provider, interaction: Interaction, { guest, code }: { guest: Guest; code: string }) => {
  const { journey, flow } = interaction
  const { proof } = flow
  if (proof === undefined) return draw(provider, interaction, { doors: guest.doors, status: 422, problem: 'gone' })
  if (proof.purpose === 'sign-up') return checkNewcomer(provider, interaction, { guest, code })
  const outcome = await guest.doors.proofs.check(journey.tenantId, { id: proof.id, purpose: proof.purpose, code, method: 'email-code' })
  const userId = outcome.kind === 'passed' ? outcome.proof.userId : undefined
  const person = userId === undefined ? undefined : await guest.doors.people.byId(journey.tenantId, userId)
  if (outcome.kind !== 'passed' || person === undefined) {
    const refused = journey.events.make({ type: 'sign_in.refused', userId, payload: { reason: 'wrong-code' } })
    await provider.authorization.store.note([refused])
    return draw(provider, interaction, { doors: guest.doors, status: 422, problem: outcome.kind === 'gone' ? 'gone' : 'wrong' })
  }
  if (proof.purpose === 'reset') return toNewPassword(provider, interaction, { ...person, address: outcome.proof.address })
  const proved = { userId: person.userId, methods: ['email-code'] as const }
  return (
    (await enterWith(provider, interaction, { guest, proved })) ??
    draw(provider, interaction, { doors: guest.doors, status: 422, problem: 'gone' })
  )
}

const senders = { 'sign-in': sendSignInCode, reset: sendResetCode, 'sign-up': sendSignUpProof }

const submit = async (provider: Provider, interaction: Interaction, { guest, isOwn }: { guest: Guest; isOwn: boolean }) => {
  const { fields, flow } = interaction
  if (!isOwn) return draw(provider, interaction, { doors: guest.doors, status: 403, problem: 'expired' })
  if (fields.get('action') === 'cancel') return cancel(provider, interaction)
  if (fields.get('way') === 'resend' && flow.proof !== undefined) {
    const sent = await senders[flow.proof.purpose](provider, interaction, { guest, name: flow.proof.typed })
    return sent ?? draw(provider, interaction, { doors: guest.doors, status: 422, problem: 'gone' })
  }
  const way = fields.get('way')
  if ((way === 'password' || way === 'passkey') && flow.proof?.purpose === 'sign-in') return goBack(provider, interaction, way)
  const typed = fields.get('code')
  if (typed === undefined || typed === '') return draw(provider, interaction, { doors: guest.doors, status: 422, problem: 'missing' })
  const code = readCode(typed)
  return code === undefined
    ? draw(provider, interaction, { doors: guest.doors, status: 422, problem: 'wrong' })
    : check(provider, interaction, { guest, code })
}

const CodeForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  code: Type.Optional(Type.String()),
  way: Type.Optional(Type.String({ description: 'resend, or password or passkey for another way to sign in' })),
  action: Type.Optional(Type.String({ description: 'continue or cancel' })),
})

/** The page that takes a code that was sent: to sign in, to set a password anew, or before an account is made. */
export const codeRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] =>
  flowPage(
    { provider, assets, doors },
    {
      path,
      who: 'a person who reads the address of an account',
      get: {
        summary: 'The page that takes a code',
        noEvent: 'reads only',
        draw: ({ interaction }) => draw(provider, interaction, { doors, status: 200 }),
      },
      post: {
        summary: 'Give the code that was sent',
        max: provider.limits.signIn,
        events: ['sign_in.succeeded', 'sign_in.refused', 'proof.sent', 'proof.refused', 'authorization.refused'],
        form: CodeForm,
        formOf: purposeOf,
        submit: ({ interaction, guest, isOwn }) => submit(provider, interaction, { guest, isOwn }),
      },
    },
  )

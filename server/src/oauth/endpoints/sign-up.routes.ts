import { Type } from 'typebox'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import { type CodedProblem, fieldProblem } from '../../pages/field-problem.ts'
import type { Assets } from '../../pages/frame.ts'
import { signUpAddressPage, signUpClosedPage, signUpPage } from '../../pages/sign-up-page.ts'
import { isForClient, sealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { isRead, pageAddress, reread } from './advance.ts'
import { cancel, type Guest } from './entrance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { askToVerify, enterAsNew } from './new-account.ts'
import { cardOf, pageReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { newcomerOf, sendSignUpProof } from './sign-up-entry.ts'
import { attributeFields, readAccountForm, type SignUpProblems, signUpProblems } from './sign-up-problems.ts'
import { stepReply } from './step-reply.ts'
import { formToken, isOwnForm } from './visitor.ts'

const path = '/interaction/sign-up'

const purposeOf = (sealed: string) => ({ purpose: 'sign-up', flow: sealed })

type Drawing = { readonly doors: Doors; readonly status: 200 | 403 | 422; readonly problems: SignUpProblems }

const closedCodes = {
  invitation: { code: 'sign_up_by_invitation', sentence: 'Accounts are made by invitation. Ask the operator for one.' },
  closed: { code: 'sign_up_closed', sentence: 'No accounts are made here. Ask the operator.' },
} as const

/** The page that is due: nothing to fill in where nobody is let in, the address where it is proved first, or the whole account. */
const draw = async (provider: Provider, interaction: Interaction, { doors, status, problems }: Drawing) => {
  const { frame, visitor, fields, sealed, journey, requestId } = interaction
  const read = isForClient(interaction.flow) ? await reread(provider, journey) : undefined
  if (read !== undefined && !isRead(read)) return stepReply(read, 303, { frame, requestId })
  const { signUp, emailProof } = await doors.progression.policyOf(journey.tenantId)
  const newcomer = newcomerOf(interaction)
  const page = {
    ...frame,
    client: read && cardOf(read.client, frame),
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)) },
    signInUrl: `${pageAddress(provider, 'sign-in', sealed)}&as=other`,
  }
  const reply = (body: string) => pageReply(status, body, { cookies: visitor.cookies })
  if (signUp !== 'open') return reply(signUpClosedPage({ ...page, sentence: fieldProblem(frame.lang, closedCodes[signUp]) }))
  const email = newcomer?.email ?? fields.get('email')
  if (emailProof === 'first' && newcomer === undefined)
    return reply(signUpAddressPage({ ...page, email, problem: problems.email, notice: problems.form }))
  const asked = await doors.newcomers.fields(journey.tenantId)
  const attributes = attributeFields(asked, { fields, problems })
  const values = { username: fields.get('username'), email }
  return reply(signUpPage({ ...page, values, problems, attributes, fixedEmail: newcomer && 'proved' }))
}

type Submission = { readonly guest: Guest; readonly isOwn: boolean }

const expired = { code: 'form_expired', sentence: 'This page had expired. Please send it again.' }
const notSignedIn = { code: 'not_signed_in', sentence: 'The account was made, but signing in did not work. Sign in now.' }
const proofGone = { code: 'proof_gone', sentence: 'The confirmation of your address has expired. Confirm it again.' }
const noAddress = { code: 'email_malformed', sentence: 'This is not an e-mail address.' }

/** What was proved counts no longer: from the address on again. */
const withoutProof = (provider: Provider, interaction: Interaction): Interaction => {
  const { newcomer, ...flow } = interaction.flow
  const sealed = sealFlow(provider.keys.flow, interaction.journey.tenantId, flow) ?? interaction.sealed
  const fields = new Map([...interaction.fields, ['email', newcomer?.email ?? ''] as const])
  return { ...interaction, flow, sealed, fields, journey: { ...interaction.journey, flow } }
}

const register = async (provider: Provider, interaction: Interaction, guest: Guest) => {
  const { fields, journey, frame } = interaction
  const { doors } = guest
  const { tenantId, events } = journey
  const { newcomers } = doors
  const newcomer = newcomerOf(interaction)
  const inWords = (problem: CodedProblem): string => fieldProblem(frame.lang, problem)
  const refuse = (problems: SignUpProblems, at = interaction) => draw(provider, at, { doors, status: 422, problems })
  const asked = await newcomers.fields(tenantId)
  const { input: typed, attributes } = readAccountForm(fields, asked)
  const input = newcomer === undefined ? typed : { ...typed, email: newcomer.email }
  const outcome =
    newcomer === undefined
      ? await newcomers.signUp({ tenantId, input, attributes, via: 'browser', events })
      : await newcomers.signUpProved(tenantId, { proofId: newcomer.proofId, input, attributes, events })
  if (outcome === 'gone') return refuse({ form: inWords(proofGone) }, withoutProof(provider, interaction))
  if (outcome.kind !== 'registered') return refuse(signUpProblems(frame.lang, outcome, asked))
  if (newcomer === undefined) await askToVerify(guest, interaction, outcome)
  const entered = await enterAsNew(provider, interaction, { guest, input })
  return entered ?? refuse({ form: inWords(notSignedIn) })
}

const submit = async (provider: Provider, interaction: Interaction, { guest, isOwn }: Submission) => {
  const { fields, journey, frame } = interaction
  const { doors } = guest
  const refuse = (problems: SignUpProblems, status: 403 | 422 = 422) => draw(provider, interaction, { doors, status, problems })
  if (!isOwn) return refuse({ form: fieldProblem(frame.lang, expired) }, 403)
  if (fields.get('action') === 'cancel') return cancel(provider, interaction)
  const { signUp, emailProof } = await doors.progression.policyOf(journey.tenantId)
  if (signUp !== 'open') return refuse({})
  if (emailProof !== 'first' || newcomerOf(interaction) !== undefined) return register(provider, interaction, guest)
  const sent = await sendSignUpProof(provider, interaction, { guest, name: fields.get('email') ?? '' })
  return sent ?? refuse({ email: fieldProblem(frame.lang, noAddress) })
}

const shared = {
  path,
  tag: 'pages',
  auth: browserAuth('whoever registers has no account yet'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

const SignUpForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  username: Type.Optional(Type.String()),
  email: Type.Optional(Type.String({ description: 'alone where the address is proved first' })),
  password: Type.Optional(Type.String()),
  action: Type.Optional(Type.String({ description: 'sign-up, address or cancel' })),
})

/** The page that makes an account (prompt=create). */
export const signUpRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The page that makes an account',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: FlowQuery },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      return opened.kind === 'answered' ? opened.reply : draw(provider, opened.interaction, { doors, status: 200, problems: {} })
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Make an account on the page',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { event: ['user.registered', 'proof.sent', 'authorization.refused'] },
    request: { raw: SignUpForm },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      const { interaction } = opened
      const token = interaction.fields.get('form_token')
      const isOwn = isOwnForm(provider, interaction.visitor, { form: purposeOf(interaction.sealed), token, headers: context.headers })
      const { ip, userAgent } = context.origin
      return submit(provider, interaction, { guest: { doors, ip, userAgent }, isOwn })
    },
  }),
]

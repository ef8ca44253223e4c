import { Type } from 'typebox'
import { normalizePassword } from '../../credentials/password/password.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Doors, SignUpInput } from '../../login/login.ts'
import { type CodedProblem, fieldProblem } from '../../pages/field-problem.ts'
import type { Assets } from '../../pages/frame.ts'
import { signUpPage } from '../../pages/sign-up-page.ts'
import { readIdentifier } from '../../users/users.ts'
import type { Provider } from '../provider.ts'
import { isRead, pageAddress, reread } from './advance.ts'
import { cancel, type Guest, passwordRequest, settle } from './entrance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { cardOf, pageReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { type SignUpProblems, signUpProblems } from './sign-up-problems.ts'
import { stepReply } from './step-reply.ts'
import { browserHash, formToken, isOwnForm } from './visitor.ts'

const path = '/interaction/sign-up'

const purposeOf = (sealed: string) => ({ purpose: 'sign-up', flow: sealed })

const draw = async (
  provider: Provider,
  interaction: Interaction,
  { status, problems }: { status: 200 | 403 | 422; problems: SignUpProblems },
) => {
  const { frame, visitor, fields, sealed, journey, requestId } = interaction
  const read = await reread(provider, journey)
  if (!isRead(read)) return stepReply(read, 303, { frame, requestId })
  const body = signUpPage({
    ...frame,
    client: cardOf(read.client),
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)) },
    values: { username: fields.get('username'), email: fields.get('email') },
    problems,
    signInUrl: `${pageAddress(provider, 'sign-in', sealed)}&as=other`,
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

type Submission = { readonly guest: Guest; readonly isOwn: boolean }

const expired = { code: 'form_expired', sentence: 'This page had expired. Please send it again.' }
const notSignedIn = { code: 'not_signed_in', sentence: 'The account was made, but signing in did not work. Sign in now.' }

/** In with the password that was chosen a moment ago. */
const enterAsNew = async (provider: Provider, interaction: Interaction, { guest, input }: { guest: Guest; input: SignUpInput }) => {
  const password = normalizePassword(input.password)
  if (password.kind === 'refused') return undefined
  const { request, secret } = await passwordRequest(provider, interaction, guest)
  const outcome = await guest.doors.signIn({ ...request, name: input.username, secret: password.secret })
  return outcome.kind === 'refused' || outcome.kind === 'limited' ? undefined : settle(provider, interaction, { entry: outcome, secret })
}

const submit = async (provider: Provider, interaction: Interaction, { guest, isOwn }: Submission) => {
  const { fields, journey, frame } = interaction
  const { doors } = guest
  const inWords = (problem: CodedProblem): string => fieldProblem(frame.lang, problem)
  const refuse = (problems: SignUpProblems, status: 403 | 422 = 422) => draw(provider, interaction, { status, problems })
  if (!isOwn) return refuse({ form: inWords(expired) }, 403)
  if (fields.get('action') === 'cancel') return cancel(provider, interaction)
  const input = { username: fields.get('username') ?? '', email: fields.get('email') ?? '', password: fields.get('password') ?? '' }
  const outcome = await doors.signUp({ tenantId: journey.tenantId, input, via: 'browser', events: journey.events })
  if (outcome.kind !== 'registered') return refuse(signUpProblems(frame.lang, outcome))
  await askToVerify(guest, interaction, { userId: outcome.userId, email: outcome.email, language: frame.lang })
  const entered = await enterAsNew(provider, interaction, { guest, input })
  return entered ?? refuse({ form: inWords(notSignedIn) })
}

/** Asks for a proof of the new address, where the tenant wants one afterwards. */
const askToVerify = async (
  { doors }: Guest,
  { journey, visitor }: Interaction,
  { userId, email, language }: { userId: string; email: string; language: string },
): Promise<void> => {
  const { emailProof } = await doors.progression.policyOf(journey.tenantId)
  const identifier = readIdentifier(email)
  if (emailProof === 'never' || identifier === undefined) return
  const to = { userId, address: identifier.canonical, written: identifier.written }
  const { events, tenantId } = journey
  await doors.proofs.send(tenantId, { purpose: 'verify-email', to, typed: to.address, language, browser: browserHash(visitor), events })
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
  username: Type.String(),
  email: Type.String(),
  password: Type.String(),
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
      return opened.kind === 'answered' ? opened.reply : draw(provider, opened.interaction, { status: 200, problems: {} })
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Make an account on the page',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { event: ['user.registered', 'authorization.refused'] },
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

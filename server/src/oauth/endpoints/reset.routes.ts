import { Type } from 'typebox'
import { checkPolicy, normalizePassword } from '../../credentials/password/password.ts'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import { type Doors, knownDevice } from '../../login/login.ts'
import { type CodedProblem, fieldProblem } from '../../pages/field-problem.ts'
import type { Assets } from '../../pages/frame.ts'
import { newPasswordPage } from '../../pages/new-password-page.ts'
import { outcomePage } from '../../pages/outcome-page.ts'
import { resetPage } from '../../pages/reset-page.ts'
import type { Provider } from '../provider.ts'
import { pageAddress } from './advance.ts'
import { sendResetCode } from './code-entry.ts'
import { enterWith, type Guest } from './entrance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { pageReply, redirectReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { askForPasskey, passkeyOwner } from './passkey-entry.ts'
import { formToken, isOwnForm } from './visitor.ts'

const resetPath = '/interaction/reset'
const passwordPath = '/interaction/new-password'
const purposeOf = (purpose: string, sealed: string) => ({ purpose, flow: sealed })

const hiddenOf = (provider: Provider, { visitor, sealed }: Interaction, purpose: string) => ({
  flow: sealed,
  form_token: formToken(provider, visitor, purposeOf(purpose, sealed)),
})

type Reset = { readonly doors: Doors; readonly status: 200 | 403 | 422; readonly isPasskeyRefused?: boolean }

const drawReset = async (provider: Provider, interaction: Interaction, { doors, status, isPasskeyRefused = false }: Reset) => {
  const { frame, visitor, fields, sealed, journey } = interaction
  const body = resetPage({
    ...frame,
    action: provider.basePath + resetPath,
    hidden: hiddenOf(provider, interaction, 'reset'),
    username: fields.get('username'),
    passkey: await askForPasskey(doors, journey.tenantId, { purpose: 'sign-in', visitor }),
    isPasskeyRefused,
    isMissing: status === 422 && !isPasskeyRefused,
    isExpired: status === 403,
    signInUrl: pageAddress(provider, 'sign-in', sealed),
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

/** In by a passkey: the lost password is needed no more. */
const enterInstead = async (provider: Provider, interaction: Interaction, guest: Guest) => {
  const owner = await passkeyOwner(interaction, guest, { purpose: 'sign-in' })
  const entered = owner && (await enterWith(provider, interaction, { guest, proved: { userId: owner.userId, methods: ['passkey'] } }))
  return entered ?? drawReset(provider, interaction, { doors: guest.doors, status: 422, isPasskeyRefused: true })
}

const drawPassword = async (
  provider: Provider,
  interaction: Interaction,
  { doors, status = 200, problem }: { doors: Doors; status?: 200 | 403 | 422; problem?: string | undefined },
) => {
  const { frame, visitor, sealed, journey, flow } = interaction
  const { owner } = flow
  if (owner === undefined) return redirectReply(303, pageAddress(provider, 'reset', sealed))
  const { sessions, total } = await doors.liveSessions(journey.tenantId, owner.userId)
  const body = newPasswordPage({
    ...frame,
    account: owner.address,
    action: provider.basePath + passwordPath,
    hidden: hiddenOf(provider, interaction, 'new-password'),
    problem,
    places: sessions.map(({ id, userAgent, unusedSeconds }) => ({
      ...{ device: knownDevice(userAgent), unusedSeconds, isHere: visitor.sessions.some((one) => one.id === id) },
    })),
    placesTotal: total,
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

const save = async (
  provider: Provider,
  interaction: Interaction,
  { guest, announceEnd }: { guest: Guest; announceEnd: (sessionId: string) => void },
) => {
  const { frame, visitor, fields, sealed, journey, flow } = interaction
  const { doors } = guest
  const { owner } = flow
  if (owner === undefined) return redirectReply(303, pageAddress(provider, 'reset', sealed))
  const password = normalizePassword(fields.get('password') ?? '')
  const refuse = (problem: CodedProblem) =>
    drawPassword(provider, interaction, { doors, status: 422, problem: fieldProblem(frame.lang, problem) })
  if (password.kind === 'refused') return refuse({ ...password, code: password.reason })
  const [problem] = checkPolicy(password.secret, doors.passwordPolicy, { userName: owner.address, email: owner.address })
  if (problem !== undefined) return refuse(problem)
  const { tenantId, events } = journey
  const { userId, generation, address } = owner
  const encoded = await doors.hashes.hash(password.secret)
  const notice = doors.notices(tenantId, guest, { userId, template: 'password-changed' })
  const ended = await doors.changes.savePassword(tenantId, { userId, generation, encoded, address, via: 'mail', events, notice })
  if (ended === undefined)
    return pageReply(422, outcomePage({ ...frame, kind: 'link-gone', continueUrl: pageAddress(provider, 'reset', sealed) }))
  for (const sessionId of ended) announceEnd(sessionId)
  // Nobody is signed in by it: whoever has a second factor is asked for it next.
  const continueUrl = pageAddress(provider, 'sign-in', sealed)
  return pageReply(200, outcomePage({ ...frame, kind: 'password-saved', continueUrl }), { cookies: visitor.cookies })
}

const shared = {
  tag: 'pages',
  auth: browserAuth('whoever has lost a password'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

const ResetForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  username: Type.Optional(Type.String()),
  passkey_token: Type.Optional(Type.String()),
  passkey_answer: Type.Optional(Type.String()),
  action: Type.Optional(Type.String({ description: 'send or passkey' })),
})
const PasswordForm = Type.Object({ flow: Type.String(), form_token: Type.String(), password: Type.String() })

type Deps = { readonly doors: Doors; readonly announceEnd: (sessionId: string) => void }

type Which = 'reset' | 'new-password'

const pageRoute = (provider: Provider, assets: Assets, { which, ...deps }: Deps & { readonly which: Which }): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: which === 'reset' ? resetPath : passwordPath,
    summary: which === 'reset' ? 'The page that asks whose password is lost' : 'The page that takes a new password',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    request: { raw: FlowQuery },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      return which === 'reset'
        ? drawReset(provider, opened.interaction, { doors: deps.doors, status: 200 })
        : drawPassword(provider, opened.interaction, deps)
    },
  })

/** Setting a password anew: whose, the code, the new one. */
export const resetRoutes = (provider: Provider, assets: Assets, deps: Deps): readonly AnyRoute[] => [
  pageRoute(provider, assets, { ...deps, which: 'reset' }),
  route({
    ...shared,
    method: 'POST',
    path: resetPath,
    summary: 'Ask for a code to set a password anew',
    limit: { by: 'address', max: provider.limits.register, seconds: 60 },
    audit: { event: ['proof.sent', 'sign_in.succeeded'] },
    request: { raw: ResetForm },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      const { interaction } = opened
      const form = purposeOf('reset', interaction.sealed)
      const token = interaction.fields.get('form_token')
      const isOwn = isOwnForm(provider, interaction.visitor, { form, token, headers: context.headers })
      if (!isOwn) return drawReset(provider, interaction, { doors: deps.doors, status: 403 })
      const guest = { doors: deps.doors, ip: context.origin.ip, userAgent: context.origin.userAgent }
      if (interaction.fields.get('action') === 'passkey') return enterInstead(provider, interaction, guest)
      const name = interaction.fields.get('username') ?? ''
      if (name === '' || name.length > 1024) return drawReset(provider, interaction, { doors: deps.doors, status: 422 })
      return sendResetCode(provider, interaction, { guest, name })
    },
  }),
  pageRoute(provider, assets, { ...deps, which: 'new-password' }),
  route({
    ...shared,
    method: 'POST',
    path: passwordPath,
    summary: 'Set the new password',
    limit: { by: 'address', max: provider.limits.signIn, seconds: 60 },
    audit: { event: 'password.set' },
    request: { raw: PasswordForm },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      const { interaction } = opened
      const form = purposeOf('new-password', interaction.sealed)
      const token = interaction.fields.get('form_token')
      const isOwn = isOwnForm(provider, interaction.visitor, { form, token, headers: context.headers })
      if (!isOwn) return drawPassword(provider, interaction, { doors: deps.doors, status: 403 })
      const { ip, userAgent } = context.origin
      return save(provider, interaction, { guest: { doors: deps.doors, ip, userAgent }, announceEnd: deps.announceEnd })
    },
  }),
]

import { Type } from 'typebox'
import { checkPolicy, normalizePassword } from '../../credentials/password/password.ts'
import type { AnyRoute } from '../../http/route.ts'
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
import { flowPage } from './flow-page.routes.ts'
import type { Interaction } from './interaction.ts'
import { pageReply, redirectReply } from './page-reply.ts'
import { askForPasskey, passkeyOwner } from './passkey-entry.ts'
import { formToken } from './visitor.ts'

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

const submitReset = async (provider: Provider, interaction: Interaction, { guest, isOwn }: { guest: Guest; isOwn: boolean }) => {
  const { doors } = guest
  if (!isOwn) return drawReset(provider, interaction, { doors, status: 403 })
  if (interaction.fields.get('action') === 'passkey') return enterInstead(provider, interaction, guest)
  const name = interaction.fields.get('username') ?? ''
  if (name === '' || name.length > 1024) return drawReset(provider, interaction, { doors, status: 422 })
  return sendResetCode(provider, interaction, { guest, name })
}

const who = 'whoever has lost a password'

/** Setting a password anew: whose, the code, the new one. */
export const resetRoutes = (provider: Provider, assets: Assets, { doors, announceEnd }: Deps): readonly AnyRoute[] => [
  ...flowPage(
    { provider, assets, doors },
    {
      ...{ path: resetPath, who },
      get: {
        summary: 'The page that asks whose password is lost',
        noEvent: 'reads only',
        draw: ({ interaction }) => drawReset(provider, interaction, { doors, status: 200 }),
      },
      post: {
        summary: 'Ask for a code to set a password anew',
        max: provider.limits.register,
        events: ['proof.sent', 'sign_in.succeeded'],
        form: ResetForm,
        formOf: (sealed) => purposeOf('reset', sealed),
        submit: ({ interaction, guest, isOwn }) => submitReset(provider, interaction, { guest, isOwn }),
      },
    },
  ),
  ...flowPage(
    { provider, assets, doors },
    {
      ...{ path: passwordPath, who },
      get: {
        summary: 'The page that takes a new password',
        noEvent: 'reads only',
        draw: ({ interaction }) => drawPassword(provider, interaction, { doors }),
      },
      post: {
        summary: 'Set the new password',
        max: provider.limits.signIn,
        events: ['password.set'],
        form: PasswordForm,
        formOf: (sealed) => purposeOf('new-password', sealed),
        submit: async ({ interaction, guest, isOwn }) =>
          isOwn ? save(provider, interaction, { guest, announceEnd }) : drawPassword(provider, interaction, { doors, status: 403 }),
      },
    },
  ),
]

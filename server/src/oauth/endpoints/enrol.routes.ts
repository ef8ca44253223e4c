import { Type } from 'typebox'
import { drawQrCode } from '../../credentials/totp/totp.ts'
import type { AnyRoute } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import { enrolPage } from '../../pages/enrol-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { recoveryCodesPage } from '../../pages/recovery-codes-page.ts'
import { isForClient, sealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { deny, isRead, pageAddress, reread } from './advance.ts'
import { cancel, enterWith, type Guest } from './entrance.ts'
import { flowPage } from './flow-page.routes.ts'
import { type Interaction, inLanguageOf } from './interaction.ts'
import { cardOf, pageReply, redirectReply } from './page-reply.ts'
import { type AtSecondFactor, atSecondFactor, toFirstFactor } from './second-factor.ts'
import { stepReply } from './step-reply.ts'
import { formToken } from './visitor.ts'

const path = '/interaction/enrol'
const purposeOf = (sealed: string) => ({ purpose: 'enrol', flow: sealed })

type Problem = { readonly status: 200 | 403 | 422; readonly problem?: 'wrong' | 'missing' | 'expired' }
type At = { readonly at: AtSecondFactor; readonly guest: Guest }

const toSecondFactor = (provider: Provider, { sealed }: Interaction) => redirectReply(303, pageAddress(provider, 'second-factor', sealed))

const clientOf = async (provider: Provider, { frame, journey, flow }: Interaction) => {
  const read = isForClient(flow) ? await reread(provider, journey) : undefined
  return read !== undefined && isRead(read) ? cardOf(read.client, frame) : undefined
}

const draw = async (provider: Provider, interaction: Interaction, { at, guest, status, problem }: At & Problem) => {
  const { frame, visitor, sealed, journey } = interaction
  const { tenantId } = journey
  const { totp } = guest.doors.factors
  const { userId, email, username } = at.person
  const labels = { userId, issuer: new URL(provider.issuer).host, account: email ?? username ?? userId }
  const enrolment = (await totp.pending(tenantId, labels)) ?? (await totp.begin(tenantId, labels))
  if (enrolment === undefined) return toSecondFactor(provider, interaction)
  const body = enrolPage({
    ...frame,
    client: await clientOf(provider, interaction),
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)) },
    ...{ qr: drawQrCode(enrolment.uri), key: enrolment.key, uri: enrolment.uri, problem },
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

/** The codes are shown before the sign-in goes on: they can be read this once. */
const showCodes = async (provider: Provider, interaction: Interaction, { at, guest }: At) => {
  const { frame, visitor, journey } = interaction
  const { tenantId, events } = journey
  const { userId } = at.person
  const event = events.make({ type: 'recovery_codes.made', userId, payload: { count: 10 } })
  const codes = await guest.doors.factors.recovery.make(tenantId, { userId, event })
  const pending = journey.flow.pending && { ...journey.flow.pending, methods: [...at.methods, 'totp' as const] }
  const sealed = sealFlow(provider.keys.flow, tenantId, { ...journey.flow, pending }) ?? ''
  const continueUrl = `${provider.basePath}${path}?flow=${sealed}`
  return pageReply(200, recoveryCodesPage({ ...frame, client: await clientOf(provider, interaction), codes: codes ?? [], continueUrl }), {
    cookies: visitor.cookies,
  })
}

const confirm = async (provider: Provider, interaction: Interaction, { at, guest }: At) => {
  const { fields, journey } = interaction
  const { userId } = at.person
  const answer = fields.get('code') ?? ''
  if (answer === '') return draw(provider, interaction, { at, guest, status: 422, problem: 'missing' })
  const event = journey.events.make({ type: 'totp.enrolled', userId, payload: {} })
  const outcome = await guest.doors.factors.totp.confirm(journey.tenantId, { userId, answer, event })
  if (outcome.kind === 'confirmed') return showCodes(provider, interaction, { at, guest })
  if (outcome.kind === 'nothing-pending') return toSecondFactor(provider, interaction)
  return draw(provider, interaction, { at, guest, status: 422, problem: 'wrong' })
}

/** The application is told that the person has no second factor which would do, and cannot set one up here. */
const cannotEnrol = async (provider: Provider, { journey, frame, requestId }: Interaction) => {
  const read = await reread(provider, journey)
  const description = 'A second factor is demanded that this account does not have, and that cannot be set up on the way.'
  const step = isRead(read) ? deny(provider, journey, { read, error: 'unmet_authentication_requirements', description }) : read
  return stepReply(step, 303, { frame, requestId })
}

/** Only who has to set a factor up comes here; who has proved enough goes on. */
const arrive = async (provider: Provider, interaction: Interaction, guest: Guest) => {
  const at = await atSecondFactor(provider, interaction, guest)
  if (at === undefined) return { kind: 'answered' as const, reply: toFirstFactor(provider, interaction) }
  if (at.next.kind === 'done') {
    const { userId, generation } = at.person
    const entered = await enterWith(provider, interaction, { guest, proved: { userId, generation, methods: at.methods } })
    return { kind: 'answered' as const, reply: entered ?? toFirstFactor(provider, interaction) }
  }
  if (at.next.step !== 'enrol-second-factor') return { kind: 'answered' as const, reply: toSecondFactor(provider, interaction) }
  // An app that would not count is not set up.
  if (!at.canEnrol && isForClient(interaction.flow)) return { kind: 'answered' as const, reply: await cannotEnrol(provider, interaction) }
  return { kind: 'here' as const, at, interaction: inLanguageOf(interaction, at.person) }
}

const EnrolForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  code: Type.Optional(Type.String()),
  action: Type.Optional(Type.String({ description: 'continue or cancel' })),
})

const submit = async (provider: Provider, opened: Interaction, { guest, isOwn }: { guest: Guest; isOwn: boolean }) => {
  const arrived = await arrive(provider, opened, guest)
  if (arrived.kind === 'answered') return arrived.reply
  const { interaction, at } = arrived
  if (!isOwn) return draw(provider, interaction, { at, guest, status: 403, problem: 'expired' })
  return interaction.fields.get('action') === 'cancel' ? cancel(provider, interaction) : confirm(provider, interaction, { at, guest })
}

/** The page that sets up an authenticator app, where the sign-in needs a second factor and the person has none. */
export const enrolRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] =>
  flowPage(
    { provider, assets, doors },
    {
      path,
      who: 'a person who has proved the first factor in this browser',
      get: {
        summary: 'The page that sets up a second factor',
        noEvent: 'draws up a secret that counts for nothing until a code of it was typed; what follows from it writes its event',
        draw: async ({ interaction, guest }) => {
          const arrived = await arrive(provider, interaction, guest)
          return arrived.kind === 'answered' ? arrived.reply : draw(provider, arrived.interaction, { at: arrived.at, guest, status: 200 })
        },
      },
      post: {
        summary: 'Confirm the second factor with its first code',
        max: provider.limits.signIn,
        events: ['totp.enrolled', 'authorization.refused', 'sign_in.succeeded'],
        form: EnrolForm,
        formOf: purposeOf,
        submit: ({ interaction, guest, isOwn }) => submit(provider, interaction, { guest, isOwn }),
      },
    },
  )

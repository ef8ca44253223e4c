import { Type } from 'typebox'
import { readCode } from '../../credentials/email-code/email-code.ts'
import type { MethodName } from '../../credentials/method.ts'
import type { AnyRoute } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import { type CodeProblem, codePage } from '../../pages/code-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { languageOf } from '../../pages/messages.ts'
import { isForClient } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { isRead, pageAddress, reread } from './advance.ts'
import { cancel, enterWith, type Guest } from './entrance.ts'
import { flowPage } from './flow-page.routes.ts'
import { type Interaction, inLanguageOf } from './interaction.ts'
import { cardOf, pageReply, redirectReply } from './page-reply.ts'
import { askForPasskey, passkeyOwner } from './passkey-entry.ts'
import { type AtSecondFactor, atSecondFactor, chooseWay, sentTo, toFirstFactor } from './second-factor.ts'
import { browserHash, formToken, trustOfBrowser } from './visitor.ts'

const path = '/interaction/second-factor'
const purposeOf = (sealed: string) => ({ purpose: 'second-factor', flow: sealed })
const day = 86_400

type Problem = { readonly status: 200 | 403 | 422 | 429; readonly problem?: CodeProblem; readonly retryAfterSeconds?: number }
type At = { readonly at: AtSecondFactor; readonly doors: Doors }

type Typed = 'totp' | 'recovery-code' | 'email-code' | 'sms-code'
const typed: readonly MethodName[] = ['totp', 'recovery-code', 'email-code', 'sms-code'] satisfies Typed[]
const isTyped = (method: MethodName | undefined): method is Typed => method !== undefined && typed.includes(method)

const wayWords = { totp: 'wayTotp', 'recovery-code': 'wayRecovery', 'email-code': 'wayMail', 'sms-code': 'wayPhone' } as const

const secondsOf = ({ next }: AtSecondFactor): readonly Typed[] => (next.kind === 'due' ? next.seconds.filter(isTyped) : [])

const shownOf = ({ flow }: Interaction, at: AtSecondFactor): Typed | undefined => {
  const seconds = secondsOf(at)
  const chosen = flow.second?.method
  return isTyped(chosen) && seconds.includes(chosen) ? chosen : seconds[0]
}

const draw = async (provider: Provider, interaction: Interaction, { at, doors, status, problem, retryAfterSeconds }: Problem & At) => {
  const { frame, visitor, sealed, journey, flow } = interaction
  if (at.next.kind === 'done' || at.next.step === 'enrol-second-factor') return redirectReply(303, pageAddress(provider, 'enrol', sealed))
  const hasPasskey = at.next.seconds.includes('passkey')
  const kind = shownOf(interaction, at) ?? (hasPasskey ? 'recovery-code' : undefined)
  if (kind === undefined) return toFirstFactor(provider, interaction)
  const passkey = hasPasskey
    ? await askForPasskey(doors, journey.tenantId, { purpose: 'second-factor', userId: at.person.userId, visitor })
    : undefined
  const { messages } = languageOf(frame.lang)
  const read = isForClient(flow) ? await reread(provider, journey) : undefined
  const isOffered = at.trustedDeviceSeconds > 0 && at.demands !== 'second-factor'
  const body = codePage({
    ...frame,
    kind,
    client: read !== undefined && isRead(read) ? cardOf(read.client, frame) : undefined,
    address: sentTo(kind, at)?.to.written,
    action: provider.basePath + path,
    hidden: { flow: sealed, form_token: formToken(provider, visitor, purposeOf(sealed)) },
    ...{ problem, retryAfterSeconds, passkey },
    ways: secondsOf(at).flatMap((value) => (value === kind ? [] : [{ value, words: messages[wayWords[value]] }])),
    trustDays: isOffered ? Math.round(at.trustedDeviceSeconds / day) : undefined,
  })
  return pageReply(status, body, { cookies: visitor.cookies })
}

const verdictOf = async (interaction: Interaction, { doors }: Guest, { at, kind }: { at: AtSecondFactor; kind: Typed }) => {
  const { journey, fields, flow } = interaction
  const { tenantId } = journey
  const answer = fields.get('code') ?? ''
  if (kind === 'totp' || kind === 'recovery-code')
    return doors.progression.answer(tenantId, {
      events: journey.events,
      person: at.person,
      methods: at.methods,
      demands: at.demands,
      allowed: at.allowed,
      answer,
      method: kind,
    })
  const code = readCode(answer)
  const id = flow.second?.proofId
  if (code === undefined || id === undefined) return { kind: 'failed' } as const
  const outcome = await doors.proofs.check(tenantId, { id, purpose: 'second-factor', code, method: kind })
  const isOwn = outcome.kind === 'passed' && outcome.proof.userId === at.person.userId
  return isOwn ? ({ kind: 'done', amr: [], methods: [...at.methods, kind] } as const) : ({ kind: 'failed' } as const)
}

/** Remembers that this browser is trusted, where the person asked for it. */
const trusted = async (
  provider: Provider,
  { fields, journey, visitor }: Interaction,
  { guest, at }: { guest: Guest; at: AtSecondFactor },
) => {
  const seconds = at.trustedDeviceSeconds
  if (fields.get('trust') !== 'yes' || seconds === 0 || at.demands === 'second-factor') return []
  const { cookie, hash } = trustOfBrowser(provider, seconds)
  const { userId } = at.person
  const event = journey.events.make({ type: 'device.trusted', userId, payload: { seconds } })
  await guest.doors.changes.trust(journey.tenantId, { userId, browser: browserHash(visitor), hash, seconds, event })
  return [cookie]
}

/** In by a passkey of the same person. */
const checkPasskey = async (provider: Provider, interaction: Interaction, { guest, at }: { guest: Guest; at: AtSecondFactor }) => {
  const { userId, generation } = at.person
  const isAsked = at.next.kind === 'due' && at.next.seconds.includes('passkey')
  const owner = isAsked ? await passkeyOwner(interaction, guest, { purpose: 'second-factor', userId }) : undefined
  if (owner === undefined) return refuseAt(provider, interaction, { guest, at })
  const cookies = await trusted(provider, interaction, { guest, at })
  const proved = { userId, generation, methods: [...at.methods, 'passkey' as const] }
  return (await enterWith(provider, interaction, { guest, proved, cookies })) ?? toFirstFactor(provider, interaction)
}

const refuseAt = async (provider: Provider, interaction: Interaction, { guest, at }: { guest: Guest; at: AtSecondFactor }) => {
  const { journey } = interaction
  const { userId } = at.person
  const refused = journey.events.make({ type: 'sign_in.refused', userId, payload: { reason: 'wrong-second-factor' } })
  await provider.authorization.store.note([refused])
  return draw(provider, interaction, { at, doors: guest.doors, status: 422, problem: 'wrong' })
}

const check = async (provider: Provider, interaction: Interaction, { guest, at }: { guest: Guest; at: AtSecondFactor }) => {
  const { fields } = interaction
  const kind = shownOf(interaction, at)
  if (kind === undefined) return toFirstFactor(provider, interaction)
  if ((fields.get('code') ?? '') === '') return draw(provider, interaction, { at, doors: guest.doors, status: 422, problem: 'missing' })
  const verdict = await verdictOf(interaction, guest, { at, kind })
  if (verdict.kind === 'limited')
    return draw(provider, interaction, {
      at,
      doors: guest.doors,
      status: 429,
      problem: 'limited',
      retryAfterSeconds: verdict.retryAfterSeconds,
    })
  if (verdict.kind !== 'done') return refuseAt(provider, interaction, { guest, at })
  const cookies = await trusted(provider, interaction, { guest, at })
  const { userId, generation } = at.person
  const entered = await enterWith(provider, interaction, { guest, proved: { userId, generation, methods: verdict.methods }, cookies })
  return entered ?? toFirstFactor(provider, interaction)
}

const submit = async (provider: Provider, opened: Interaction, { guest, isOwn }: { guest: Guest; isOwn: boolean }) => {
  const { fields, flow } = opened
  const at = await atSecondFactor(provider, opened, guest)
  if (at === undefined) return toFirstFactor(provider, opened)
  const interaction = inLanguageOf(opened, at.person)
  if (!isOwn) return draw(provider, interaction, { at, doors: guest.doors, status: 403, problem: 'expired' })
  if (fields.get('action') === 'cancel') return cancel(provider, interaction)
  if (fields.get('action') === 'passkey') return checkPasskey(provider, interaction, { guest, at })
  const way = fields.get('way') === 'resend' ? flow.second?.method : fields.get('way')
  const method = secondsOf(at).find((one) => one === way)
  return method === undefined ? check(provider, interaction, { guest, at }) : chooseWay(provider, interaction, { guest, at, method })
}

const SecondFactorForm = Type.Object({
  flow: Type.String(),
  form_token: Type.String(),
  code: Type.Optional(Type.String()),
  way: Type.Optional(Type.String({ description: 'totp, recovery-code, email-code, sms-code or resend' })),
  passkey_token: Type.Optional(Type.String()),
  passkey_answer: Type.Optional(Type.String()),
  trust: Type.Optional(Type.String({ description: 'yes: do not ask again in this browser for a while' })),
  action: Type.Optional(Type.String({ description: 'continue or cancel' })),
})

/** The page between the first factor and the session. */
export const secondFactorRoutes = (provider: Provider, assets: Assets, doors: Doors): readonly AnyRoute[] =>
  flowPage(
    { provider, assets, doors },
    {
      path,
      who: 'a person who has proved the first factor in this browser',
      get: {
        summary: 'The page that asks for a second factor',
        noEvent: 'reads only',
        draw: async ({ interaction, guest }) => {
          const at = await atSecondFactor(provider, interaction, guest)
          if (at === undefined) return toFirstFactor(provider, interaction)
          return draw(provider, inLanguageOf(interaction, at.person), { at, doors, status: 200 })
        },
      },
      post: {
        summary: 'Give a second factor',
        max: provider.limits.signIn,
        events: ['sign_in.succeeded', 'sign_in.refused', 'proof.sent', 'authorization.refused'],
        form: SecondFactorForm,
        formOf: purposeOf,
        submit: ({ interaction, guest, isOwn }) => submit(provider, interaction, { guest, isOwn }),
      },
    },
  )

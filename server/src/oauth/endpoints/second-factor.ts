import type { MethodName } from '../../credentials/method.ts'
import { within } from '../../login/login.ts'
import { readIdentifier } from '../../users/users.ts'
import { sealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { pageAddress } from './advance.ts'
import { demandsOf } from './demands.ts'
import type { Guest } from './entrance.ts'
import type { Interaction } from './interaction.ts'
import { redirectReply } from './page-reply.ts'
import { browserHash, browserKey } from './visitor.ts'

/** Who stands between the first factor and the second, with what would do. */
export const atSecondFactor = async (provider: Provider, { journey, visitor, flow }: Interaction, { doors }: Guest) => {
  const { pending } = flow
  // What was proved counts in the browser in which it was, for an account that nothing has changed since.
  if (pending === undefined || pending.browser !== browserKey(visitor)) return undefined
  const person = await doors.people.byId(journey.tenantId, pending.userId, visitor.trust)
  if (person === undefined || (pending.generation !== undefined && pending.generation !== person.generation)) return undefined
  const { methods } = pending
  const { demands, allowed } = await demandsOf(provider, journey, 'second-factor')
  const next = await doors.progression.advance(journey.tenantId, { person, methods, demands, allowed })
  const policy = within(await doors.progression.policyOf(journey.tenantId), allowed)
  return { person, methods, demands, allowed, next, canEnrol: policy.methods.totp, trustedDeviceSeconds: policy.trustedDeviceSeconds }
}

export type AtSecondFactor = NonNullable<Awaited<ReturnType<typeof atSecondFactor>>>

/** Where the code of this way goes; undefined where the way needs none, or the person has no such address. */
export const sentTo = (method: MethodName, { person }: Pick<AtSecondFactor, 'person'>) => {
  const { userId, email, phone } = person
  if (method === 'sms-code' && phone !== null) return { channel: 'sms', to: { userId, address: phone, written: phone } } as const
  const identifier = method === 'email-code' && email !== null ? readIdentifier(email) : undefined
  return identifier && ({ channel: 'email', to: { userId, address: identifier.canonical, written: identifier.written } } as const)
}

/** The way that the person chose: by mail, a code is sent first. */
export const chooseWay = async (
  provider: Provider,
  interaction: Interaction,
  { guest, at, method }: { guest: Guest; at: AtSecondFactor; method: MethodName },
) => {
  const { journey, visitor, frame } = interaction
  const sending = sentTo(method, at)
  const proofId =
    sending &&
    (await guest.doors.proofs.send(journey.tenantId, {
      ...{
        ...sending,
        purpose: 'second-factor',
        typed: sending.to.address,
        language: frame.lang,
        browser: browserHash(visitor),
        events: journey.events,
      },
    }))
  const flow = { ...journey.flow, second: { method, proofId } }
  return redirectReply(303, pageAddress(provider, 'second-factor', sealFlow(provider.keys.flow, journey.tenantId, flow) ?? ''))
}

/** Back to the first factor: what was proved counts no more. */
export const toFirstFactor = (provider: Provider, { journey }: Interaction) => {
  const sealed = sealFlow(provider.keys.flow, journey.tenantId, { ...journey.flow, pending: undefined, second: undefined })
  return redirectReply(303, pageAddress(provider, 'sign-in', sealed ?? ''))
}

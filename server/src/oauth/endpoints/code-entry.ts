import type { Purpose } from '../../credentials/email-code/email-code.ts'
import { readIdentifier } from '../../users/users.ts'
import { type Flow, sealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { type PageName, pageAddress } from './advance.ts'
import type { Guest } from './entrance.ts'
import type { Interaction } from './interaction.ts'
import { redirectReply } from './page-reply.ts'
import { browserHash } from './visitor.ts'

type Sending = {
  readonly guest: Guest
  /** What the person typed: it is shown again, and tells nothing of whether there is such an account. */
  readonly name: string
}

const toPage = (provider: Provider, { journey, visitor }: Interaction, { page, flow }: { page: PageName; flow: Interaction['flow'] }) =>
  redirectReply(303, pageAddress(provider, page, sealFlow(provider.keys.flow, journey.tenantId, flow) ?? ''), visitor.cookies)

/** Sends a code to the address of the account that was named; with nobody behind the name, the same happens and nothing is sent. */
const sendTo = async (
  { journey, visitor, frame, sealed }: Interaction,
  { guest, name, purpose }: Sending & { readonly purpose: Extract<Purpose, 'sign-in' | 'reset'> },
): Promise<string> => {
  const identifier = readIdentifier(name)
  const person = identifier && (await guest.doors.people.byName(journey.tenantId, identifier))
  const email = person?.email == null ? undefined : readIdentifier(person.email)
  return guest.doors.proofs.send(journey.tenantId, {
    purpose,
    to: person && email && { userId: person.userId, address: email.canonical, written: email.written },
    typed: identifier?.canonical ?? name,
    language: frame.lang,
    browser: browserHash(visitor),
    // The link goes on with the request that is under way, where it is not too long for that.
    payload: person === undefined || sealed.length > 6000 ? {} : { flow: sealed },
    events: journey.events,
  })
}

/** On to the page that takes the code of a sign-in by mail. */
export const sendSignInCode = async (provider: Provider, interaction: Interaction, sending: Sending) => {
  const id = await sendTo(interaction, { ...sending, purpose: 'sign-in' })
  const { fields, journey } = interaction
  const isOther = fields.get('as') === 'other' || (journey.flow.proof?.isOther ?? false)
  const flow = { ...journey.flow, proof: { id, purpose: 'sign-in', typed: sending.name.slice(0, 320), isOther } as const }
  return toPage(provider, interaction, { page: 'code', flow })
}

/** On to the page that takes the code by which a password is set anew. */
export const sendResetCode = async (provider: Provider, interaction: Interaction, sending: Sending) => {
  const id = await sendTo(interaction, { ...sending, purpose: 'reset' })
  const flow = { ...interaction.journey.flow, proof: { id, purpose: 'reset', typed: sending.name.slice(0, 320) } as const }
  return toPage(provider, interaction, { page: 'code', flow })
}

/** The person who proved to be the owner of the account chooses a password next. */
export const toNewPassword = (
  provider: Provider,
  interaction: Interaction,
  { userId, generation, address, language }: Omit<NonNullable<Flow['owner']>, 'at'>,
) =>
  toPage(provider, interaction, {
    page: 'new-password',
    flow: { ...interaction.journey.flow, proof: undefined, owner: { userId, generation, address, language, at: provider.now() } },
  })

import { checkEmail } from '../../users/users.ts'
import { sealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { type PageName, pageAddress } from './advance.ts'
import type { Guest } from './entrance.ts'
import type { Interaction } from './interaction.ts'
import { redirectReply } from './page-reply.ts'
import { browserHash, browserKey } from './visitor.ts'

const toPage = (provider: Provider, { journey, visitor }: Interaction, { page, flow }: { page: PageName; flow: Interaction['flow'] }) =>
  redirectReply(303, pageAddress(provider, page, sealFlow(provider.keys.flow, journey.tenantId, flow) ?? ''), visitor.cookies)

/** On to the page that takes the code which proves an address before there is an account; undefined where it is no address. */
export const sendSignUpProof = async (provider: Provider, interaction: Interaction, { guest, name }: { guest: Guest; name: string }) => {
  const { journey, visitor, frame, sealed } = interaction
  const { tenantId, events } = journey
  const email = checkEmail(name)
  if (email.kind === 'refused') return undefined
  const { written } = email.identifier
  const id = await guest.doors.newcomers.sendProof(tenantId, {
    email: email.identifier,
    language: frame.lang,
    browser: browserHash(visitor),
    // The link goes on with the request that is under way, where it is not too long for that.
    payload: { written, ...(sealed.length > 6000 ? {} : { flow: sealed }) },
    events,
  })
  const flow = { ...journey.flow, proof: { id, purpose: 'sign-up', typed: written } as const }
  return toPage(provider, interaction, { page: 'code', flow })
}

/** Whoever has proved an address makes the account next, in this browser. */
export const toAccountForm = (
  provider: Provider,
  interaction: Interaction,
  proved: { readonly proofId: string; readonly email: string },
) => {
  const newcomer = { ...proved, at: provider.now(), browser: browserKey(interaction.visitor) }
  return toPage(provider, interaction, { page: 'sign-up', flow: { ...interaction.journey.flow, proof: undefined, newcomer } })
}

/** The address that was proved in this browser; undefined where none was. */
export const newcomerOf = ({ flow, visitor }: Interaction) =>
  flow.newcomer !== undefined && flow.newcomer.browser === browserKey(visitor) ? flow.newcomer : undefined

import { normalizePassword } from '../../credentials/password/password.ts'
import type { SignUpInput } from '../../login/login.ts'
import { readIdentifier } from '../../users/users.ts'
import type { Provider } from '../provider.ts'
import { type Guest, passwordRequest, settle } from './entrance.ts'
import type { Interaction } from './interaction.ts'
import { browserHash } from './visitor.ts'

type Entering = { readonly guest: Guest; readonly input: Pick<SignUpInput, 'username' | 'password'> }

/** In with the password that was chosen a moment ago. */
export const enterAsNew = async (provider: Provider, interaction: Interaction, { guest, input }: Entering) => {
  const password = normalizePassword(input.password)
  if (password.kind === 'refused') return undefined
  const { request, secret } = await passwordRequest(provider, interaction, guest)
  const outcome = await guest.doors.signIn({ ...request, name: input.username, secret: password.secret })
  return outcome.kind === 'refused' || outcome.kind === 'limited' ? undefined : settle(provider, interaction, { entry: outcome, secret })
}

/** Asks for a proof of the new address, unless the tenant wants none. */
export const askToVerify = async (
  { doors }: Guest,
  { journey, visitor, frame }: Interaction,
  { userId, email }: { readonly userId: string; readonly email: string },
): Promise<void> => {
  const { emailProof } = await doors.progression.policyOf(journey.tenantId)
  const identifier = readIdentifier(email)
  if (emailProof === 'never' || identifier === undefined) return
  const to = { userId, address: identifier.canonical, written: identifier.written }
  const { events, tenantId } = journey
  const browser = browserHash(visitor)
  await doors.proofs.send(tenantId, { purpose: 'verify-email', to, typed: to.address, language: frame.lang, browser, events })
}

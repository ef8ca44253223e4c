import type { Doors } from '../../login/login.ts'
import type { PasskeyAsk } from '../../pages/passkey-block.ts'
import type { Guest } from './entrance.ts'
import type { Interaction } from './interaction.ts'
import { browserHash, type Visitor } from './visitor.ts'

type Subject = { readonly purpose: 'sign-in' } | { readonly purpose: 'second-factor'; readonly userId: string }

/** What the page asks the browser for; undefined where passkeys are not used, or cannot work at this address. */
export const askForPasskey = async (
  doors: Doors,
  tenantId: string,
  { visitor, ...subject }: Subject & { readonly visitor: Visitor },
): Promise<PasskeyAsk | undefined> => {
  const passkeys = await doors.factors.passkeys(tenantId)
  if (passkeys === undefined) return undefined
  const asked = await passkeys.ask(tenantId, { ...subject, browser: browserHash(visitor) })
  return { ...asked, use: 'get' }
}

const answerOf = (fields: ReadonlyMap<string, string>): unknown => {
  try {
    return JSON.parse((fields.get('passkey_answer') ?? '').slice(0, 16_384))
  } catch {
    return undefined
  }
}

/** Who the answer shows to be there; undefined where it is refused, whatever the reason, which the events tell. */
export const passkeyOwner = async (
  { journey, fields, visitor }: Interaction,
  { doors }: Guest,
  subject: Subject,
): Promise<{ readonly userId: string } | undefined> => {
  const { tenantId, events } = journey
  const passkeys = await doors.factors.passkeys(tenantId)
  if (passkeys === undefined) return undefined
  const clonedEvent = events.makeConditional({ type: 'passkey.cloned', findsUser: true, payload: { passkey: '' } })
  const verdict = await passkeys.check(tenantId, {
    ...subject,
    ...{ browser: browserHash(visitor), token: fields.get('passkey_token') ?? '', answer: answerOf(fields), clonedEvent },
  })
  if (verdict.kind === 'refused' && verdict.reason === 'cloned') events.count('passkey.cloned')
  return verdict.kind === 'passed' ? { userId: verdict.userId } : undefined
}

export { answerOf as passkeyAnswerOf }

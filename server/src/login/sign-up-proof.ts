import { randomBytes } from 'node:crypto'
import { kinds, makeProof, type ProofStore } from '../credentials/email-code/email-code.ts'
import type { EventMaker } from '../events/events.ts'
import { makeMessage } from '../mail/mail.ts'
import { newId } from '../platform/ids.ts'
import type { Identifier } from '../users/users.ts'

export type SignUpProofDeps = {
  readonly store: Pick<ProofStore, 'begin'>
  readonly findOwner: (tenantId: string, email: Identifier) => Promise<string | undefined>
  readonly codeKey: Uint8Array
  readonly messageKey: Uint8Array
  readonly issuer: string
}

type Newcomer = {
  readonly email: Identifier
  readonly language: string
  readonly browser: Uint8Array
  readonly payload: Readonly<Record<string, unknown>>
  readonly events: EventMaker
}

/** Writes the mail to an address that wants an account; the id by which the page asks for the code. */
export type SendSignUpProof = (tenantId: string, newcomer: Newcomer) => Promise<string>

/**
 * Proves an address before there is an account. Where the address has one, its owner is told so and the row holds a code that nobody was sent:
 * the page, the row and the number of statements are the same.
 */
export const createSignUpProof =
  ({ store, findOwner, codeKey, messageKey, issuer }: SignUpProofDeps): SendSignUpProof =>
  async (tenantId, { email, language, browser, payload, events }) => {
    const id = newId()
    const purpose = 'sign-up'
    const made = makeProof(codeKey, id, purpose)
    const { lifeSeconds } = kinds[purpose]
    const userId = await findOwner(tenantId, email)
    const letter = { tenantId, channel: 'email', language, recipient: email.written, lifeSeconds } as const
    const words = { code: made.code, link: `${issuer}/interaction/link?token=${made.link}`, minutes: String(Math.round(lifeSeconds / 60)) }
    const message =
      userId === undefined
        ? makeMessage(messageKey, { ...letter, template: 'sign-up-code', words })
        : makeMessage(messageKey, { ...letter, userId, template: 'account-exists', words: { link: `${issuer}/account` } })
    const sent = await store.begin(tenantId, {
      ...{ id, purpose, userId: undefined, channel: 'email', browser, payload, address: email.canonical },
      made: userId === undefined ? made : { ...made, codeMac: randomBytes(32), linkHash: randomBytes(32) },
      messages: [message],
      events: [events.make({ type: 'proof.sent', payload: { purpose, channel: 'email' } })],
    })
    // Where the address has had its share, the page looks the same and no code of it is right.
    return sent ?? id
  }

import { type CodeOutcome, codeMac, kinds, makeProof, type ProofStore, type Purpose } from '../credentials/email-code/email-code.ts'
import type { EventMaker } from '../events/events.ts'
import { makeMessage, type OutgoingMessage, type TemplateName } from '../mail/mail.ts'
import { newId } from '../platform/ids.ts'
import { isTextable, type SignInPolicy } from './policy.ts'

export type ProofsDeps = {
  readonly store: ProofStore
  /** Under which codes are kept, and under which messages are sealed. */
  readonly codeKey: Uint8Array
  readonly messageKey: Uint8Array
  readonly issuer: string
  readonly policyOf: (tenantId: string) => Promise<Pick<SignInPolicy, 'smsPrefixes' | 'smsPerHour'>>
}

type Sent = Extract<Purpose, 'sign-in' | 'second-factor' | 'sign-up' | 'verify-email' | 'change-email' | 'reset' | 'verify-phone'>

export type ProofRequest = {
  readonly purpose: Sent
  readonly channel?: 'email' | 'sms'
  /** Nobody where no account is behind what was typed: then the same is done, and nothing is sent. */
  readonly to: { readonly userId: string | undefined; readonly address: string; readonly written: string } | undefined
  /** What was typed, to count requests for it. */
  readonly typed: string
  readonly language: string
  readonly browser?: Uint8Array | undefined
  readonly payload?: Readonly<Record<string, unknown>>
  readonly events: EventMaker
}

type Confirmation = { readonly userId: string; readonly purpose: Purpose; readonly code: string; readonly method: string }

const templates = {
  'sign-in': 'sign-in-code',
  'second-factor': 'second-factor-code',
  'sign-up': 'sign-up-code',
  'verify-email': 'verify-email',
  'change-email': 'change-email',
  reset: 'reset-password',
  'verify-phone': 'phone-code',
} as const satisfies Record<Sent, TemplateName>

const templateOf = (purpose: Sent, channel: 'email' | 'sms'): TemplateName => (channel === 'sms' ? 'phone-code' : templates[purpose])

/** Sends proofs of an address and checks what comes back. */
export const createProofs = ({ store, codeKey, messageKey, issuer, policyOf }: ProofsDeps) => ({
  /** Draws up and sends a code, with a link where the purpose has one; the id by which the page asks for it. */
  send: async (tenantId: string, request: ProofRequest): Promise<string> => {
    const { purpose, channel = 'email', to, typed, language, browser, payload, events } = request
    const id = newId()
    const made = makeProof(codeKey, id, purpose)
    const { lifeSeconds } = kinds[purpose]
    const words = {
      code: made.code,
      link: `${issuer}/interaction/link?token=${made.link}`,
      minutes: String(Math.round(lifeSeconds / 60)),
      hours: String(Math.round(lifeSeconds / 3600)),
    }
    const message = {
      ...{ tenantId, channel, template: templateOf(purpose, channel), language, lifeSeconds, words },
      ...{ recipient: to?.written, userId: to?.userId },
    } as OutgoingMessage
    const policy = await policyOf(tenantId)
    const isReached = to !== undefined && (channel === 'email' || isTextable(policy, to.address))
    const about = { userId: to?.userId, payload: { purpose, channel } }
    const sent = await store.begin(tenantId, {
      ...{ id, purpose, made, userId: to?.userId, channel, browser, payload: payload ?? {} },
      address: to?.address ?? typed.slice(0, 320),
      messages: isReached ? [makeMessage(messageKey, message)] : [],
      events: [events.make({ type: isReached || to === undefined ? 'proof.sent' : 'proof.withheld', ...about })],
      textsPerHour: policy.smsPerHour,
      withheld: [events.makeConditional({ type: 'proof.withheld', ...about })],
    })
    // Where the address has had its share, the page looks the same and no code of it is right.
    return sent ?? id
  },
  /** Checks a typed code and spends it. */
  check: (tenantId: string, { id, purpose, code, method }: { id: string; purpose: Purpose; code: string; method: string }) =>
    store.tryCode(tenantId, { id, purpose, method, mac: codeMac(codeKey, id, code) }),
  /** The same for a person who is known, whose latest proof of this purpose it is. */
  confirm: async (tenantId: string, { userId, purpose, code, method }: Confirmation): Promise<CodeOutcome> => {
    const id = await store.findLive(tenantId, { userId, purpose })
    return id === undefined ? { kind: 'gone' } : store.tryCode(tenantId, { id, purpose, method, mac: codeMac(codeKey, id, code) })
  },
  peek: store.peek,
  spendLink: store.spendLink,
})

export type Proofs = ReturnType<typeof createProofs>

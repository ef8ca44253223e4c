import type { ProofRow } from '../credentials/email-code/email-code.ts'
import type { MethodName } from '../credentials/method.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import type { MessageRow } from '../mail/mail.ts'
import { newId } from '../platform/ids.ts'
import type { SecondFactor } from './steps.ts'

/** Where a browser signs in: the hash of the secret in its cookie, its sessions, of which the one of the same person is renewed, and itself as a hash. */
export type BrowserDoor = {
  readonly sessionId: string
  readonly secretHash: Uint8Array
  readonly renews: readonly string[]
  readonly browser: Uint8Array
}

/** What is told the person where the browser is a new one: written only then. */
export type Notice = { readonly messages: readonly MessageRow[]; readonly proofs: readonly ProofRow[] }

export type NewSession = {
  readonly userId: string
  readonly sessionId: string
  readonly grantId: string
  /** Of the account when the first factor was checked: whoever changes what guards it meanwhile moves it. */
  readonly generation: number
  readonly encoded: string
  readonly upgraded: string | undefined
  readonly amr: readonly string[]
  readonly methods: readonly MethodName[]
  readonly clientId: string
  readonly scope: string
  readonly browser: BrowserDoor | undefined
  readonly notice: Notice
  readonly ip: string | undefined
  readonly userAgent: string | undefined
  readonly events: readonly EventRow[]
  /** Written only by the one sign-in that replaces the hash. */
  readonly upgradeEvents: readonly EventRow[]
  /** The event of a session that has to make room; written once for each. */
  readonly evictionEvent: EventRow
}

export type Entering = {
  readonly clientId: string
  readonly scope: string
  readonly browser?: BrowserDoor | undefined
  readonly origin: { readonly ip: string; readonly userAgent?: string | undefined }
  readonly events: EventMaker
}

export type Proven = {
  readonly userId: string
  readonly generation: number
  readonly amr: readonly string[]
  readonly methods: readonly MethodName[]
  readonly secondFactor: SecondFactor
  readonly notice?: Notice
  /** Where a password was checked: the hash that was found, and the one of the present scheme that replaces it. */
  readonly password?: { readonly encoded: string; readonly upgraded: string | undefined; readonly scheme: string }
}

const nothing: Notice = { messages: [], proofs: [] }

/** The session of somebody who has proved enough, ready to be written with its events. */
export const newSession = (
  entering: Entering,
  { userId, generation, amr, methods, secondFactor, notice = nothing, password }: Proven,
): NewSession => {
  const { clientId, scope, browser, origin, events } = entering
  const sessionId = browser?.sessionId ?? newId()
  const via = browser === undefined ? 'account-api' : 'browser'
  const { encoded = '', upgraded, scheme = '' } = password ?? {}
  return {
    ...{ userId, sessionId, grantId: newId(), generation, encoded, upgraded, amr, methods, clientId, scope, browser, notice },
    upgradeEvents: upgraded === undefined ? [] : [events.makeConditional({ type: 'password.upgraded', userId, payload: { scheme } })],
    ip: origin.ip || undefined,
    userAgent: origin.userAgent?.slice(0, 512),
    evictionEvent: events.makeConditional({ type: 'session.ended', userId, clientId, payload: { reason: 'evicted' } }),
    events: [events.make({ type: 'sign_in.succeeded', userId, sessionId, clientId, payload: { amr, via, second_factor: secondFactor } })],
  }
}

import type { EventRow } from '../../events/events.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Method } from '../method.ts'
import { type AuthenticationAnswer, readAuthenticationAnswer, readRegistrationAnswer } from './answer.ts'
import { authenticatorName } from './authenticators.ts'
import { type ChallengePurpose, makeChallenge, openChallenge } from './challenge.ts'
import {
  type AuthenticationOptions,
  allowedCredentials,
  authenticationOptions,
  decoyCredentials,
  type PasskeyUse,
  type RegistrationOptions,
  registrationOptions,
} from './options.ts'
import { type Passkey, type PasskeyAddition, type PasskeyVerdict, passkeysMax, type Refused, userHandleOf } from './record.ts'
import type { RelyingParty } from './relying-party.ts'
import { type Library, type NewCredential, type Use, verifyAuthentication, verifyRegistration } from './verify.ts'

/** Passkeys and security keys (Web Authentication Level 3). */
export const passkeyMethod: Method = {
  name: 'passkey',
  amr: ['pop', 'user'],
  uses: ['first', 'second'],
  isMultiFactor: true,
  isEnrolled: ({ passkeys }) => passkeys > 0,
}

type SpentChallenge = { readonly hash: Uint8Array; readonly expiresAt: number }
/** What a new passkey is stored with. */
export type NewPasskey = NewCredential & { readonly id: string; readonly userId: string; readonly name: string }

export type PasskeyStore = {
  readonly list: (tenantId: string, userId: string) => Promise<readonly Passkey[]>
  /** True for the one answer to a challenge that came first, before it expired by the database's clock. */
  readonly spend: (tenantId: string, challenge: SpentChallenge) => Promise<boolean>
  /** The same, with the credential that the answer names. */
  readonly spendAndFind: (
    tenantId: string,
    input: SpentChallenge & { credentialId: Uint8Array },
  ) => Promise<{ readonly isSpent: boolean; readonly passkey: Passkey | undefined }>
  readonly add: (
    tenantId: string,
    input: { passkey: NewPasskey; event: EventRow },
  ) => Promise<'added' | 'exists' | 'too-many' | 'unknown-user'>
  /** Keeps counter, backup state and time of a verified use; a counter that went back is `cloned` and noted. */
  readonly use: (tenantId: string, input: { passkey: Passkey; use: Use; clonedEvent: EventRow }) => Promise<'used' | 'cloned' | 'gone'>
  readonly rename: (tenantId: string, input: { userId: string; id: string; name: string; event: EventRow }) => Promise<boolean>
  readonly remove: (tenantId: string, input: { userId: string; id: string; event: EventRow }) => Promise<boolean>
  /** Keeps the last way to sign in; `withPassword` and `withEmail` say whether the tenant takes a password, or a code by mail, for one. */
  readonly removeUnlessLast: (
    tenantId: string,
    input: { userId: string; id: string; event: EventRow; withPassword: boolean; withEmail: boolean },
  ) => Promise<'removed' | 'last' | 'unknown'>
}

export type PasskeyDeps = {
  readonly store: PasskeyStore
  /** Seals challenges and derives decoys. */
  readonly key: Uint8Array
  readonly relyingParty: RelyingParty
  readonly clock: Clock
  readonly library?: Library
}

type Person = { readonly userId: string; readonly userName: string; readonly displayName: string }
type Making = { readonly use: PasskeyUse; readonly attestation: 'none' | 'direct'; readonly browser: Uint8Array }

export type PasskeyRegistration =
  | { readonly kind: 'begun'; readonly options: RegistrationOptions; readonly token: string }
  | { readonly kind: 'too-many' }

/** Options for a new passkey; the token goes into the page beside them. */
export const beginPasskey =
  ({ store, key, relyingParty, clock }: PasskeyDeps) =>
  async (tenantId: string, { browser, ...input }: Person & Making): Promise<PasskeyRegistration> => {
    const passkeys = await store.list(tenantId, input.userId)
    if (passkeys.length >= passkeysMax) return { kind: 'too-many' }
    const { challenge, token } = makeChallenge(key, { tenantId, purpose: 'register', userId: input.userId, browser, now: clock() })
    return { kind: 'begun', options: registrationOptions(relyingParty, { ...input, challenge, passkeys }), token }
  }

const refused = (reason: Refused['reason']): Refused => ({ kind: 'refused', reason })

const circumstancesOf = ({ relyingParty, library }: PasskeyDeps, challenge: string, requiresUserVerification: boolean) => ({
  relyingParty,
  challenge,
  requiresUserVerification,
  ...(library === undefined ? {} : { library }),
})

type Addition = Making & {
  readonly userId: string
  /** Of the row to be made; `event` is `passkey.added` of it. */
  readonly id: string
  readonly event: EventRow
  readonly token: string
  readonly answer: unknown
  readonly name?: string
}

/** Verifies the answer and adds the passkey. The challenge is spent first: whatever comes of it, no second answer to it counts. */
export const addPasskey =
  (deps: PasskeyDeps) =>
  async (tenantId: string, { userId, browser, id, event, token, name, ...input }: Addition): Promise<PasskeyAddition> => {
    const { store, key, clock } = deps
    const answer = readRegistrationAnswer(input.answer)
    if (answer === undefined) return refused('malformed')
    const opened = openChallenge(key, token, { tenantId, purpose: 'register', userId, browser, now: clock() })
    if (opened.kind !== 'opened') return refused(`challenge-${opened.kind}`)
    if (!(await store.spend(tenantId, opened))) return refused('challenge-spent')
    const circumstances = circumstancesOf(deps, opened.challenge, input.use === 'sign-in')
    const verified = await verifyRegistration(answer, { ...circumstances, attestation: input.attestation })
    if (verified.kind === 'refused') return verified
    const { credential } = verified
    const passkey = { ...credential, id, userId, name: name ?? authenticatorName(credential.aaguid) }
    const kind = await store.add(tenantId, { passkey, event })
    return kind === 'added' ? { kind, passkeyId: id, name: passkey.name, isUserVerified: credential.isUserVerified } : { kind }
  }

type Purpose = Exclude<ChallengePurpose, 'register'>

/** Who is asked: whoever the authenticator finds, the owner of a name (which may be nobody), or a person who is known already. */
export type PasskeySubject =
  | { readonly purpose: 'sign-in'; readonly userId?: undefined; readonly name?: undefined }
  | { readonly purpose: 'sign-in'; readonly userId: string | undefined; readonly name: string }
  | { readonly purpose: 'second-factor' | 'step-up'; readonly userId: string; readonly name?: undefined }

// Beside a password a passkey is the second factor with or without verification; alone it has to be both.
const requiresUserVerification = (purpose: Purpose): boolean => purpose !== 'second-factor'

const nobody = '00000000-0000-0000-0000-000000000000'

/** Options for an answer. A name is looked up and answered with credential ids whether anybody has it or not. */
export const askPasskey =
  ({ store, key, relyingParty, clock }: PasskeyDeps) =>
  async (
    tenantId: string,
    { browser, ...subject }: PasskeySubject & { browser: Uint8Array },
  ): Promise<{ readonly options: AuthenticationOptions; readonly token: string }> => {
    const { purpose, userId, name } = subject
    const { challenge, token } = makeChallenge(key, { tenantId, purpose, userId, browser, now: clock() })
    const isOpen = userId === undefined && name === undefined
    const own = isOpen ? undefined : allowedCredentials(relyingParty, await store.list(tenantId, userId ?? nobody))
    const allowCredentials = name !== undefined && own?.length === 0 ? decoyCredentials(key, { tenantId, name }) : own
    const userVerification = requiresUserVerification(purpose) ? 'required' : 'preferred'
    return { options: authenticationOptions(relyingParty, { challenge, userVerification, allowCredentials }), token }
  }

// Section 7.2 step 6: an account that nobody named has to be named by the authenticator, and one that was has to be its.
const isOwner = ({ userHandle }: AuthenticationAnswer, passkey: Passkey, userId: string | undefined): boolean => {
  if (userId !== undefined && passkey.userId !== userId) return false
  return userHandle === undefined ? userId !== undefined : userHandle === userHandleOf(passkey.userId)
}

type Checking = PasskeySubject & {
  readonly browser: Uint8Array
  readonly token: string
  readonly answer: unknown
  /** `passkey.cloned`; written only where the counter went back. */
  readonly clonedEvent: EventRow
}

/** Verifies an answer. The challenge is spent first, in the statement that finds the credential. */
export const checkPasskey =
  (deps: PasskeyDeps) =>
  async (tenantId: string, { purpose, userId, browser, token, clonedEvent, ...input }: Checking): Promise<PasskeyVerdict> => {
    const { store, key, clock } = deps
    const answer = readAuthenticationAnswer(input.answer)
    if (answer === undefined) return refused('malformed')
    const opened = openChallenge(key, token, { tenantId, purpose, userId, browser, now: clock() })
    if (opened.kind !== 'opened') return refused(`challenge-${opened.kind}`)
    const credentialId = Buffer.from(answer.id, 'base64url')
    const { isSpent, passkey } = await store.spendAndFind(tenantId, { ...opened, credentialId })
    if (!isSpent) return refused('challenge-spent')
    if (passkey === undefined) return refused('unknown-credential')
    if (!isOwner(answer, passkey, userId)) return refused('other-person')
    const circumstances = circumstancesOf(deps, opened.challenge, requiresUserVerification(purpose))
    const verified = await verifyAuthentication(answer, passkey, circumstances)
    if (verified.kind === 'refused') return verified
    const event = { ...clonedEvent, user_id: passkey.userId, payload: { passkey: passkey.id } }
    const kind = await store.use(tenantId, { passkey, use: verified.use, clonedEvent: event })
    if (kind !== 'used') return refused(kind === 'gone' ? 'unknown-credential' : 'cloned')
    // Verification counts only on a credential whose owner was verified when it was made (section 4, uvInitialized).
    const isUserVerified = verified.use.isUserVerified && passkey.isUserVerified
    return { kind: 'passed', userId: passkey.userId, passkeyId: passkey.id, isUserVerified, isBackedUp: verified.use.isBackedUp }
  }

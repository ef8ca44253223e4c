import { addPasskey } from '../credentials/passkey/passkey.ts'
import type { Database } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import { registrationStore } from '../users/users.ts'
import type { Factors, Passkeys } from './factors.ts'
import { claimGuard, isClaimOpen } from './first-administrator.store.ts'
import { guardedRegistration, orGone } from './guarded-registration.store.ts'
import { PasskeyRefused, withPasskey } from './guards.store.ts'
import { checkNames, createSignUp, type Names, type SignUpDeps, type SignUpInput, type SignUpOutcome } from './sign-up.ts'

type Claim = { readonly token: string; readonly events: EventMaker }
type NamesOnly = Pick<SignUpInput, 'username' | 'email'>

export type PasskeyClaim = Claim & {
  readonly input: NamesOnly
  /** For whom the passkey was asked: the challenge is bound to it. */
  readonly userId: string
  readonly browser: Uint8Array
  readonly challenge: string
  readonly answer: unknown
}

type Refusal = Exclude<SignUpOutcome, { kind: 'registered' }>
type Beginning = { readonly userId: string; readonly username: string; readonly browser: Uint8Array }
type Begun = { readonly options: object; readonly challenge: string }

/** The first administrator, by the link of the first start. */
export type FirstAdministrator = {
  readonly isClaimOpen: (tenantId: string, token: string) => Promise<boolean>
  readonly claim: (tenantId: string, claim: Claim & { readonly input: SignUpInput }) => Promise<SignUpOutcome | 'gone'>
  /** What speaks against the names; undefined where nothing does. */
  readonly refuseNames: (tenantId: string, input: NamesOnly) => Promise<Refusal | undefined>
  /** What the browser is asked for a passkey with; undefined where passkeys are not used here. */
  readonly beginPasskey: (tenantId: string, input: Beginning) => Promise<Begun | undefined>
  /** Makes the account with a passkey in the place of a password. */
  readonly claimWithPasskey: (tenantId: string, claim: PasskeyClaim) => Promise<SignUpOutcome | 'gone' | 'refused'>
}

type Deps = Pick<SignUpDeps, 'hashes' | 'policy'> & { readonly db: Database; readonly factors: Factors }

const guardOf = (tenantId: string, { token, events }: Claim) =>
  claimGuard(tenantId, {
    token,
    eventOf: (userId) => events.make({ type: 'administrator.claimed', userId, payload: { role: 'owner' } }),
  })

const namesOf = async ({ db }: Deps, tenantId: string, input: NamesOnly): Promise<Names | Refusal> => {
  const { names, problems } = checkNames(input)
  if (names === undefined) return { kind: 'invalid', problems }
  const which = await registrationStore(db).findTaken(tenantId, names)
  return which === undefined ? names : { kind: 'taken', which }
}

type Writing = { readonly claim: PasskeyClaim; readonly names: Names; readonly passkeys: Passkeys }

/** The account is written where the passkey would be added: both, the link and the role, or nothing. */
const addWithAccount = async (
  deps: Deps,
  tenantId: string,
  { claim, names, passkeys }: Writing,
): Promise<SignUpOutcome | 'gone' | 'refused'> => {
  const { userId, events, browser, challenge: token, answer } = claim
  const id = newId()
  let outcome: SignUpOutcome | 'gone' | 'refused' = 'refused'
  const add: Passkeys['deps']['store']['add'] = async (_, passkey) => {
    const store = guardedRegistration(deps.db, withPasskey(guardOf(tenantId, claim), passkey))
    const account = { ...names, userId, encoded: undefined, isEmailVerified: false, attributes: undefined }
    const registered = events.make({ type: 'user.registered', userId, payload: { via: 'browser' } })
    const result = await orGone(store.register(tenantId, { ...account, events: [registered] }))
    outcome =
      result === 'gone' || result.kind === 'taken'
        ? result
        : { ...result, userId, username: names.username.written, email: names.email.written }
    return 'added'
  }
  const event = events.makeConditional({ type: 'passkey.added', userId, payload: { passkey: id } })
  const store = { ...passkeys.deps.store, add }
  const addition = { userId, browser, id, event, token, answer, use: 'sign-in', attestation: passkeys.attestation } as const
  const added = await addPasskey({ ...passkeys.deps, store })(tenantId, addition).catch((error) => {
    if (error instanceof PasskeyRefused) return { kind: 'exists' } as const
    throw error
  })
  return added.kind === 'added' ? outcome : 'refused'
}

/** Claims the platform for its first administrator. */
export const openFirstAdministrator = (deps: Deps): FirstAdministrator => ({
  isClaimOpen: (tenantId, token) => isClaimOpen(tenantId, deps.db, token),
  claim: (tenantId, { input, ...claim }) => {
    const store = guardedRegistration(deps.db, guardOf(tenantId, claim))
    const signUp = createSignUp({ ...deps, store, policyOf: async () => ({ signUp: 'open', emailProof: 'never' }) })
    return orGone(signUp({ tenantId, input, via: 'browser', events: claim.events }))
  },
  refuseNames: async (tenantId, input) => {
    const names = await namesOf(deps, tenantId, input)
    return 'kind' in names ? names : undefined
  },
  beginPasskey: async (tenantId, { userId, username, browser }) => {
    const passkeys = await deps.factors.passkeys(tenantId)
    const { attestation = 'none' } = passkeys ?? {}
    const begun = await passkeys?.begin(tenantId, {
      userId,
      userName: username,
      displayName: username,
      use: 'sign-in',
      attestation,
      browser,
    })
    return begun?.kind === 'begun' ? { options: begun.options, challenge: begun.token } : undefined
  },
  claimWithPasskey: async (tenantId, claim) => {
    const passkeys = await deps.factors.passkeys(tenantId)
    if (passkeys === undefined) return 'refused'
    const names = await namesOf(deps, tenantId, claim.input)
    return 'kind' in names ? names : addWithAccount(deps, tenantId, { claim, names, passkeys })
  },
})

import type { Config } from '../config/config.ts'
import { proofStore } from '../credentials/email-code/email-code.ts'
import { type HashPool, type PasswordPolicy, passwordPolicyOf } from '../credentials/password/password.ts'
import type { Database } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { messageKeyPurpose } from '../mail/mail.ts'
import { systemClock } from '../platform/clock.ts'
import { registrationStore } from '../users/users.ts'
import { type AccountChanges, type AccountChangesDeps, accountChanges } from './account-changes.store.ts'
import { createPasswordCheck, type PasswordCheck } from './check-password.ts'
import { deletionStore } from './deletion.store.ts'
import { createEnter, type Enter } from './enter.ts'
import { type FactorChanges, factorChanges } from './factor-changes.job.ts'
import { type Factors, openFactors } from './factors.ts'
import { ClaimGone, claimStore, isClaimOpen } from './first-administrator.store.ts'
import { signInLimits } from './limits.ts'
import { signInStore } from './login.store.ts'
import { methods } from './methods.ts'
import { createDeletionNotice, createEmailNotice, createNotices, type DeletionNotice, type EmailNotice, type Notices } from './notices.ts'
import { type PeopleStore, peopleStore } from './people.store.ts'
import { phoneStore } from './phone.store.ts'
import { type SignInPolicy, settingKey, signInPolicyOf } from './policy.ts'
import { createProgression, type Progression } from './progression.ts'
import { createProofs, type Proofs } from './proofs.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { createSignUp, type SignUp, type SignUpDeps, type SignUpInput, type SignUpOutcome } from './sign-up.ts'
import { findStanding } from './step-up.store.ts'
import { createStepUp, type StepUp } from './step-up.ts'

export type { Entry } from './enter.ts'
export type { Passkeys } from './factors.ts'
export { issueClaim } from './first-administrator.store.ts'
export type { Notice } from './new-session.ts'
export { deviceOf } from './notices.ts'
export { type SignInPolicy, settingKey as signInPolicyKey, signInPolicyOf } from './policy.ts'
export type { Person } from './progression.ts'
export type { SignIn, SignInOutcome, Trust } from './sign-in.ts'
export { createSignUp, type FieldProblem, type SignUp, type SignUpInput, type SignUpOutcome } from './sign-up.ts'
export type { Standing } from './step-up.ts'
export { type Demand, methodsOfAmr, type StepName } from './steps.ts'

/** Every way in: with a password, as somebody new, and with what was proved elsewhere. */
export type Doors = {
  readonly signIn: SignIn
  readonly signUp: SignUp
  readonly enter: Enter
  readonly progression: Progression
  readonly people: PeopleStore
  readonly factors: Factors
  readonly notices: Notices
  readonly emailNotice: EmailNotice
  readonly proofs: Proofs
  readonly changes: AccountChanges
  readonly factorChanges: FactorChanges
  readonly phone: ReturnType<typeof phoneStore>
  readonly deletion: ReturnType<typeof deletionStore>
  readonly deletionNotice: DeletionNotice
  /** The present password of somebody who is signed in. */
  readonly checkPassword: PasswordCheck
  /** Whether a session may change what guards its account. */
  readonly stepUp: StepUp
  readonly hashes: Pick<HashPool, 'hash'>
  readonly passwordPolicy: PasswordPolicy
  readonly isClaimOpen: (tenantId: string, token: string) => Promise<boolean>
  /** Makes the first administrator by the link of the first start. */
  readonly claim: (tenantId: string, input: Claiming) => Promise<SignUpOutcome | 'gone'>
}

type Claiming = { readonly token: string; readonly input: SignUpInput; readonly events: EventMaker }

export type DoorsDeps = {
  readonly config: Config
  readonly db: Database
  readonly hashes: HashPool
  readonly issuer: string
  readonly readSetting: <T>(tenantId: string, key: string) => Promise<T | undefined>
  readonly endSessions: AccountChangesDeps['endSessions']
}

/** Whether the tenant opens an application with a second factor only. */
export const demandsSecondFactor =
  (readSetting: DoorsDeps['readSetting']) =>
  async (tenantId: string, clientId: string): Promise<boolean> =>
    signInPolicyOf(await readSetting<Partial<SignInPolicy>>(tenantId, settingKey)).secondFactorClients.includes(clientId)

const claimWith =
  (db: Database, deps: Pick<SignUpDeps, 'hashes' | 'policy'>): Doors['claim'] =>
  async (tenantId, { token, input, events }) => {
    const eventOf = (userId: string) => events.make({ type: 'administrator.claimed', userId, payload: { role: 'owner' } })
    const signUp = createSignUp({ ...deps, store: claimStore(db, { token, eventOf }), policyOf: async () => ({ signUp: 'open' }) })
    return signUp({ tenantId, input, via: 'browser', events }).catch((error) => {
      if (error instanceof ClaimGone) return 'gone'
      throw error
    })
  }

/** Signing in and up on a database, as the settings and the tenant's policy say. */
export const openDoors = ({ config, db, hashes, issuer, readSetting, endSessions }: DoorsDeps): Doors => {
  const limits = signInLimits(config)
  const passwordPolicy = passwordPolicyOf(config)
  const store = signInStore(db, limits)
  const policyOf = async (tenantId: string): Promise<SignInPolicy> =>
    signInPolicyOf(await readSetting<Partial<SignInPolicy>>(tenantId, settingKey))
  const factors = openFactors({ db, key: config.key, issuer, policyOf })
  const progression = createProgression({ policyOf, methods, checks: factors.checks })
  const noticeDeps = { messageKey: config.key(messageKeyPurpose), issuer, now: systemClock }
  const notices = createNotices(noticeDeps)
  const enter = createEnter({
    ...{ advance: progression.advance, policyOf },
    complete: store.complete,
    notice: (tenantId, { origin }, userId) => notices(tenantId, origin, { userId, template: 'new-device' }),
  })
  return {
    ...{ enter, progression, factors, notices, hashes, passwordPolicy, people: peopleStore(db) },
    emailNotice: createEmailNotice(noticeDeps),
    proofs: createProofs({ store: proofStore(db), codeKey: config.key('proof-codes'), messageKey: config.key(messageKeyPurpose), issuer }),
    changes: accountChanges({ db, endSessions }),
    isClaimOpen: (tenantId, token) => isClaimOpen(tenantId, db, token),
    claim: claimWith(db, { hashes, policy: passwordPolicy }),
    factorChanges: factorChanges({ db, totpKey: config.key('totp-secrets') }),
    phone: phoneStore(db),
    deletion: deletionStore(db),
    deletionNotice: createDeletionNotice(noticeDeps),
    checkPassword: createPasswordCheck({ store, hashes, ...limits.attempts }),
    stepUp: createStepUp({ policyOf, find: findStanding(db) }),
    signUp: createSignUp({ store: registrationStore(db), hashes, policy: passwordPolicy, policyOf }),
    signIn: createSignIn({ store, hashes, enter, answer: progression.answer, scheme: config.passwordHash, ...limits.attempts }),
  }
}

import type { Config } from '../config/config.ts'
import { proofStore } from '../credentials/email-code/email-code.ts'
import { type HashPool, type PasswordPolicy, passwordPolicyOf } from '../credentials/password/password.ts'
import type { Database } from '../db/database.ts'
import { messageKeyPurpose } from '../mail/mail.ts'
import { systemClock } from '../platform/clock.ts'
import { type AccountChanges, type AccountChangesDeps, accountChanges } from './account-changes.store.ts'
import { createPasswordCheck, type PasswordCheck } from './check-password.ts'
import { deletionStore } from './deletion.store.ts'
import { type AfterSignIn, createEnter, type Enter } from './enter.ts'
import { type FactorChanges, factorChanges } from './factor-changes.job.ts'
import { type Factors, openFactors } from './factors.ts'
import { type FirstAdministrator, openFirstAdministrator } from './first-administrator.job.ts'
import { signInLimits } from './limits.ts'
import { liveSessions } from './live-sessions.store.ts'
import { signInStore } from './login.store.ts'
import { methods } from './methods.ts'
import { type Newcomers, openNewcomers } from './newcomers.job.ts'
import { createDeletionNotice, createEmailNotice, createNotices, type DeletionNotice, type EmailNotice, type Notices } from './notices.ts'
import { type PeopleStore, peopleStore } from './people.store.ts'
import { phoneStore } from './phone.store.ts'
import { type SignInPolicy, settingKey, signInPolicyOf } from './policy.ts'
import { createProgression, type Progression } from './progression.ts'
import { createProofs, type Proofs } from './proofs.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import type { BeforeRegistration, SignUp } from './sign-up.ts'
import { findStanding } from './step-up.store.ts'
import { createStepUp, type StepUp } from './step-up.ts'

export type { Entry } from './enter.ts'
export type { Passkeys } from './factors.ts'
export { issueClaim } from './first-administrator.store.ts'
export { createImpersonations, type Impersonations, impersonationUpkeep } from './impersonation.job.ts'
export { createLostFactors, type LostFactors } from './lost-factors.job.ts'
export { methods } from './methods.ts'
export type { Notice } from './new-session.ts'
export { deviceOf, knownDevice } from './notices.ts'
export { isTextable, problemOfSignInPolicy, type SignInPolicy, settingKey as signInPolicyKey, signInPolicyOf, within } from './policy.ts'
export type { Person } from './progression.ts'
export type { SignIn, SignInOutcome, Trust } from './sign-in.ts'
export { createSignUp, type FieldProblem, type SignUp, type SignUpInput, type SignUpOutcome } from './sign-up.ts'
export type { Standing } from './step-up.ts'
export { type Demand, isMethodName, methodsUsed, type StepName } from './steps.ts'

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
  readonly liveSessions: ReturnType<typeof liveSessions>
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
  readonly newcomers: Newcomers
  readonly firstAdministrator: FirstAdministrator
}

/** What hooks of the operator are asked on the way in. */
export type LoginHooks = { readonly beforeRegistration: BeforeRegistration; readonly afterSignIn: AfterSignIn }

export type DoorsDeps = {
  readonly hooks?: LoginHooks | undefined
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

/** Signing in and up on a database, as the settings and the tenant's policy say. */
export const openDoors = ({ config, db, hashes, issuer, readSetting, endSessions, hooks }: DoorsDeps): Doors => {
  const limits = signInLimits(config)
  const passwordPolicy = passwordPolicyOf(config)
  const store = signInStore(db, limits)
  const policyOf = async (tenantId: string): Promise<SignInPolicy> =>
    signInPolicyOf(await readSetting<Partial<SignInPolicy>>(tenantId, settingKey))
  const factors = openFactors({ db, key: config.key, issuer, policyOf })
  const progression = createProgression({ policyOf, methods, checks: factors.checks })
  const noticeDeps = { messageKey: config.key(messageKeyPurpose), issuer, now: systemClock }
  const notices = createNotices(noticeDeps)
  const mailing = { codeKey: config.key('proof-codes'), messageKey: config.key(messageKeyPurpose), issuer }
  const newcomers = openNewcomers({
    db,
    hashes,
    policy: passwordPolicy,
    policyOf,
    readSetting,
    ...mailing,
    beforeRegistration: hooks?.beforeRegistration,
  })
  const enter = createEnter({
    ...{ advance: progression.advance, policyOf, afterSignIn: hooks?.afterSignIn },
    complete: store.complete,
    notice: (tenantId, { origin }, userId) => notices(tenantId, origin, { userId, template: 'new-device' }),
  })
  return {
    ...{ enter, progression, factors, notices, hashes, passwordPolicy, people: peopleStore(db) },
    emailNotice: createEmailNotice(noticeDeps),
    proofs: createProofs({ store: proofStore(db), policyOf, ...mailing }),
    changes: accountChanges({ db, endSessions }),
    ...{ newcomers, signUp: newcomers.signUp },
    firstAdministrator: openFirstAdministrator({ db, hashes, factors, policy: passwordPolicy }),
    liveSessions: liveSessions(db),
    factorChanges: factorChanges({ db, totpKey: config.key('totp-secrets') }),
    phone: phoneStore(db),
    deletion: deletionStore(db),
    deletionNotice: createDeletionNotice(noticeDeps),
    checkPassword: createPasswordCheck({ store, hashes, ...limits.attempts }),
    stepUp: createStepUp({ policyOf, find: findStanding(db) }),
    signIn: createSignIn({ store, hashes, enter, answer: progression.answer, scheme: config.passwordHash, ...limits.attempts }),
  }
}

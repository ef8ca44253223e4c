import {
  addPasskey,
  askPasskey,
  beginPasskey,
  checkPasskey,
  type PasskeyDeps,
  passkeyStore,
  relyingPartyOf,
} from '../credentials/passkey/passkey.ts'
import { makeRecoveryCodes, recoveryCodeCheck, recoveryCodeStore } from '../credentials/recovery-code/recovery-code.ts'
import { beginTotp, confirmTotp, pendingTotp, totpCheck, totpStore } from '../credentials/totp/totp.ts'
import type { Database } from '../db/database.ts'
import { systemClock } from '../platform/clock.ts'
import type { SignInPolicy } from './policy.ts'
import type { FactorCheck } from './progression.ts'

export type FactorsDeps = {
  readonly db: Database
  readonly key: (purpose: string) => Uint8Array
  readonly issuer: string
  readonly policyOf: (tenantId: string) => Promise<SignInPolicy>
}

// Browsers know no passkeys of an address. This machine has a name as well, by which the same pages can be opened.
const namedIssuer = (issuer: string): string => issuer.replace(/^http:\/\/(?:127\.0\.0\.1|\[::1\])(?=[:/]|$)/, 'http://localhost')

const typedChecks = ({ db, key }: FactorsDeps): Partial<Record<'totp' | 'recovery-code', FactorCheck>> => {
  const [totp, recovery] = [totpStore(db), recoveryCodeStore(db)]
  return {
    totp: (tenantId, { userId, answer, events }) => {
      const lockedEvent = events.makeConditional({ type: 'factor.locked', userId, payload: { method: 'totp', failures: 0, seconds: 0 } })
      return totpCheck({ store: totp, key: key('totp-secrets'), lockedEvent })(tenantId, { userId, answer })
    },
    'recovery-code': (tenantId, { userId, answer, events }) => {
      const payload = { method: 'recovery-code', failures: 0, seconds: 0 } as const
      const lockedEvent = events.makeConditional({ type: 'factor.locked', userId, payload })
      const spentEvent = events.makeConditional({ type: 'recovery_code.spent', userId, payload: {} })
      return recoveryCodeCheck({ store: recovery, spentEvent, lockedEvent })(tenantId, { userId, answer })
    },
  }
}

/** Passkeys of a tenant; undefined where they cannot work at its address. */
const passkeysOf = ({ db, key, issuer, policyOf }: FactorsDeps) => {
  const store = passkeyStore(db)
  return async (tenantId: string) => {
    const { methods, passkeyRpIds, passkeyOrigins, passkeyAttestation: attestation } = await policyOf(tenantId)
    const named = namedIssuer(issuer)
    const name = new URL(named).hostname
    const relyingParty = relyingPartyOf({ issuer: named, name, rpIds: passkeyRpIds, relatedOrigins: passkeyOrigins })
    if (relyingParty === undefined || !methods.passkey) return undefined
    const deps: PasskeyDeps = { store, key: key('passkey-challenges'), relyingParty, clock: systemClock }
    return {
      ...{ store, relyingParty, attestation, deps },
      begin: beginPasskey(deps),
      add: addPasskey(deps),
      ask: askPasskey(deps),
      check: checkPasskey(deps),
    }
  }
}

/** The factors of people beside the password: how they are set up, checked and taken away. */
export const openFactors = (deps: FactorsDeps) => {
  const { db, key } = deps
  const totp = { store: totpStore(db), key: key('totp-secrets') }
  const [recovery, passkeys] = [recoveryCodeStore(db), passkeyStore(db)]
  return {
    checks: typedChecks(deps),
    totp: { begin: beginTotp(totp), pending: pendingTotp(totp), confirm: confirmTotp(totp), remove: totp.store.remove },
    recovery: { make: makeRecoveryCodes(recovery), countLeft: recovery.countLeft },
    passkeys: passkeysOf(deps),
    listPasskeys: passkeys.list,
    renamePasskey: passkeys.rename,
  }
}

export type Factors = ReturnType<typeof openFactors>
export type Passkeys = NonNullable<Awaited<ReturnType<Factors['passkeys']>>>

import type { SignInPolicy } from './policy.ts'

/** A session by its row: how lately and how strongly it signed in, and which second factors the account has. */
export type FoundStanding = {
  readonly isRecent: boolean
  readonly hasProvedTwo: boolean
  readonly hasTotp: boolean
  readonly hasPasskey: boolean
}

export type Standing = {
  /** Whether this session may change what guards the account now. */
  readonly isFresh: boolean
  readonly hasSecondFactor: boolean
  readonly maxAgeSeconds: number
  /** The authentication context class that a change asks for. */
  readonly acr: 'aal1' | 'aal2'
}

export type StepUp = (tenantId: string, session: { readonly sessionId: string; readonly userId: string }) => Promise<Standing>

export type StepUpDeps = {
  readonly policyOf: (tenantId: string) => Promise<SignInPolicy>
  readonly find: (tenantId: string, input: { sessionId: string; userId: string; seconds: number }) => Promise<FoundStanding | undefined>
}

/**
 * What guards an account is changed only by who signed in a short while ago, and with a second factor where there is one to ask for: a
 * password that somebody learned must not be enough to replace it (NIST SP 800-63B-4 section 4.1.2).
 */
export const createStepUp =
  ({ policyOf, find }: StepUpDeps): StepUp =>
  async (tenantId, { sessionId, userId }) => {
    const { methods, reauthenticationSeconds: maxAgeSeconds } = await policyOf(tenantId)
    const found = await find(tenantId, { sessionId, userId, seconds: maxAgeSeconds })
    const hasSecondFactor = found !== undefined && ((found.hasTotp && methods.totp) || (found.hasPasskey && methods.passkey))
    const isFresh = found?.isRecent === true && (found.hasProvedTwo || !hasSecondFactor)
    return { isFresh, hasSecondFactor, maxAgeSeconds, acr: hasSecondFactor ? 'aal2' : 'aal1' }
  }

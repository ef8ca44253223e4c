import { checkPolicy, type HashPool, normalizePassword, type PasswordPolicy } from '../credentials/password/password.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import { checkEmail, checkUsername, type Identifier, type IdentifierCheck } from '../users/users.ts'
import type { SignInPolicy } from './policy.ts'

export type SignUpInput = { readonly username: string; readonly email: string; readonly password: string }
/** `reason` tells apart what shares a `code` of the account API; `count` is the number that the sentence names. Pages find their own words by them. */
export type FieldProblem = {
  readonly field: keyof SignUpInput
  readonly code: string
  readonly reason?: string | undefined
  readonly count?: number | undefined
  readonly sentence: string
}

export type SignUpOutcome =
  | { readonly kind: 'registered'; readonly userId: string; readonly number: number; readonly username: string; readonly email: string }
  /** The tenant lets nobody in this way. */
  | { readonly kind: 'closed'; readonly code: string; readonly sentence: string }
  | { readonly kind: 'taken'; readonly which: Identifier['kind'] }
  | { readonly kind: 'invalid'; readonly problems: readonly FieldProblem[] }

type Names = { readonly username: Identifier; readonly email: Identifier }

export type SignUpStore = {
  readonly findTaken: (tenantId: string, names: Names) => Promise<Identifier['kind'] | undefined>
  readonly register: (
    tenantId: string,
    input: Names & { readonly userId: string; readonly encoded: string; readonly event: EventRow },
  ) => Promise<{ kind: 'registered'; number: number } | { kind: 'taken'; which: Identifier['kind'] }>
}

export type SignUpDeps = {
  readonly store: SignUpStore
  readonly hashes: Pick<HashPool, 'hash'>
  readonly policy: PasswordPolicy
  readonly policyOf: (tenantId: string) => Promise<Pick<SignInPolicy, 'signUp'>>
}
export type SignUpRequest = {
  readonly tenantId: string
  readonly input: SignUpInput
  readonly via: 'account-api' | 'browser' | 'cli'
  readonly events: EventMaker
}
export type SignUp = (request: SignUpRequest) => Promise<SignUpOutcome>

const nameProblem = (field: 'username' | 'email', { code, reason }: Extract<IdentifierCheck, { kind: 'refused' }>): FieldProblem => ({
  ...{ field, code: 'value_error', reason: code, sentence: reason },
})

const closedBy = {
  open: undefined,
  invitation: { code: 'sign_up_by_invitation', sentence: 'Accounts are made by invitation. Ask the operator for one.' },
  closed: { code: 'sign_up_closed', sentence: 'No accounts are made here. Ask the operator.' },
} satisfies Record<SignInPolicy['signUp'], object | undefined>

/** Registers an account: names and password are checked, taken names are found before a hash is paid for, and the write decides. */
export const createSignUp =
  ({ store, hashes, policy, policyOf }: SignUpDeps): SignUp =>
  async ({ tenantId, input, via, events }) => {
    const closed = closedBy[(await policyOf(tenantId)).signUp]
    if (closed !== undefined) return { kind: 'closed', ...closed }
    const problems: FieldProblem[] = []
    const username = checkUsername(input.username)
    const email = checkEmail(input.email)
    const password = normalizePassword(input.password)
    if (username.kind === 'refused') problems.push(nameProblem('username', username))
    if (email.kind === 'refused') problems.push(nameProblem('email', email))
    const about = { userName: input.username, email: input.email }
    if (password.kind === 'refused')
      problems.push({ field: 'password', code: password.reason, count: password.count, sentence: password.sentence })
    else problems.push(...checkPolicy(password.secret, policy, about).map((one) => ({ ...one, field: 'password' as const })))
    if (username.kind !== 'ok' || email.kind !== 'ok' || password.kind !== 'ok' || problems.length > 0) return { kind: 'invalid', problems }

    const names = { username: username.identifier, email: email.identifier }
    const which = await store.findTaken(tenantId, names)
    if (which !== undefined) return { kind: 'taken', which }
    const encoded = await hashes.hash(password.secret)
    const userId = newId()
    const result = await store.register(tenantId, {
      ...names,
      userId,
      encoded,
      event: events.make({ type: 'user.registered', userId, payload: { via } }),
    })
    return result.kind === 'taken' ? result : { ...result, userId, username: names.username.written, email: names.email.written }
  }

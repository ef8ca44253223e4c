import { checkPolicy, type HashPool, normalizePassword, type PasswordPolicy } from '../credentials/password/password.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import { checkEmail, checkUsername, type Identifier } from '../users/users.ts'
import type { SignInPolicy } from './policy.ts'

export type SignUpInput = { readonly username: string; readonly email: string; readonly password: string }
export type FieldProblem = { readonly field: keyof SignUpInput; readonly code: string; readonly sentence: string }

export type SignUpOutcome =
  | { readonly kind: 'registered'; readonly userId: string; readonly number: number; readonly username: string; readonly email: string }
  /** The tenant lets nobody in this way. */
  | { readonly kind: 'closed'; readonly sentence: string }
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

const problem = (field: keyof SignUpInput, code: string, sentence: string): FieldProblem => ({ field, code, sentence })

const closedBy: Readonly<Record<SignInPolicy['signUp'], string | undefined>> = {
  open: undefined,
  invitation: 'Accounts are made by invitation. Ask the operator for one.',
  closed: 'No accounts are made here. Ask the operator.',
}

/** Registers an account: names and password are checked, taken names are found before a hash is paid for, and the write decides. */
export const createSignUp =
  ({ store, hashes, policy, policyOf }: SignUpDeps): SignUp =>
  async ({ tenantId, input, via, events }) => {
    const closed = closedBy[(await policyOf(tenantId)).signUp]
    if (closed !== undefined) return { kind: 'closed', sentence: closed }
    const problems: FieldProblem[] = []
    const username = checkUsername(input.username)
    const email = checkEmail(input.email)
    const password = normalizePassword(input.password)
    if (username.kind === 'refused') problems.push(problem('username', 'value_error', username.reason))
    if (email.kind === 'refused') problems.push(problem('email', 'value_error', email.reason))
    if (password.kind === 'refused') problems.push(problem('password', password.reason, password.sentence))
    else
      for (const { code, sentence } of checkPolicy(password.secret, policy, { userName: input.username, email: input.email }))
        problems.push(problem('password', code, sentence))
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

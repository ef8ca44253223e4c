import { checkPolicy, type HashPool, normalizePassword, type PasswordPolicy } from '../credentials/password/password.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import { type AttributeProblem, type Attributes, checkEmail, checkUsername, type Identifier, type IdentifierCheck } from '../users/users.ts'
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
  | {
      readonly kind: 'invalid'
      readonly problems: readonly FieldProblem[]
      /** What is wrong with the profile. */
      readonly attributes?: readonly AttributeProblem[]
    }

export type Names = { readonly username: Identifier; readonly email: Identifier }

/** A checked account, ready to be written. */
export type NewAccount = Names & {
  readonly userId: string
  readonly encoded: string | undefined
  readonly isEmailVerified: boolean
  readonly attributes: Attributes | undefined
  readonly events: readonly EventRow[]
}

export type SignUpStore = {
  readonly findTaken: (tenantId: string, names: Names) => Promise<Identifier['kind'] | undefined>
  readonly register: (
    tenantId: string,
    account: NewAccount,
  ) => Promise<{ kind: 'registered'; number: number } | { kind: 'taken'; which: Identifier['kind'] }>
}

/** What a hook of the operator says of a new account, before it is written; with the attributes that it sets. */
export type BeforeRegistration = (
  tenantId: string,
  account: { readonly username: string; readonly email: string; readonly via: string; readonly attributes: Attributes },
  fits: (attributes: Attributes) => Promise<boolean>,
) => Promise<{ readonly kind: 'go'; readonly attributes: Attributes | undefined } | { readonly kind: 'stop'; readonly sentence: string }>

export type SignUpDeps = {
  readonly beforeRegistration?: BeforeRegistration | undefined
  /** Whether attributes are those of a whole account. */
  readonly fitsSchema?: ((tenantId: string, attributes: Attributes) => Promise<boolean>) | undefined
  readonly store: SignUpStore
  readonly hashes: Pick<HashPool, 'hash'>
  readonly policy: PasswordPolicy
  readonly policyOf: (tenantId: string) => Promise<Pick<SignInPolicy, 'signUp' | 'emailProof'>>
  /** What is wrong with the profile that a sign-up brings along; absent where it brings none. */
  readonly checkAttributes?: (tenantId: string, attributes: Attributes) => Promise<readonly AttributeProblem[]>
}
export type SignUpRequest = {
  readonly tenantId: string
  readonly input: SignUpInput
  readonly via: 'account-api' | 'browser' | 'cli' | 'invitation'
  /** What was asked for beside them. */
  readonly attributes?: Attributes | undefined
  /** Whether the address was proved on the way here, which the store makes sure of as it writes. */
  readonly isEmailProved?: boolean
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

const byProof = {
  code: 'sign_up_by_proof',
  sentence: 'Accounts are made on the sign-up page of this service, which proves the e-mail address first.',
}

const closedFor = ({ signUp, emailProof }: Pick<SignInPolicy, 'signUp' | 'emailProof'>, isProved: boolean) =>
  closedBy[signUp] ?? (emailProof === 'first' && !isProved ? byProof : undefined)

/** User name and address as they are written, or what is wrong with them. */
export const checkNames = (
  input: Pick<SignUpInput, 'username' | 'email'>,
): { readonly names: Names | undefined; readonly problems: readonly FieldProblem[] } => {
  const username = checkUsername(input.username)
  const email = checkEmail(input.email)
  if (username.kind === 'ok' && email.kind === 'ok')
    return { names: { username: username.identifier, email: email.identifier }, problems: [] }
  const problems = [
    ...(username.kind === 'refused' ? [nameProblem('username', username)] : []),
    ...(email.kind === 'refused' ? [nameProblem('email', email)] : []),
  ]
  return { names: undefined, problems }
}

const checkPassword = (input: SignUpInput, policy: PasswordPolicy) => {
  const password = normalizePassword(input.password)
  if (password.kind === 'refused') {
    const { reason: code, count, sentence } = password
    return { secret: undefined, problems: [{ field: 'password' as const, code, count, sentence }] }
  }
  const about = { userName: input.username, email: input.email }
  const problems = checkPolicy(password.secret, policy, about).map((one) => ({ ...one, field: 'password' as const }))
  return { secret: password.secret, problems }
}

const eventsOf = ({ via, attributes, isEmailProved, events }: SignUpRequest, userId: string): readonly EventRow[] => [
  events.make({ type: 'user.registered', userId, payload: { via } }),
  ...(isEmailProved ? [events.make({ type: 'user.email_verified', userId, payload: { via: 'mail' } })] : []),
  ...(attributes !== undefined && Object.keys(attributes).length > 0
    ? [events.make({ type: 'user.updated', userId, payload: { attributes: Object.keys(attributes), via: 'sign-up' } })]
    : []),
]

type Asked = { readonly kind: 'go'; readonly attributes: Attributes | undefined } | Extract<SignUpOutcome, { kind: 'closed' }>

// No connection is held while a hook thinks, and no hash was paid for yet.
const askHook = async ({ beforeRegistration, fitsSchema }: SignUpDeps, request: SignUpRequest, names: Names): Promise<Asked> => {
  const { tenantId, attributes, via } = request
  if (beforeRegistration === undefined) return { kind: 'go', attributes }
  const account = { username: names.username.written, email: names.email.written, via, attributes: attributes ?? {} }
  const fits = async (set: Attributes): Promise<boolean> => (await fitsSchema?.(tenantId, { ...attributes, ...set })) ?? false
  const said = await beforeRegistration(tenantId, account, fits)
  if (said.kind === 'stop') return { kind: 'closed', code: 'registration_refused', sentence: said.sentence }
  return { kind: 'go', attributes: said.attributes === undefined ? attributes : { ...attributes, ...said.attributes } }
}

/** Registers an account: names, password and profile are checked, taken names are found before a hash is paid for, and the write decides. */
export const createSignUp =
  (deps: SignUpDeps): SignUp =>
  async (request) => {
    const { store, hashes, policy, policyOf, checkAttributes } = deps
    const { tenantId, input, attributes, isEmailProved = false } = request
    const closed = closedFor(await policyOf(tenantId), isEmailProved)
    if (closed !== undefined) return { kind: 'closed', ...closed }
    const { names, problems: named } = checkNames(input)
    const { secret, problems: weak } = checkPassword(input, policy)
    const wrong = attributes === undefined ? [] : ((await checkAttributes?.(tenantId, attributes)) ?? [])
    const problems = [...named, ...weak]
    if (names === undefined || secret === undefined || problems.length + wrong.length > 0)
      return { kind: 'invalid', problems, attributes: wrong }

    const which = await store.findTaken(tenantId, names)
    if (which !== undefined) return { kind: 'taken', which }
    const asked = await askHook(deps, request, names)
    if (asked.kind === 'closed') return asked
    const encoded = await hashes.hash(secret)
    const userId = newId()
    const events = eventsOf({ ...request, attributes: asked.attributes }, userId)
    const account = { ...names, userId, encoded, isEmailVerified: isEmailProved, attributes: asked.attributes, events }
    const result = await store.register(tenantId, account)
    return result.kind === 'taken' ? result : { ...result, userId, username: names.username.written, email: names.email.written }
  }

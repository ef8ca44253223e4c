/** What an organization demands of whoever acts in it or gets a token for it. Null: what the tenant demands is enough. */
export type OrganizationPolicy = {
  readonly secondFactor: 'off' | 'required'
  /** How long ago the sign-in may be. */
  readonly sessionSeconds: number | null
  /** The ways of signing in that count; what was proved in another way is disregarded. */
  readonly methods: readonly string[] | null
}

export const noDemands: OrganizationPolicy = { secondFactor: 'off', sessionSeconds: null, methods: null }

/** A method as far as policies look at it. */
export type PolicyMethod = {
  readonly name: string
  readonly amr: readonly string[]
  readonly uses: readonly ('first' | 'second' | 'recovery')[]
  readonly isMultiFactor: boolean
}

/** How somebody signed in. `methods` is null where the row is of a release that kept none. `authTime` in milliseconds since 1970. */
export type SignedInBy = { readonly methods: readonly string[] | null; readonly amr: readonly string[]; readonly authTime: number }

/** What a sign-in lacks of a policy. */
export type Shortfall = {
  readonly isTooOld: boolean
  /** None of the ways that count was used to sign in. */
  readonly lacksMethod: boolean
  readonly lacksSecondFactor: boolean
}

// An `otp` does not say which method it came from: without a record of the methods it is disregarded where a policy names any.
const ambiguous = 'otp'

// A node of an older release renews a session without touching the record, so that amr has to agree with it.
const isUsedIn = ({ methods, amr }: SignedInBy, one: PolicyMethod): boolean =>
  one.amr.every((value) => amr.includes(value)) && (methods === null ? !one.amr.includes(ambiguous) : methods.includes(one.name))

export type PolicyCheck = (policy: OrganizationPolicy, session: SignedInBy, now: number) => Shortfall | undefined

/** Measures a sign-in by a policy; undefined where it is enough. `now` in milliseconds since 1970. */
export const createPolicyCheck =
  (known: readonly PolicyMethod[]): PolicyCheck =>
  ({ secondFactor, sessionSeconds, methods: allowed }, session, now) => {
    const counting = known.filter((one) => isUsedIn(session, one) && (allowed === null || allowed.includes(one.name)))
    const hasTwo =
      allowed === null ? session.amr.includes('mfa') : counting.length > 1 || counting.some(({ isMultiFactor }) => isMultiFactor)
    const shortfall = {
      isTooOld: sessionSeconds !== null && now - session.authTime > sessionSeconds * 1000,
      lacksMethod: allowed !== null && !counting.some(({ uses }) => uses.includes('first')),
      lacksSecondFactor: secondFactor === 'required' && !hasTwo,
    }
    return Object.values(shortfall).includes(true) ? shortfall : undefined
  }

export type PolicyProblem =
  | { readonly kind: 'method-off'; readonly methods: readonly string[] }
  | { readonly kind: 'no-way-in' | 'no-second-factor' }

/** Why nobody could satisfy a policy; `offered` are the methods that the tenant has. */
export const problemOfPolicy = (
  { secondFactor, methods }: OrganizationPolicy,
  offered: readonly PolicyMethod[],
): PolicyProblem | undefined => {
  const off = (methods ?? []).filter((name) => !offered.some((one) => one.name === name))
  if (off.length > 0) return { kind: 'method-off', methods: off }
  const counting = offered.filter(({ name }) => methods === null || methods.includes(name))
  const first = counting.filter(({ uses }) => uses.includes('first'))
  if (first.length === 0) return { kind: 'no-way-in' }
  const seconds = (one: PolicyMethod) => counting.some(({ name, uses }) => name !== one.name && uses.includes('second'))
  const hasTwo = first.some((one) => one.isMultiFactor || seconds(one))
  return secondFactor === 'required' && !hasTwo ? { kind: 'no-second-factor' } : undefined
}

import { inTransaction } from '../db/database.ts'
import {
  type OrganizationPolicy,
  type PolicyCheck,
  type PolicyMethod,
  type PolicyProblem,
  problemOfPolicy,
  type Shortfall,
  type SignedInBy,
} from './organization-policy.ts'
import type { Acting, OrganizationDeps } from './organizations.job.ts'
import { lockOrganization } from './organizations.store.ts'
import { findPolicy, type VersionedPolicy, writePolicy } from './policy.store.ts'

export type PolicyDeps = OrganizationDeps & {
  /** The methods that the tenant lets people sign in with now. */
  readonly offeredMethods: () => Promise<readonly PolicyMethod[]>
  readonly checkPolicy: PolicyCheck
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export type PolicyChange = {
  readonly organizationId: string
  readonly policy: OrganizationPolicy
  /** How whoever writes it signed in, where the policy will bind them. */
  readonly session: SignedInBy | undefined
  readonly version: string | undefined
}

export type PolicyOutcome =
  | ({ readonly kind: 'done' } & VersionedPolicy)
  | PolicyProblem
  | { readonly kind: 'locks-out'; readonly shortfall: Shortfall }
  | { readonly kind: 'gone' | 'changed' }

const change = async (
  deps: PolicyDeps,
  acting: Acting,
  { organizationId, policy, session, version }: PolicyChange,
): Promise<PolicyOutcome> => {
  const { db, tenantId, record, offeredMethods, checkPolicy, now } = deps
  const problem = problemOfPolicy(policy, await offeredMethods())
  if (problem !== undefined) return problem
  const shortfall = session && checkPolicy(policy, session, now())
  if (shortfall !== undefined) return { kind: 'locks-out', shortfall }
  return inTransaction(db, { isIdempotent: false }, async (tx): Promise<PolicyOutcome> => {
    if ((await lockOrganization(tenantId, tx, organizationId)) === undefined) return { kind: 'gone' }
    const before = await findPolicy(tenantId, tx, organizationId)
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const saved = await writePolicy(tenantId, tx, { organizationId, policy })
    const { secondFactor, sessionSeconds, methods } = policy
    const payload = { organization: organizationId, second_factor: secondFactor, session_seconds: sessionSeconds, methods }
    await record(tx, acting.events.make({ type: 'organization.policy_changed', payload }))
    return { kind: 'done', policy, version: saved }
  })
}

/** What organizations demand of the sign-in of their members; each change commits with its event. */
export const createPolicyAdmin = (deps: PolicyDeps) => ({
  find: (organizationId: string) => findPolicy(deps.tenantId, deps.db, organizationId),
  offered: deps.offeredMethods,
  change: (acting: Acting, input: PolicyChange) => change(deps, acting, input),
})

export type PolicyAdmin = ReturnType<typeof createPolicyAdmin>

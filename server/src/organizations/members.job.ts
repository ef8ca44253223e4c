import { inTransaction, type Tx } from '../db/database.ts'
import { lostReference } from '../db/errors.ts'
import { deleteMember, findMember, hasOtherOwner, insertMember, listMembers, rolesOfMember, updateMember } from './members.store.ts'
import { holdOrganizationRoles } from './organization-roles.store.ts'
import { builtInOrganizationRole, ownerOfOrganization, permissionsInside } from './organization-roles.ts'
import type { Acting, Done, OrganizationDeps } from './organizations.job.ts'
import { findStanding, listStandings, lockOrganization } from './organizations.store.ts'
import { beyond, type Refusal } from './refusal.ts'

export type { MemberRow } from './members.store.ts'
export type { Standing, StandingNow } from './organizations.store.ts'
export { holdOwnedAlone } from './owners.store.ts'

export type Membership = { readonly organizationId: string; readonly userId: string }
type WithRoles = Membership & { readonly roles: readonly string[] }
type Outcome = Done | Refusal

/** Roles that are about to be given, by whoever holds all that they allow. The custom ones stay as they are until the transaction ends. */
export const checkRoles = async (
  tenantId: string,
  tx: Tx,
  { roles, permissions }: { readonly roles: readonly string[]; readonly permissions: ReadonlySet<string> },
): Promise<Refusal | undefined> => {
  const custom = Object.fromEntries((await holdOrganizationRoles(tenantId, tx, roles)).map((one) => [one.id, one.permissions]))
  const unknown = roles.find((id) => builtInOrganizationRole(id) === undefined && !Object.hasOwn(custom, id))
  if (unknown !== undefined) return { kind: 'unknown-role', role: unknown }
  const missing = beyond(permissions, permissionsInside({ roles, custom }))
  return missing.length > 0 ? { kind: 'lacking', permissions: missing } : undefined
}

const add = ({ db, tenantId, record }: OrganizationDeps, acting: Acting, { roles, ...membership }: WithRoles): Promise<Outcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<Outcome> => {
    const { userId, organizationId: organization } = membership
    if ((await lockOrganization(tenantId, tx, organization)) === undefined) return { kind: 'gone' }
    const refused = await checkRoles(tenantId, tx, { roles, permissions: acting.permissions })
    if (refused !== undefined) return refused
    if (!(await insertMember(tenantId, tx, { ...membership, roles }))) return { kind: 'member-already' }
    const payload = { organization, roles, via: 'admin' } as const
    await record(tx, acting.events.make({ type: 'organization_member.added', userId, payload }))
    return { kind: 'done' }
  }).catch((error) => {
    if (lostReference(error)) return { kind: 'no-user' }
    throw error
  })

type Leaving = { readonly roles: readonly string[]; readonly kept: readonly string[] }

const isLastOwner = async (tenantId: string, tx: Tx, { roles, kept, ...membership }: Leaving & Membership): Promise<boolean> =>
  roles.includes(ownerOfOrganization) && !kept.includes(ownerOfOrganization) && !(await hasOtherOwner(tenantId, tx, membership))

// The organization stays locked from here on: two owners who unmake each other at once come one after the other.
const checkChange = async (
  { tenantId }: OrganizationDeps,
  tx: Tx,
  { membership, kept, permissions }: { membership: Membership; kept: readonly string[]; permissions: ReadonlySet<string> | 'own' },
): Promise<Refusal | { readonly kind: 'found'; readonly roles: readonly string[] }> => {
  if ((await lockOrganization(tenantId, tx, membership.organizationId)) === undefined) return { kind: 'gone' }
  const held = await rolesOfMember(tenantId, tx, membership)
  if (held === undefined) return { kind: 'no-member' }
  const missing = permissions === 'own' ? [] : beyond(permissions, permissionsInside(held))
  if (missing.length > 0) return { kind: 'lacking', permissions: missing }
  if (await isLastOwner(tenantId, tx, { ...membership, roles: held.roles, kept })) return { kind: 'last-owner' }
  return { kind: 'found', roles: held.roles }
}

const setRoles = (deps: OrganizationDeps, acting: Acting, { roles, ...membership }: WithRoles): Promise<Outcome> =>
  inTransaction(deps.db, { isIdempotent: false }, async (tx): Promise<Outcome> => {
    const { tenantId, record } = deps
    const found = await checkChange(deps, tx, { membership, kept: roles, permissions: acting.permissions })
    if (found.kind !== 'found') return found
    const refused = await checkRoles(tenantId, tx, { roles, permissions: acting.permissions })
    if (refused !== undefined) return refused
    await updateMember(tenantId, tx, { ...membership, roles })
    const payload = { organization: membership.organizationId, roles, before: found.roles }
    await record(tx, acting.events.make({ type: 'organization_member.roles_changed', userId: membership.userId, payload }))
    return { kind: 'done' }
  })

type Ending = { readonly membership: Membership; readonly by: Acting | Pick<Acting, 'events'> }

const end = (deps: OrganizationDeps, { membership, by }: Ending): Promise<Outcome> =>
  inTransaction(deps.db, { isIdempotent: false }, async (tx): Promise<Outcome> => {
    const isOwn = !('permissions' in by)
    const found = await checkChange(deps, tx, { membership, kept: [], permissions: isOwn ? 'own' : by.permissions })
    if (found.kind !== 'found') return found
    await deleteMember(deps.tenantId, tx, membership)
    const { userId, organizationId: organization } = membership
    await deps.record(
      tx,
      by.events.make({ type: isOwn ? 'organization_member.left' : 'organization_member.removed', userId, payload: { organization } }),
    )
    return { kind: 'done' }
  })

/** Who belongs to organizations, and with which roles; each change commits with its event. */
export const createMemberAdmin = (deps: OrganizationDeps) => {
  const { db, tenantId } = deps
  return {
    list: (page: { organizationId: string; after: string; limit: number }) => listMembers(tenantId, db, page),
    find: (membership: Membership) => findMember(tenantId, db, membership),
    standing: (inSession: Membership & { readonly sessionId: string }) => findStanding(tenantId, db, inSession),
    standings: (page: { userId: string; after: string; limit: number }) => listStandings(tenantId, db, page),
    add: (acting: Acting, member: WithRoles) => add(deps, acting, member),
    setRoles: (acting: Acting, member: WithRoles) => setRoles(deps, acting, member),
    remove: (acting: Acting, membership: Membership) => end(deps, { membership, by: acting }),
    /** A person goes by oneself. */
    leave: ({ events }: Pick<Acting, 'events'>, membership: Membership) => end(deps, { membership, by: { events } }),
  }
}

export type MemberAdmin = ReturnType<typeof createMemberAdmin>

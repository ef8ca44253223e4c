import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { lostReference, violatedUnique } from '../db/errors.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import { newId } from '../platform/ids.ts'
import { fold } from '../users/users.ts'
import { insertMember } from './members.store.ts'
import { ownerOfOrganization } from './organization-roles.ts'
import {
  deleteOrganization,
  findOrganization,
  findOrganizationBySlug,
  insertOrganization,
  listOrganizations,
  lockOrganization,
  type OrganizationRow,
  type OrganizationSearch,
  updateOrganization,
} from './organizations.store.ts'
import type { Refusal } from './refusal.ts'

export type { OrganizationRow } from './organizations.store.ts'

/** Whoever changes something, with what that allows inside the organization. */
export type Acting = { readonly permissions: ReadonlySet<string>; readonly events: Pick<EventMaker, 'make'> }

export type OrganizationDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

export type Done = { readonly kind: 'done' }
export type OrganizationOutcome = (Done & { readonly organization: OrganizationRow }) | Refusal

const done = (organization: OrganizationRow | undefined): OrganizationOutcome =>
  organization === undefined ? { kind: 'gone' } : { kind: 'done', organization }

// A slug that somebody else has, and an owner who does not exist.
const refusedBy = (error: unknown): Refusal => {
  if (violatedUnique(error) !== undefined) return { kind: 'taken' }
  if (lostReference(error)) return { kind: 'no-user' }
  throw error
}

export type NewOrganization = { readonly slug: string; readonly name: string; readonly ownerId?: string | undefined }
type Events = Acting['events']

const create = (
  { db, tenantId, record }: OrganizationDeps,
  events: Events,
  { slug, name, ownerId: userId }: NewOrganization,
): Promise<OrganizationOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<OrganizationOutcome> => {
    const id = newId()
    const row = await insertOrganization(tenantId, tx, { id, slug, name, folded_name: fold(name) })
    await record(tx, events.make({ type: 'organization.created', payload: { organization: id, slug } }))
    if (userId === undefined) return done(row)
    const roles = [ownerOfOrganization]
    await insertMember(tenantId, tx, { organizationId: id, userId, roles })
    await record(tx, events.make({ type: 'organization_member.added', userId, payload: { organization: id, roles, via: 'admin' } }))
    return done(row)
  }).catch(refusedBy)

export type OrganizationChange = {
  readonly id: string
  readonly slug?: string | undefined
  readonly name?: string | undefined
  readonly version?: string | undefined
}

const change = ({ db, tenantId, record }: OrganizationDeps, events: Events, { id, version, ...to }: OrganizationChange) =>
  inTransaction(db, { isIdempotent: false }, async (tx): Promise<OrganizationOutcome> => {
    const before = await lockOrganization(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    const [slug, name] = [to.slug ?? before.slug, to.name ?? before.name]
    const row = await updateOrganization(tenantId, tx, { id, slug, name, folded_name: fold(name), status: before.status })
    await record(tx, events.make({ type: 'organization.changed', payload: { organization: id, slug } }))
    return done(row)
  }).catch(refusedBy)

type Switch = { readonly id: string; readonly status: OrganizationRow['status'] }

const turn = ({ db, tenantId, record }: OrganizationDeps, events: Events, { id, status }: Switch): Promise<OrganizationOutcome> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const before = await lockOrganization(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (before.status === status) return done(before)
    const type = status === 'active' ? 'organization.resumed' : 'organization.suspended'
    const row = await updateOrganization(tenantId, tx, { ...before, status })
    await record(tx, events.make({ type, payload: { organization: id } }))
    return done(row)
  })

const remove = (
  { db, tenantId, record }: OrganizationDeps,
  events: Events,
  { id, version }: Pick<OrganizationChange, 'id' | 'version'>,
): Promise<Done | Refusal> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const before = await lockOrganization(tenantId, tx, id)
    if (before === undefined) return { kind: 'gone' }
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed' }
    await deleteOrganization(tenantId, tx, id)
    await record(tx, events.make({ type: 'organization.deleted', payload: { organization: id, slug: before.slug } }))
    return { kind: 'done' }
  })

/** Organizations of a tenant; each change commits with its event. */
export const createOrganizationAdmin = (deps: OrganizationDeps) => {
  const { db, tenantId } = deps
  return {
    list: (search: OrganizationSearch) => listOrganizations(tenantId, db, search),
    find: (id: string) => findOrganization(tenantId, db, id),
    findBySlug: (slug: string) => findOrganizationBySlug(tenantId, db, slug),
    create: (events: Events, input: NewOrganization) => create(deps, events, input),
    change: (events: Events, input: OrganizationChange) => change(deps, events, input),
    turn: (events: Events, input: Switch) => turn(deps, events, input),
    remove: (events: Events, input: Pick<OrganizationChange, 'id' | 'version'>) => remove(deps, events, input),
  }
}

export type OrganizationAdmin = ReturnType<typeof createOrganizationAdmin>

import type { Sql } from '../db/database.ts'
import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventMaker, type EventRow, makeEvent } from '../events/events.ts'
import { readState, writeState } from './state.store.ts'
import { findTenant, insertTenant, listTenants, planTenantDeletion, resumeTenant, suspendTenant, type TenantRow } from './tenants.store.ts'

export { isSlug } from './slug.ts'
export { listTenants, readState, writeState }

/** Whether the installation has never been started before. */
export const isNewInstallation = async (sql: Sql): Promise<boolean> => (await readState(sql, 'settings')) === undefined

export type TenantDeps = { readonly db: Database; readonly record: (tx: Tx, event: EventRow) => Promise<void> }

/** Makes a tenant with its event; undefined where the slug is taken. `eventOf` is told where it is not the command line that makes it. */
export const createTenant = (
  { db, record }: TenantDeps,
  { eventOf, ...input }: { slug: string; name: string; eventOf?: (tenantId: string) => EventRow },
): Promise<string | undefined> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const tenantId = await insertTenant(tx, input)
    if (tenantId === undefined) return undefined
    const byCommand = (): EventRow => makeEvent({ tenantId, type: 'tenant.created', payload: { slug: input.slug, via: 'cli' } })
    await record(tx, eventOf?.(tenantId) ?? byCommand())
    return tenantId
  })

/** Days in which the deletion of a tenant can be called off. */
export const graceDays = 7

export type TenantOutcome =
  | { readonly kind: 'done'; readonly tenant: TenantRow }
  | { readonly kind: 'unchanged' | 'gone' | 'root' | 'too-late' }

type Verb = 'suspend' | 'resume' | 'delete'

const eventTypes = { suspend: 'tenant.suspended', resume: 'tenant.resumed', delete: 'tenant.deletion_planned' } as const

const apply = (tx: Tx, verb: Verb, tenantId: string): Promise<TenantRow | undefined> => {
  if (verb === 'suspend') return suspendTenant(tx, tenantId)
  return verb === 'resume' ? resumeTenant(tx, tenantId) : planTenantDeletion(tx, tenantId, graceDays)
}

type TenantChange = { readonly tenantId: string; readonly verb: Verb; readonly via: 'cli' | 'admin'; readonly make: EventMaker['make'] }

/** Suspends, resumes or plans the deletion of a tenant. It is in the log of the tenant at the root, whose operators decide over the others. */
export const changeTenant = ({ db, record }: TenantDeps, { tenantId, verb, via, make }: TenantChange): Promise<TenantOutcome> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    const changed = await apply(tx, verb, tenantId)
    if (changed !== undefined) {
      await record(tx, make({ type: eventTypes[verb], payload: { tenant: tenantId, slug: changed.slug, via } }))
      return { kind: 'done', tenant: changed }
    }
    const present = await findTenant(tx, tenantId)
    if (present === undefined) return { kind: 'gone' }
    if (present.slug === 'default' && verb !== 'resume') return { kind: 'root' }
    return { kind: verb === 'resume' && present.status === 'suspended' ? 'too-late' : 'unchanged' }
  })

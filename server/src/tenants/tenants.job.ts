import type { Sql } from '../db/database.ts'
import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventRow, makeEvent } from '../events/events.ts'
import { readState, writeState } from './state.store.ts'
import { insertTenant, listTenants } from './tenants.store.ts'

export { listTenants, readState, writeState }

/** Whether the installation has never been started before. */
export const isNewInstallation = async (sql: Sql): Promise<boolean> => (await readState(sql, 'settings')) === undefined

export type TenantDeps = { readonly db: Database; readonly record: (tx: Tx, event: EventRow) => Promise<void> }

/** Makes a tenant with its event; undefined where the slug is taken. */
export const createTenant = ({ db, record }: TenantDeps, input: { slug: string; name: string }): Promise<string | undefined> =>
  inTransaction(db, { isIdempotent: false }, async (tx) => {
    const tenantId = await insertTenant(tx, input)
    if (tenantId !== undefined) await record(tx, makeEvent({ tenantId, type: 'tenant.created', payload: { slug: input.slug, via: 'cli' } }))
    return tenantId
  })

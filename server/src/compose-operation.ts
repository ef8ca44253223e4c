import { type Database, inTransaction } from './db/database.ts'
import { eventsAdminRoutes } from './events/events.admin.routes.ts'
import { record } from './events/events.store.ts'
import { eventExportRoute } from './events/export.admin.routes.ts'
import { searchEvents } from './events/search.store.ts'
import type { AnyRoute } from './http/route.ts'
import { findUser } from './users/user-search.store.ts'

export type OperationParts = { readonly db: Database; readonly tenantId: string; readonly cursorKey: Uint8Array; readonly limit: number }

/** What administrators see of the operation of a tenant: its events. */
export const operationAdminRoutes = ({ db, tenantId, cursorKey, limit }: OperationParts): readonly AnyRoute[] => {
  const search: Parameters<typeof eventsAdminRoutes>[0]['search'] = (wanted) => searchEvents(tenantId, db, wanted)
  return [
    ...eventsAdminRoutes({ cursorKey, limit, search, userExists: async (id) => (await findUser(tenantId, db, id)) !== undefined }),
    eventExportRoute({ limit, search, record: (event) => inTransaction(db, { isIdempotent: true }, (tx) => record(tx, event)) }),
  ]
}

import { type Database, inTransaction } from './db/database.ts'
import { auditRoute } from './events/audit.admin.routes.ts'
import { type checkpointKey, latestCheckpoint, verifierKey } from './events/chain/chain.job.ts'
import { eventsAdminRoutes } from './events/events.admin.routes.ts'
import { record } from './events/events.store.ts'
import type { EventSecrets } from './events/events.ts'
import { eventExportRoute } from './events/export.admin.routes.ts'
import { searchEventPage, searchEvents } from './events/search.store.ts'
import { storyRoute } from './events/story.admin.routes.ts'
import type { AnyRoute } from './http/route.ts'
import { jobsAdminRoutes } from './jobs/jobs.admin.routes.ts'
import { listTasks } from './jobs/jobs.store.ts'
import { mailDepth } from './mail/mail-admin.store.ts'
import { logoutDepth } from './oauth/store/session-clients.store.ts'
import { tenantsAdminRoutes } from './tenants/tenants.admin.routes.ts'
import { changeTenant, createTenant } from './tenants/tenants.job.ts'
import { findTenant, pageTenants } from './tenants/tenants.store.ts'
import { findUser } from './users/user-search.store.ts'

export type OperationParts = {
  readonly db: Database
  readonly tenantId: string
  /** Whether it is the tenant at the root, whose owners decide over the others. */
  readonly isRoot: boolean
  readonly issuerOf: (slug: string) => string
  readonly cursorKey: Uint8Array
  readonly auditKey: ReturnType<typeof checkpointKey>
  readonly eventSecrets: EventSecrets
  readonly limit: number
}

const installationRoutes = ({ db, cursorKey, limit, issuerOf }: OperationParts): readonly AnyRoute[] => [
  ...tenantsAdminRoutes({
    ...{ cursorKey, limit, issuerOf },
    page: (input) => pageTenants(db, input),
    find: (id) => findTenant(db, id),
    create: ({ events, ...input }) => {
      const event = () => events.make({ type: 'tenant.created', payload: { slug: input.slug, via: 'admin' } })
      return createTenant({ db, record }, { ...input, eventOf: event })
    },
    change: ({ events, ...input }) => changeTenant({ db, record }, { ...input, via: 'admin', make: events.make }),
  }),
  ...jobsAdminRoutes({
    limit,
    tasks: () => listTasks(db),
    outboxes: async () => [
      { name: 'messages', ...(await mailDepth(db)) },
      { name: 'logouts', ...(await logoutDepth(db)) },
    ],
  }),
]

const auditHead = async ({ db, tenantId, auditKey }: OperationParts) => {
  const latest = await latestCheckpoint(tenantId, db)
  if (latest === undefined) return undefined
  const { size, signed_at: signedAt, note } = latest
  // The first line of a checkpoint names its tree.
  return { size, signedAt, note, verifierKey: verifierKey(note.split('\n')[0] ?? '', auditKey) }
}

/** What administrators see of the operation of a tenant: its events, and at the root the tenants and jobs of the installation. */
export const operationAdminRoutes = (parts: OperationParts): readonly AnyRoute[] => {
  const { db, tenantId, cursorKey, limit, eventSecrets: secrets } = parts
  const source = { sql: db, secrets }
  const search: Parameters<typeof eventsAdminRoutes>[0]['search'] = (wanted) => searchEvents(tenantId, source, wanted)
  const searchPage = (wanted: Parameters<typeof search>[0]) => searchEventPage(tenantId, source, wanted)
  return [
    ...eventsAdminRoutes({
      cursorKey,
      limit,
      search,
      searchPage,
      userExists: async (id) => (await findUser(tenantId, db, id)) !== undefined,
    }),
    storyRoute({ limit, search }),
    auditRoute({ limit, head: () => auditHead(parts) }),
    eventExportRoute({ limit, search, record: (event) => inTransaction(db, { isIdempotent: true }, (tx) => record(tx, event)) }),
    ...(parts.isRoot ? installationRoutes(parts) : []),
  ]
}

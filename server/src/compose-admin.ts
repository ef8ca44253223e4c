import { accessAdminRoutes, roleAndGroupRoutes } from './access/access.admin.routes.ts'
import { liveGrants } from './clients/client-grants.store.ts'
import { firstSignIn, searchClients } from './clients/client-search.store.ts'
import { clientsAdminRoutes } from './clients/clients.admin.routes.ts'
import { createClientAdmin } from './clients/clients.job.ts'
import { findStoredClient } from './clients/clients.store.ts'
import { createRegistrationAdmin } from './clients/registration.job.ts'
import { registrationTokensAdminRoutes } from './clients/registration-tokens.admin.routes.ts'
import { resourcesAdminRoutes } from './clients/resources.admin.routes.ts'
import { createResourceAdmin } from './clients/resources.job.ts'
import { clientGuardOf } from './compose-admin-guard.ts'
import { configRoutes, configuringOf } from './compose-config.ts'
import { configuring, type Within } from './compose-config-single.ts'
import { hookRoutes } from './compose-hooks.ts'
import { importRoutes } from './compose-imports.ts'
import { keyChangesOf, rotationOf } from './compose-keys.ts'
import { mailRoutes, templateRoutes } from './compose-mail.ts'
import { operationAdminRoutes } from './compose-operation.ts'
import { overviewRoutes } from './compose-overview.ts'
import { peopleAdminRoutes } from './compose-people.ts'
import { settingRoutes } from './compose-settings.ts'
import { webhookRoutes } from './compose-webhooks.ts'
import type { HashPool } from './credentials/password/password.ts'
import { inTransaction } from './db/database.ts'
import { checkpointKey } from './events/chain/chain.job.ts'
import { record } from './events/events.store.ts'
import { eventSecrets } from './events/sealing.ts'
import type { AnyRoute } from './http/route.ts'
import { keysAdminRoutes } from './keys/keys.admin.routes.ts'
import type { LoadedKeys } from './keys/keys.job.ts'
import { listKeys } from './keys/keys.store.ts'
import { type Algorithm, ensureKeys } from './keys/keys.ts'
import type { Doors } from './login/login.ts'
import { rolesOfOrganizationsRoutes } from './organizations/organizations.routes.ts'
import type { Places } from './sessions/places.job.ts'
import type { SettingCache } from './settings/settings.ts'
import type { Base } from './tenants/base.job.ts'
import { findTenant } from './tenants/tenants.store.ts'
import { exportAdminRoutes } from './users/export.admin.routes.ts'
import { exportPage } from './users/export.store.ts'
import { attributeSchemaKey, defaultAttributeSchema } from './users/profile.job.ts'
import { findUser } from './users/user-search.store.ts'
import type { HookCalls } from './webhooks/hook-calls.job.ts'

/** What the admin API of one tenant is made of. */
export type AdminParts = Pick<Base, 'config' | 'db' | 'tenantId'> & {
  readonly settings: SettingCache
  readonly hashes: HashPool
  readonly keys: LoadedKeys
  /** Whether it is the tenant at the root, whose owners see to the others. */
  readonly isRoot: boolean
  readonly issuer: string
  readonly issuerOf: (slug: string) => string
  readonly doors: Doors
  readonly hooks: HookCalls
  readonly findPlace: Places['find']
  readonly announceEnd: (tenantId: string, sessionId: string) => void
  readonly forgetClients: () => void
  readonly fetchJson: (uri: string) => Promise<unknown>
}

type Edge = { readonly cursorKey: Uint8Array; readonly limit: number }

const auditKeyOf = (config: AdminParts['config']) => checkpointKey(config.key('audit-checkpoints'))

const exportRoutes = ({ db, tenantId }: AdminParts, { limit }: Edge): readonly AnyRoute[] =>
  exportAdminRoutes({
    limit,
    read: (page) => exportPage(tenantId, db, page),
    note: (event) => inTransaction(db, { isIdempotent: true }, (tx) => record(tx, event)),
  })

const ensureKeyOf =
  (parts: AdminParts) =>
  (algorithm: Algorithm): Promise<void> =>
    ensureKeys(keyChangesOf(parts), rotationOf(parts), [algorithm]).then(parts.keys.reload)

const clientRoutes = (parts: AdminParts, { db, fetchJson, ensureKey }: Within, edge: Edge): readonly AnyRoute[] => {
  const { config, tenantId, forgetClients: forget } = parts
  const deps = { db, tenantId, ensureKey, fetchJson, sealingKey: config.key('client-secrets') }
  return [
    ...clientsAdminRoutes({
      ...{ ...edge, forget },
      search: (search) => searchClients(tenantId, db, search),
      find: (id) => findStoredClient(tenantId, db, id),
      firstSignIn: (id) => firstSignIn(tenantId, db, id),
      grants: (page) => liveGrants(tenantId, db, page),
      adminBy: (acting) =>
        createClientAdmin({ ...deps, operator: { via: 'admin', make: acting.events.make, guard: clientGuardOf(tenantId, acting) } }),
    }),
    ...resourcesAdminRoutes({
      ...{ limit: edge.limit, forget },
      resources: createResourceAdmin(deps),
      resourcesBy: ({ make }) => createResourceAdmin({ ...deps, make }),
    }),
  ]
}

const registrationRoutes = ({ db, tenantId }: AdminParts, { limit }: Edge): readonly AnyRoute[] =>
  registrationTokensAdminRoutes({
    limit,
    tokens: createRegistrationAdmin({ db, tenantId }),
    registrationBy: ({ make }) => createRegistrationAdmin({ db, tenantId, make }),
  })

// Everything that changes one thing of the configuration: each change is a version, and waits where the tenant asks for two persons.
const configuringRoutes = (parts: AdminParts, edge: Edge): readonly AnyRoute[] => {
  const { config, tenantId } = parts
  return configuring(configuringOf({ ...parts, ensureKey: ensureKeyOf(parts) }), (within) => {
    const deps = { db: within.db, tenantId, record }
    return [
      ...roleAndGroupRoutes(deps, edge),
      ...clientRoutes(parts, within, edge),
      ...webhookRoutes({ config, db: within.db, tenantId }, edge),
      ...rolesOfOrganizationsRoutes(deps, edge.limit),
      ...templateRoutes(parts, within, edge.limit),
      ...settingRoutes(parts, within, edge),
    ]
  })
}

const keyRoutes = (parts: AdminParts, { limit }: Edge): readonly AnyRoute[] =>
  keysAdminRoutes({
    limit,
    list: () => listKeys(parts.tenantId, parts.db),
    changesBy: ({ make }) => keyChangesOf(parts, make),
    rotation: rotationOf(parts),
    reload: parts.keys.reload,
  })

const whoOf = ({ config, db, tenantId, isRoot }: AdminParts): Parameters<typeof accessAdminRoutes>[2] => ({
  person: (userId) => findUser(tenantId, db, userId),
  tenant: async () => {
    const { slug = '', name = '' } = (await findTenant(db, tenantId)) ?? {}
    return { id: tenantId, slug, name, isRoot }
  },
  idleSeconds: config.adminIdleTtl,
})

/** The admin API of one tenant, below `/admin/v1`. */
export const adminRoutes = (parts: AdminParts): readonly AnyRoute[] => {
  const { config, db, tenantId, settings } = parts
  const edge = { cursorKey: config.key('admin-cursors'), limit: config.limitRequests }
  const readSchema = async (): Promise<unknown> => (await settings.get(tenantId, attributeSchemaKey)) ?? defaultAttributeSchema
  return [
    ...accessAdminRoutes(db, edge, whoOf(parts)),
    ...exportRoutes(parts, edge),
    ...importRoutes(parts, edge),
    ...peopleAdminRoutes({ ...parts, ...edge, readSchema }),
    ...overviewRoutes(parts, config.limitRequests),
    ...operationAdminRoutes({
      ...{ db, tenantId, isRoot: parts.isRoot, issuerOf: parts.issuerOf, ...edge },
      ...{ auditKey: auditKeyOf(config), eventSecrets: eventSecrets(config.key) },
    }),
    ...configuringRoutes(parts, edge),
    ...registrationRoutes(parts, edge),
    ...keyRoutes(parts, edge),
    ...configRoutes(parts, edge),
    ...hookRoutes(parts.hooks, { db, limit: edge.limit }),
    ...mailRoutes(parts, edge),
  ]
}

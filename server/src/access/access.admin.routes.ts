import type { Database } from '../db/database.ts'
import type { AnyRoute } from '../http/route.ts'
import { type AccessDeps, createAccessAdmin } from './access.job.ts'
import { groupsAdminRoutes } from './groups.admin.routes.ts'
import { createGroupAdmin } from './groups.job.ts'
import { type MeRoutesDeps, meAdminRoutes } from './me.admin.routes.ts'
import { insertToken, listTokens, removeToken } from './personal-tokens.store.ts'
import { rolesAdminRoutes } from './roles.admin.routes.ts'
import { tokensAdminRoutes } from './tokens.admin.routes.ts'

const tokenStore = (db: Database) => ({
  list: (tenantId: string, userId: string) => listTokens(tenantId, db, userId),
  insert: (tenantId: string, token: Parameters<typeof insertToken>[2]) => insertToken(tenantId, db, token),
  remove: (tenantId: string, input: Parameters<typeof removeToken>[2]) => removeToken(tenantId, db, input),
})

type Edge = { readonly cursorKey: Uint8Array; readonly limit: number }

/** The routes of roles and groups below `/admin/v1`; inside a transaction of the caller's they belong to it. */
export const roleAndGroupRoutes = (deps: AccessDeps, edge: Edge): readonly AnyRoute[] => [
  ...rolesAdminRoutes({ access: createAccessAdmin(deps), limit: edge.limit }),
  ...groupsAdminRoutes({ groups: createGroupAdmin(deps), ...edge }),
]

/** The other routes of this slice below `/admin/v1`. */
export const accessAdminRoutes = (db: Database, edge: Edge, who: Omit<MeRoutesDeps, 'limit'>): readonly AnyRoute[] => [
  ...meAdminRoutes({ ...who, limit: edge.limit }),
  ...tokensAdminRoutes({ tokens: tokenStore(db), limit: edge.limit }),
]

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

/** The routes of this slice below `/admin/v1`. */
export const accessAdminRoutes = (
  deps: AccessDeps & { readonly db: Database },
  edge: { readonly cursorKey: Uint8Array; readonly limit: number },
  who: Omit<MeRoutesDeps, 'limit'>,
): readonly AnyRoute[] => [
  ...meAdminRoutes({ ...who, limit: edge.limit }),
  ...rolesAdminRoutes({ access: createAccessAdmin(deps), limit: edge.limit }),
  ...groupsAdminRoutes({ groups: createGroupAdmin(deps), ...edge }),
  ...tokensAdminRoutes({ tokens: tokenStore(deps.db), limit: edge.limit }),
]

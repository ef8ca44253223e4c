import type { Database } from './db/database.ts'
import { record } from './events/events.store.ts'
import type { AnyRoute } from './http/route.ts'
import { type ImpersonationRoutesDeps, impersonationAdminRoutes } from './login/impersonation.admin.routes.ts'
import { createImpersonations, type Impersonations } from './login/login.ts'

type Parts = {
  readonly db: Database
  readonly tenantId: string
  readonly announceEnd: (tenantId: string, sessionId: string) => void
}

/** Acting as other people, of one tenant. */
export const impersonationsOf = ({ db, tenantId, announceEnd }: Parts): Impersonations =>
  createImpersonations({ db, tenantId, record, announceEnd: (sessionId) => announceEnd(tenantId, sessionId) })

export const impersonationRoutesOf = (parts: Parts, deps: Omit<ImpersonationRoutesDeps, 'impersonations'>): readonly AnyRoute[] =>
  impersonationAdminRoutes({ ...deps, impersonations: impersonationsOf(parts) })

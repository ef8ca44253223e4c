import type { Config } from './config/config.ts'
import { convertKeycloakCredential, type HashPool, hashImported, inspectHash } from './credentials/password/password.ts'
import type { Database } from './db/database.ts'
import type { AnyRoute } from './http/route.ts'
import { importsAdminRoutes } from './users/imports.admin.routes.ts'
import { createImports } from './users/imports.job.ts'

type Parts = { readonly config: Config; readonly db: Database; readonly tenantId: string; readonly hashes: HashPool }

/** Imports of accounts by the admin API. */
export const importRoutes = (
  { config, db, tenantId, hashes }: Parts,
  edge: { readonly cursorKey: Uint8Array; readonly limit: number },
): readonly AnyRoute[] =>
  importsAdminRoutes({
    ...edge,
    imports: createImports({
      ...{ db, tenantId, hash: hashImported(hashes), convert: convertKeycloakCredential },
      inspect: (encoded) => inspectHash(encoded, { weakAllowed: config.passwordWeakImports }),
    }),
  })

import type { Config } from './config/config.ts'
import {
  convertKeycloakCredential,
  type HashPool,
  inspectHash,
  normalizePassword,
  UnhashablePassword,
} from './credentials/password/password.ts'
import type { Database } from './db/database.ts'
import type { AnyRoute } from './http/route.ts'
import { importsAdminRoutes } from './users/imports.admin.routes.ts'
import { createImports } from './users/imports.job.ts'

type Parts = { readonly config: Config; readonly db: Database; readonly tenantId: string; readonly hashes: HashPool }

const hashBy = (pool: HashPool) => async (text: string) => {
  const password = normalizePassword(text)
  if (password.kind === 'refused') return { reason: `password: ${password.sentence}` }
  try {
    return { encoded: await pool.hash(password.secret) }
  } catch (error) {
    if (error instanceof UnhashablePassword) return { reason: `password: ${error.message}` }
    throw error
  }
}

/** Imports of accounts by the admin API. */
export const importRoutes = (
  { config, db, tenantId, hashes }: Parts,
  edge: { readonly cursorKey: Uint8Array; readonly limit: number },
): readonly AnyRoute[] =>
  importsAdminRoutes({
    ...edge,
    imports: createImports({
      ...{ db, tenantId, hash: hashBy(hashes), convert: convertKeycloakCredential },
      inspect: (encoded) => inspectHash(encoded, { weakAllowed: config.passwordWeakImports }),
    }),
  })

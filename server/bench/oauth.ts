import type { Database } from '../src/db/database.ts'
import { sealFlow } from '../src/oauth/flow.ts'
import { deriveKey, sha256 } from '../src/platform/digest.ts'
import { makeHandle } from '../src/platform/handle.ts'
import { newId } from '../src/platform/ids.ts'
import { printRefreshToken } from '../src/sessions/sessions.ts'
import type { OAuthKnowledge } from './load-protocol.ts'

/** Codes of each client, enough for every round, and grants with refresh tokens. */
const codeCount = 20_000
const grantCount = 10_000

const redirectUri = 'https://bench.example.test/callback'
const secret = 'the secret of the clients of the bench'

type Loading = { readonly tenantId: string; readonly secretKey: string }

type BenchClient = { readonly id: string; readonly algorithm: 'ES256' | 'RS256'; readonly isFirstParty?: boolean }

const insertClient = async (db: Database, tenantId: string, { id, algorithm, isFirstParty = false }: BenchClient): Promise<string> => {
  const metadata = {
    application_type: 'web',
    redirect_uris: [redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: algorithm,
    subject_type: 'public',
    require_pkce: false,
  }
  await db.text(`insert into clients (tenant_id, id, created_via, is_first_party, metadata) values ($1, $2, 'cli', $3, $4)`, [
    tenantId,
    id,
    isFirstParty,
    JSON.stringify(metadata),
  ])
  await db.text('insert into client_secrets (tenant_id, client_id, id, hash) values ($1, $2, $3, $4)', [
    tenantId,
    id,
    newId(),
    sha256(secret),
  ])
  return id
}

type Made = { readonly id: string; readonly hash: Buffer | null }

// One person and one session for all of them: the statements read the same rows, which a site with many users finds in memory too.
const insertGrants = async (
  db: Database,
  tenantId: string,
  { clientId, made }: { clientId: string; made: readonly Made[] },
): Promise<void> => {
  await db.text(
    `insert into oauth_grants (tenant_id, id, client_id, user_id, session_id, is_offline, scope, auth_time, acr, amr, code_hash, code, code_expires_at,
       code_spent_at, idle_expires_at, expires_at)
     select $1, g.id, $2, s.user_id, s.id, true, 'openid profile email offline_access', now(), 'aal1', '{pwd}', g.hash,
       case when g.hash is null then null else jsonb_build_object('redirectUri', $5::text, 'nonce', 'n') end, now() + interval '1 day',
       case when g.hash is null then now() end, now() + interval '1 day', now() + interval '1 day'
     from unnest($3::uuid[], $4::bytea[]) with ordinality as g (id, hash, position)
     join (select id, user_id, row_number() over (order by id) as n from (select id, user_id from sessions where tenant_id = $1 limit 1000) x) s
       on s.n = 1 + g.position % 1000`,
    [tenantId, clientId, made.map(({ id }) => id), made.map(({ hash }) => hash), redirectUri],
  )
}

const insertCodes = async (db: Database, tenantId: string, clientId: string): Promise<readonly string[]> => {
  const handles = Array.from({ length: codeCount }, () => {
    const id = newId()
    return { id, ...makeHandle('cip_ac_', id) }
  })
  await insertGrants(db, tenantId, { clientId, made: handles })
  return handles.map(({ text }) => text)
}

const basicOf = (id: string): string => `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`

const signInPathOf = (tenantId: string, secretKey: string, clientId: string): string => {
  const parameters = Object.entries({ client_id: clientId, redirect_uri: redirectUri, response_type: 'code', scope: 'openid profile' })
  const flow = { parameters, resources: [], startedAt: Date.now() }
  return `/interaction/sign-in?flow=${sealFlow(deriveKey(secretKey, 'authorization-flows'), tenantId, flow) ?? ''}`
}

/** Clients, codes and grants of the provider, as the server would have written them. */
export const loadOAuth = async (db: Database, { tenantId, secretKey }: Loading): Promise<OAuthKnowledge> => {
  const es = await insertClient(db, tenantId, { id: 'bench-ES256', algorithm: 'ES256' })
  const rs = await insertClient(db, tenantId, { id: 'bench-RS256', algorithm: 'RS256' })
  const own = await insertClient(db, tenantId, { id: 'bench-own', algorithm: 'ES256', isFirstParty: true })
  const grants = Array.from({ length: grantCount }, () => ({ id: newId(), hash: null }))
  await insertGrants(db, tenantId, { clientId: es, made: grants })
  const codes = { es: await insertCodes(db, tenantId, es), rs: await insertCodes(db, tenantId, rs) }
  await db.text('vacuum analyze oauth_grants')
  const key = deriveKey(secretKey, 'oauth-refresh-tokens')
  return {
    redirectUri,
    signInPath: signInPathOf(tenantId, secretKey, es),
    basic: { es: basicOf(es), rs: basicOf(rs) },
    ownClient: { id: own, basic: basicOf(own) },
    codes,
    refreshTokens: grants.map(({ id }) => printRefreshToken(key, tenantId, { grantId: id, counter: 0 })),
  }
}

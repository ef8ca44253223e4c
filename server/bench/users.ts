import { type Database, inTransaction, type Tx } from '../src/db/database.ts'
import { deriveKey } from '../src/platform/digest.ts'
import { newId } from '../src/platform/ids.ts'
import { printRefreshToken } from '../src/sessions/sessions.ts'
import { userNameSql } from './names.ts'

export type Population = {
  readonly tenantId: string
  readonly users: number
  /** Live sessions, spread evenly over the users; each gets a grant. */
  readonly sessions: number
  /** The one password hash that all users share. */
  readonly encoded: string
  readonly secretKey: string
}

const loadAccounts = async (tx: Tx, { tenantId, users, encoded }: Population): Promise<void> => {
  const name = userNameSql('n')
  await tx.text(`create temporary table loaded on commit drop as select n, uuidv7() as id from generate_series(1, ${users}) n`)
  await tx.text('insert into users (tenant_id, id) select $1, id from loaded order by n', [tenantId])
  for (const [kind, text] of [
    ['username', name],
    ['email', `${name} || '@example.com'`],
  ] as const)
    await tx.text(
      `insert into identifiers (tenant_id, user_id, kind, canonical, written) select $1, id, $2, ${text}, ${text} from loaded order by n`,
      [tenantId, kind],
    )
  await tx.text('insert into passwords (tenant_id, user_id, encoded) select $1, id, $2 from loaded order by n', [tenantId, encoded])
  await tx.text('insert into sign_in_states (tenant_id, user_id) select $1, id from loaded order by n', [tenantId])
}

const loadSessions = async (tx: Tx, { tenantId, users, sessions }: Population): Promise<readonly string[]> => {
  const ids = Array.from({ length: sessions }, () => ({ grant: newId(), session: newId() }))
  const step = Math.max(1, Math.floor(users / sessions))
  await tx.text('create index on loaded (n)')
  await tx.text(
    `insert into sessions (tenant_id, id, user_id, kind, amr, ip, expires_at)
     select $1, s.id, l.id, 'api', '{pwd}', '127.0.0.1', now() + interval '1 day'
     from unnest($2::uuid[]) with ordinality as s (id, position) join loaded l on l.n = 1 + ((s.position - 1) * ${step}) % ${users}`,
    [tenantId, ids.map(({ session }) => session)],
  )
  await tx.text(
    `insert into grants (tenant_id, id, session_id, client_id, scope, idle_expires_at, expires_at)
     select $1, g.id, g.session, 'account-api', 'account', now() + interval '1 day', now() + interval '1 day'
     from unnest($2::uuid[], $3::uuid[]) as g (id, session)`,
    [tenantId, ids.map(({ grant }) => grant), ids.map(({ session }) => session)],
  )
  return ids.map(({ grant }) => grant)
}

/** Fills the database in bulk, foreign keys unchecked, and gives the sessions' refresh tokens as the server would have printed them. */
export const loadUsers = async (db: Database, population: Population): Promise<readonly string[]> => {
  const grants = await inTransaction(db, { isIdempotent: false }, async (tx) => {
    await tx.text('set local session_replication_role = replica')
    await loadAccounts(tx, population)
    return loadSessions(tx, population)
  })
  await db.text('vacuum analyze')
  await db.text('checkpoint')
  const key = deriveKey(population.secretKey, 'refresh-tokens')
  return grants.map((grantId) => printRefreshToken(key, population.tenantId, { grantId, counter: 0 }))
}

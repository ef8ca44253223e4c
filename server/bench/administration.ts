import { makePersonalToken } from '../src/access/personal-token.ts'
import { extendChain } from '../src/events/chain/chain.job.ts'
import type { BenchDatabase } from './database.ts'
import type { AdminKnowledge } from './load-protocol.ts'
import { userName } from './names.ts'

type Loading = { readonly users: number; readonly events: number }

const departments = 20
const sampleSize = 2000

/** Attributes of every account: a department that a twentieth shares, and a number of its own. */
const loadProfiles = async ({ db, tenantId }: BenchDatabase): Promise<void> => {
  await db.text(
    `insert into profiles (tenant_id, user_id, attributes)
     select tenant_id, id, jsonb_build_object('department', 'department ' || number % ${departments}, 'employee', number::text)
     from users where tenant_id = $1`,
    [tenantId],
  )
  await db.text('vacuum analyze profiles')
}

// The events go into the audit tree before anything is measured: it is a job of the platform, and how long it takes is a figure of its own.
export const sealEvents = async ({ db, tenantId }: BenchDatabase, key: Parameters<typeof extendChain>[0]['key']): Promise<number> => {
  const began = performance.now()
  await extendChain({ db, key, origin: 'bench.example.test' }, tenantId)
  await db.text('vacuum analyze event_chain')
  return (performance.now() - began) / 1000
}

/** An administrator's token, and accounts and requests to ask for. */
export const loadAdministration = async (database: BenchDatabase, { users, events }: Loading): Promise<AdminKnowledge> => {
  const { db, tenantId } = database
  await loadProfiles(database)
  const found = await db.text<{ id: string }>(
    `select user_id as id from identifiers where tenant_id = $1 and kind = 'username' and canonical = any ($2)`,
    [tenantId, Array.from({ length: Math.min(sampleSize, users) }, (_, n) => userName(1 + Math.floor((n * users) / sampleSize)))],
  )
  const owner = found[0]?.id ?? ''
  const token = makePersonalToken()
  await db.text(`insert into role_assignments (tenant_id, user_id, role) values ($1, $2, 'owner')`, [tenantId, owner])
  await db.text(
    `insert into personal_access_tokens (tenant_id, id, user_id, name, hash, permissions, expires_at)
     values ($1, $2, $3, 'bench', $4, $5, now() + interval '1 day')`,
    [tenantId, token.id, owner, token.hash, ['users:read', 'events:read', 'clients:read', 'sessions:read', 'data:export']],
  )
  return { token: token.text, users: found.map(({ id }) => id), events, departments }
}

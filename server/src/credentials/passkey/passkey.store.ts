import { type Database, inTransaction, prepared, type Sql, type Tx } from '../../db/database.ts'
import { eventsParameter, insertEvents } from '../../events/events.ts'
import type { PasskeyStore } from './passkey.method.ts'
import { type Passkey, passkeysMax } from './record.ts'

type Row = {
  id: string
  user_id: string
  credential_id: Buffer
  public_key: Buffer
  rp_id: string
  sign_count: number
  transports: string[]
  aaguid: string
  name: string
  is_backup_eligible: boolean
  is_backed_up: boolean
  is_user_verified: boolean
  attestation_format: string
  created_at: Date
  last_used_at: Date | null
  cloned_at: Date | null
}

const columns = `p.id, p.user_id, p.credential_id, p.public_key, p.rp_id, p.sign_count, p.transports, p.aaguid, p.name, p.is_backup_eligible,
  p.is_backed_up, p.is_user_verified, p.attestation_format, p.created_at, p.last_used_at, p.cloned_at`

const passkeyOf = (row: Row): Passkey => ({
  id: row.id,
  userId: row.user_id,
  credentialId: row.credential_id,
  publicKey: row.public_key,
  rpId: row.rp_id,
  signCount: row.sign_count,
  transports: row.transports,
  aaguid: row.aaguid,
  name: row.name,
  isBackupEligible: row.is_backup_eligible,
  isBackedUp: row.is_backed_up,
  isUserVerified: row.is_user_verified,
  attestationFormat: row.attestation_format,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  clonedAt: row.cloned_at,
})

const list = prepared<Row>(
  'passkey.list',
  `select ${columns} from passkeys p where p.tenant_id = $1 and p.user_id = $2 order by p.created_at, p.id`,
)

// Expired challenges are refused here too: their rows are removed, and with them the memory of the first answer.
const insertSpent = `insert into spent_challenges (tenant_id, hash, expires_at)
  select $1, $2, to_timestamp($3) where to_timestamp($3) > now() on conflict do nothing returning hash`

const spend = prepared<{ hash: Buffer }>('passkey.spend', insertSpent)

const spendAndFind = prepared<Partial<Row> & { is_spent: boolean }>(
  'passkey.spend-and-find',
  `with spent as (${insertSpent})
  select exists (select from spent) as is_spent, ${columns}
  from (select) one left join passkeys p on p.tenant_id = $1 and p.credential_id = $4`,
)

// The number of passkeys is counted under a lock, by a statement that begins once the lock is held.
const lockOwner = prepared<{ id: string }>('passkey.lock-owner', 'select id from users where tenant_id = $1 and id = $2 for no key update')
const count = prepared<{ count: number }>(
  'passkey.count',
  'select count(*)::int as count from passkeys where tenant_id = $1 and user_id = $2',
)

const add = prepared<{ id: string }>(
  'passkey.add',
  `with added as (
      insert into passkeys (tenant_id, user_id, id, credential_id, public_key, rp_id, sign_count, transports, aaguid, name, is_backup_eligible,
        is_backed_up, is_user_verified, attestation_format)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      on conflict (tenant_id, credential_id) do nothing returning id),
    noted as (${insertEvents('$15', 'exists (select from added)')})
  select id from added`,
)

const addLocked = async (tenantId: string, tx: Sql, { passkey, event }: Parameters<PasskeyStore['add']>[1]) => {
  const { userId } = passkey
  if ((await tx.run(lockOwner, [tenantId, userId])).length === 0) return 'unknown-user'
  if (((await tx.run(count, [tenantId, userId]))[0]?.count ?? 0) >= passkeysMax) return 'too-many'
  const rows = await tx.run(add, [
    ...[tenantId, userId, passkey.id, passkey.credentialId, passkey.publicKey, passkey.rpId, passkey.signCount, passkey.transports],
    ...[passkey.aaguid, passkey.name, passkey.isBackupEligible, passkey.isBackedUp, passkey.isUserVerified, passkey.attestationFormat],
    eventsParameter(event),
  ])
  return rows.length > 0 ? 'added' : 'exists'
}

// Section 7.2 step 21. A counter that stays at zero is none; it is never set back, so that a copy cannot hide behind a zero.
const isForward = 'p.sign_count = 0 or $4 = 0 or $4 > p.sign_count'
const use = prepared<{ is_cloned: boolean }>(
  'passkey.use',
  `with touched as (
      update passkeys p set
        sign_count = case when ${isForward} then greatest(p.sign_count, $4) else p.sign_count end,
        is_backed_up = case when ${isForward} then $5 else p.is_backed_up end,
        last_used_at = case when ${isForward} then now() else p.last_used_at end,
        cloned_at = case when ${isForward} then p.cloned_at else now() end
      where p.tenant_id = $1 and p.user_id = $2 and p.id = $3 returning p.cloned_at is not distinct from now() as is_cloned),
    noted as (${insertEvents('$6', 'exists (select from touched where is_cloned)')})
  select is_cloned from touched`,
)

const rename = prepared<{ id: string }>(
  'passkey.rename',
  `with renamed as (update passkeys set name = $4 where tenant_id = $1 and user_id = $2 and id = $3 returning id),
    noted as (${insertEvents('$5', 'exists (select from renamed)')})
  select id from renamed`,
)

// The ways in that stay are counted under the lock of the owner: of two removals at once the second sees the first (attack case P-06).
const removeUnlessLast = prepared<{ is_known: boolean; is_removed: boolean }>(
  'passkey.remove-unless-last',
  `with own as (select id from passkeys where tenant_id = $1 and user_id = $2 and id = $3),
    removed as (
      delete from passkeys p using own where p.tenant_id = $1 and p.user_id = $2 and p.id = own.id and (
        exists (select from passkeys o where o.tenant_id = $1 and o.user_id = $2 and o.id <> $3 and o.is_user_verified)
        or ($5 and exists (select from passwords w where w.tenant_id = $1 and w.user_id = $2))
        or ($6 and exists (select from identifiers i where i.tenant_id = $1 and i.user_id = $2 and i.kind = 'email' and i.verified_at is not null)))
      returning p.id),
    noted as (${insertEvents('$4', 'exists (select from removed)')})
  select exists (select from own) as is_known, exists (select from removed) as is_removed`,
)

const remove = prepared<{ id: string }>(
  'passkey.remove',
  `with removed as (delete from passkeys where tenant_id = $1 and user_id = $2 and id = $3 returning id),
    noted as (${insertEvents('$4', 'exists (select from removed)')})
  select id from removed`,
)

/** Passkeys on a database. A passkey is always asked for with its owner: that of another account is none. */
export const passkeyStore = (db: Database | Tx): PasskeyStore => ({
  list: async (tenantId, userId) => (await db.run(list, [tenantId, userId])).map(passkeyOf),
  spend: async (tenantId, { hash, expiresAt }) => (await db.run(spend, [tenantId, hash, expiresAt])).length > 0,
  spendAndFind: async (tenantId, { hash, expiresAt, credentialId }) => {
    const [row] = await db.run(spendAndFind, [tenantId, hash, expiresAt, credentialId])
    return { isSpent: row?.is_spent === true, passkey: row?.id == null ? undefined : passkeyOf(row as Row) }
  },
  add: (tenantId, input) => inTransaction(db, { isIdempotent: true }, (tx) => addLocked(tenantId, tx, input)),
  use: async (tenantId, { passkey, use: { signCount, isBackedUp }, clonedEvent }) => {
    const values = [tenantId, passkey.userId, passkey.id, signCount, isBackedUp, eventsParameter(clonedEvent)]
    const [row] = await db.run(use, values)
    if (row === undefined) return 'gone'
    return row.is_cloned ? 'cloned' : 'used'
  },
  rename: async (tenantId, { userId, id, name, event }) =>
    (await db.run(rename, [tenantId, userId, id, name, eventsParameter(event)])).length > 0,
  removeUnlessLast: (tenantId, { userId, id, event, withPassword, withEmail }) =>
    inTransaction(db, { isIdempotent: true }, async (tx) => {
      await tx.run(lockOwner, [tenantId, userId])
      const [row] = await tx.run(removeUnlessLast, [tenantId, userId, id, eventsParameter(event), withPassword, withEmail])
      if (row?.is_removed === true) return 'removed'
      return row?.is_known === true ? 'last' : 'unknown'
    }),
  remove: async (tenantId, { userId, id, event }) => (await db.run(remove, [tenantId, userId, id, eventsParameter(event)])).length > 0,
})

const batch = 2000

/** Removes what was spent and has expired, in batches; what has expired is refused without it. */
export const removeSpentChallenges = async (sql: Sql): Promise<void> => {
  const text = `delete from spent_challenges c using (select tenant_id, hash from spent_challenges where expires_at < now() - interval '1 minute' limit $1) old
    where c.tenant_id = old.tenant_id and c.hash = old.hash returning 1`
  while ((await sql.text(text, [batch])).length === batch);
}

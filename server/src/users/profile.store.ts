import { prepared, type Sql, type Tx } from '../db/database.ts'
import type { Attributes } from './attributes.ts'

const read = prepared<{ attributes: Attributes }>(
  'users.read-profile',
  'select attributes from profiles where tenant_id = $1 and user_id = $2',
)

export const readProfile = async (tenantId: string, sql: Sql, userId: string): Promise<Attributes> =>
  (await sql.run(read, [tenantId, userId]))[0]?.attributes ?? {}

/** The attributes, held until the transaction ends; undefined where there is no such account. */
export const lockProfile = async (tenantId: string, tx: Tx, userId: string): Promise<Attributes | undefined> => {
  const [account] = await tx.text('select id from users where tenant_id = $1 and id = $2 for no key update', [tenantId, userId])
  // Read after the lock, or a profile written meanwhile would be missed.
  return account === undefined ? undefined : readProfile(tenantId, tx, userId)
}

export const saveProfile = async (tenantId: string, tx: Tx, input: { userId: string; attributes: Attributes }): Promise<void> => {
  await tx.text(
    `insert into profiles (tenant_id, user_id, attributes) values ($1, $2, $3)
     on conflict (tenant_id, user_id) do update set attributes = excluded.attributes, updated_at = now()`,
    [tenantId, input.userId, JSON.stringify(input.attributes)],
  )
}

/** Marks the address that the account answers with; false where it is so already, or there is none. */
export const markEmail = async (tenantId: string, tx: Tx, input: { userId: string; isVerified: boolean }): Promise<boolean> => {
  const rows = await tx.text(
    `with marked as (
        update identifiers set verified_at = case when $3 then now() end
        where tenant_id = $1 and kind = 'email' and (verified_at is not null) <> $3
          and canonical = (select canonical from identifiers where tenant_id = $1 and user_id = $2 and kind = 'email' order by created_at limit 1)
        returning user_id)
     update users u set updated_at = now() from marked m where u.tenant_id = $1 and u.id = m.user_id returning u.id`,
    [tenantId, input.userId, input.isVerified],
  )
  return rows.length > 0
}

/** Tells every node to forget what it holds of people. */
export const bumpUserEpoch = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(
    `insert into cache_epochs as e (tenant_id, kind) values ($1, 'users')
     on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now()`,
    [tenantId],
  )
}

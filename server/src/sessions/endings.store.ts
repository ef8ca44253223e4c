import type { Tx } from '../db/database.ts'

/** Ends what is alive of every session and grant of the installation; the number of sessions that it ended. */
export const endEverySession = async (tx: Tx, reason: string): Promise<number> => {
  await tx.text('update grants set revoked_at = now(), revoke_reason = $1 where revoked_at is null', [reason])
  await tx.text('update oauth_grants set revoked_at = now(), revoke_reason = $1 where revoked_at is null', [reason])
  // A code of a device or a pushed request could otherwise begin anew what ended after the backup.
  await tx.text('delete from device_codes')
  await tx.text('delete from pushed_requests')
  const [row] = await tx.text<{ ended: number }>(
    `with ended as (update sessions set ended_at = now(), end_reason = $1 where ended_at is null returning 1)
     select count(*) as ended from ended`,
    [reason],
  )
  return row?.ended ?? 0
}

/** Tells every node to forget the sessions in its memory: a deleted account leaves no ended session behind that would say so. */
export const bumpSessionEpoch = async (tenantId: string, tx: Tx): Promise<void> => {
  await tx.text(
    `insert into cache_epochs as c (tenant_id, kind) values ($1, 'sessions') on conflict (tenant_id, kind) do update set version = c.version + 1`,
    [tenantId],
  )
}

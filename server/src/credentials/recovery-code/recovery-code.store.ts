import { type Database, inTransaction, prepared, type Tx } from '../../db/database.ts'
import { lostReference } from '../../db/errors.ts'
import { eventsParameter, insertEvents } from '../../events/events.ts'
import { isOpenSql, lockedUntilSql, lockSecondsSql, waitSecondsSql } from '../factor-tries.ts'
import type { RecoveryCodeStore, RecoveryTry } from './recovery-code.method.ts'

// The row of the counter is the lock of the set: whoever makes or spends codes of an account waits for it. It is there as long as codes are.
const open = prepared<never>(
  'recovery-code.open',
  `insert into factor_states (tenant_id, user_id, method) values ($1, $2, 'recovery-code')
   on conflict (tenant_id, user_id, method) do update set failures = 0, locked_until = '-infinity'`,
)

const replace = prepared<never>(
  'recovery-code.replace',
  `with ended as (delete from recovery_codes where tenant_id = $1 and user_id = $2),
    noted as (${insertEvents('$4')})
  insert into recovery_codes (tenant_id, user_id, hash) select $1, $2, unnest($3::bytea[])`,
)

type SpendRow = { failures: number; is_open: boolean; wait: number | null; is_spent: boolean }

// What the lock came to is known in the statement alone.
const lockEvents = `jsonb_build_array($5::jsonb || jsonb_build_object('payload',
  (select jsonb_build_object('method', 'recovery-code', 'failures', failures, 'seconds', ${lockSecondsSql('failures')}) from counted)))`

// The counter is locked before a code is looked at, so guesses made at once are counted and refused one by one.
const spend = prepared<SpendRow>(
  'recovery-code.spend',
  `with state as (
      select failures, locked_until from factor_states where tenant_id = $1 and user_id = $2 and method = 'recovery-code' for update),
    seen as (select failures, ${isOpenSql('state')} as is_open, ${waitSecondsSql('state')} as wait from state),
    spent as (
      update recovery_codes set spent_at = now()
      where tenant_id = $1 and user_id = $2 and hash = $3 and spent_at is null and exists (select from seen where is_open) returning hash),
    counted as (
      update factor_states s set
        failures = case when exists (select from spent) then 0 else s.failures + 1 end,
        locked_until = case when exists (select from spent) then '-infinity' else ${lockedUntilSql('s.failures + 1')} end
      from seen where s.tenant_id = $1 and s.user_id = $2 and s.method = 'recovery-code' and seen.is_open returning s.failures, s.locked_until),
    noted as (${insertEvents('$4', 'exists (select from spent)')}),
    noted_lock as (${insertEvents(lockEvents, 'exists (select from counted where locked_until > now())')})
  select failures, is_open, wait, exists (select from spent) as is_spent from seen`,
)

const countLeft = prepared<{ left: number }>(
  'recovery-code.count-left',
  'select count(*)::int as left from recovery_codes where tenant_id = $1 and user_id = $2 and spent_at is null',
)

const remove = prepared<never>('recovery-code.remove', 'delete from recovery_codes where tenant_id = $1 and user_id = $2')

const take = prepared<{ user_id: string }>(
  'recovery-code.take',
  `with taken as (delete from recovery_codes where tenant_id = $1 and user_id = $2 returning user_id),
    noted as (${insertEvents('$3', 'exists (select from taken)')})
  select user_id from taken limit 1`,
)

const readTry = (row: SpendRow | undefined): RecoveryTry => {
  if (row === undefined) return { kind: 'none' }
  if (!row.is_open) return { kind: 'closed', failures: row.failures, waitSeconds: row.wait }
  return { kind: row.is_spent ? 'spent' : 'failed' }
}

/** Recovery codes on a database. Only `replace` is more than one statement: the second has to see what was made before it got the lock. */
export const recoveryCodeStore = (db: Database | Tx): RecoveryCodeStore => ({
  replace: async (tenantId, { userId, hashes, event }) => {
    try {
      await inTransaction(db, { isIdempotent: true }, async (tx) => {
        await tx.run(open, [tenantId, userId])
        await tx.run(replace, [tenantId, userId, hashes, eventsParameter(event)])
      })
      return true
    } catch (error) {
      if (lostReference(error)) return false
      throw error
    }
  },
  spend: async (tenantId, { userId, hash, spentEvent, lockedEvent }) =>
    readTry((await db.run(spend, [tenantId, userId, hash, eventsParameter(spentEvent), JSON.stringify(lockedEvent)]))[0]),
  countLeft: async (tenantId, userId) => (await db.run(countLeft, [tenantId, userId]))[0]?.left ?? 0,
  remove: async (tenantId, userId) => {
    await db.run(remove, [tenantId, userId])
  },
  take: async (tenantId, { userId, event }) => (await db.run(take, [tenantId, userId, eventsParameter(event)])).length > 0,
})

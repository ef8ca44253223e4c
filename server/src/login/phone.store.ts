import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { violatedUnique } from '../db/errors.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import type { Notice } from './new-session.ts'
import { writeNotice } from './notice.store.ts'

type Told = { readonly userId: string; readonly event: EventRow; readonly notice: Notice }

class Taken extends Error {}

const replace = async (tenantId: string, tx: Tx, { userId, phone, event }: Told & { readonly phone: string }): Promise<boolean> => {
  const rows = await tx.text(
    `with old as (delete from identifiers where tenant_id = $1 and user_id = $2 and kind = 'phone' and canonical <> $3),
      forgiven as (delete from factor_states where tenant_id = $1 and user_id = $2 and method = 'sms-code'),
      kept as (
        insert into identifiers (tenant_id, user_id, kind, canonical, written, verified_at)
        select $1, id, 'phone', $3, $3, now() from users where tenant_id = $1 and id = $2 and status = 'active'
        on conflict (tenant_id, kind, canonical) do update set verified_at = now() where identifiers.user_id = $2 returning user_id),
      noted as (${insertEvents('$4', 'exists (select from kept)')})
    select user_id from kept`,
    [tenantId, userId, phone, eventsParameter(event)],
  )
  return rows.length > 0
}

const save = async (db: Database, tenantId: string, input: Told & { readonly phone: string }): Promise<'changed' | 'taken'> => {
  try {
    await inTransaction(db, { isIdempotent: true }, async (tx) => {
      // Thrown, so that the number that was to go stays.
      if (!(await replace(tenantId, tx, input))) throw new Taken()
      await writeNotice(tx, input.notice)
    })
    return 'changed'
  } catch (error) {
    if (error instanceof Taken || violatedUnique(error) !== undefined) return 'taken'
    throw error
  }
}

const remove = (db: Database, tenantId: string, { userId, event, notice }: Told): Promise<boolean> =>
  inTransaction(db, { isIdempotent: true }, async (tx) => {
    const rows = await tx.text(
      `with removed as (delete from identifiers where tenant_id = $1 and user_id = $2 and kind = 'phone' returning user_id),
        noted as (${insertEvents('$3', 'exists (select from removed)')})
      select user_id from removed`,
      [tenantId, userId, eventsParameter(event)],
    )
    if (rows.length > 0) await writeNotice(tx, notice)
    return rows.length > 0
  })

/** The phone number of an account, each change in one transaction with its event and notice. */
export const phoneStore = (db: Database) => ({
  /** A proved number takes the place of the present one. */
  save: (tenantId: string, input: Told & { readonly phone: string }) => save(db, tenantId, input),
  /** False where there was none. */
  remove: (tenantId: string, input: Told) => remove(db, tenantId, input),
})

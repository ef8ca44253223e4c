import { insertProofs, proofsParameter } from '../credentials/email-code/email-code.ts'
import { prepared, type Sql } from '../db/database.ts'
import { type EventRow, eventsParameter, insertEvents } from '../events/events.ts'
import { insertMessages, messagesParameter } from '../mail/mail.ts'
import type { Notice } from './new-session.ts'

const plan = prepared<{ due_at: Date }>(
  'deletion.plan',
  `with planned as (
      update users set deletion_due_at = now() + make_interval(secs => $3), updated_at = now()
      where tenant_id = $1 and id = $2 and status = 'active' and deletion_due_at is null returning deletion_due_at),
    sent as (${insertMessages('$4', 'exists (select from planned)')}),
    proved as (${insertProofs('$5', 'exists (select from planned)')}),
    noted as (${insertEvents('$6', 'exists (select from planned)')})
  select deletion_due_at as due_at from planned`,
)

// An account whose time has come is no longer kept: its deletion may be under way.
const keep = prepared<{ id: string }>(
  'deletion.keep',
  `with kept as (
      update users set deletion_due_at = null, updated_at = now()
      where tenant_id = $1 and id = $2 and status = 'active' and deletion_due_at > now() returning id),
    spent as (
      update proofs set spent_at = now()
      where tenant_id = $1 and user_id = $2 and purpose = 'cancel-deletion' and spent_at is null and exists (select from kept)),
    noted as (${insertEvents('$3', 'exists (select from kept)')})
  select id from kept`,
)

/** The deletion that a person asked for, while there is time to call it off. */
export const deletionStore = (sql: Sql) => ({
  /** When the account goes; undefined where that was planned already. */
  plan: async (
    tenantId: string,
    { userId, seconds, notice, event }: { userId: string; seconds: number; notice: Notice; event: EventRow },
  ): Promise<Date | undefined> => {
    const values = [tenantId, userId, seconds, messagesParameter(...notice.messages), proofsParameter(...notice.proofs)]
    return (await sql.run(plan, [...values, eventsParameter(event)]))[0]?.due_at
  },
  /** False where nothing was planned, or its time has come. */
  keep: async (tenantId: string, { userId, event }: { userId: string; event: EventRow }): Promise<boolean> =>
    (await sql.run(keep, [tenantId, userId, eventsParameter(event)])).length > 0,
})

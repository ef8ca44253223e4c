import type { Sql, Tx } from '../db/database.ts'
import { brandSql } from './brand-sql.ts'

/** A message as operators see it: never what it says. */
export type MessageState = {
  readonly id: string
  readonly channel: 'email' | 'sms'
  readonly template: string
  readonly language: string
  readonly recipient: string
  readonly attempts: number
  readonly created_at: Date
  readonly due_at: Date
  readonly expires_at: Date
  readonly sent_at: Date | null
  readonly gave_up_at: Date | null
  readonly last_error: string | null
}

const columns = 'id, channel, template, language, recipient, attempts, created_at, due_at, expires_at, sent_at, gave_up_at, last_error'

const failed = 'and sent_at is null and last_error is not null'

/** The newest messages of the tenant; `isFailed` leaves those that were given up, or failed and are tried again. */
export const listMessages = (tenantId: string, sql: Sql, input: { limit: number; isFailed: boolean }): Promise<MessageState[]> =>
  sql.text<MessageState>(
    `select ${columns} from messages where tenant_id = $1 ${input.isFailed ? failed : ''}
     order by created_at desc, id desc limit $2`,
    [tenantId, input.limit],
  )

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** A page of them by keyset, the newest first: those with a smaller id than `below`. */
export const pageOfMessages = (
  tenantId: string,
  sql: Sql,
  { below = lastId, limit, isFailed }: { below?: string | undefined; limit: number; isFailed: boolean },
): Promise<MessageState[]> =>
  sql.text<MessageState>(
    `select ${columns} from messages where tenant_id = $1 and id < $2 ${isFailed ? failed : ''} order by id desc limit $3`,
    [tenantId, below, limit],
  )

export const findMessage = async (tenantId: string, sql: Sql, id: string): Promise<MessageState | undefined> =>
  (await sql.text<MessageState>(`select ${columns} from messages where tenant_id = $1 and id = $2`, [tenantId, id]))[0]

/** Queues a message that was given up again, unless it has expired: then what it says is worth nothing any more. */
export const requeueMessage = async (tenantId: string, tx: Tx, id: string): Promise<MessageState | undefined> =>
  (
    await tx.text<MessageState>(
      `update messages set gave_up_at = null, due_at = now(), attempts = 0
       where tenant_id = $1 and id = $2 and gave_up_at is not null and expires_at > now() returning ${columns}`,
      [tenantId, id],
    )
  )[0]

/** The name that messages of the tenant speak for. */
export const brandOf = async (tenantId: string, sql: Sql): Promise<string> =>
  (await sql.text<{ name: string }>(`select ${brandSql} as name from tenants t where t.tenant_id = $1`, [tenantId]))[0]?.name ?? ''

/** What waits to be delivered, counted up to 10000; `late` is what should have gone a minute ago. */
export const mailDepth = async (sql: Sql): Promise<{ waiting: number; late: number }> =>
  (
    await sql.text<{ waiting: number; late: number }>(
      `select count(*)::int as waiting, (count(*) filter (where due_at < now() - interval '1 minute'))::int as late
       from (select due_at from messages where sent_at is null and gave_up_at is null order by due_at limit 10000) open`,
      [],
    )
  )[0] ?? { waiting: 0, late: 0 }

import { prepared, type Sql, type Tx } from '../db/database.ts'
import { brandSql } from './brand-sql.ts'
import { insertMessages, type MessageRow, messagesParameter } from './mail.ts'

/** A message that this process alone may deliver now, for as long as its lease holds. */
export type ClaimedMessage = {
  readonly tenantId: string
  readonly id: string
  readonly channel: 'email' | 'sms'
  readonly template: string
  readonly language: string
  readonly recipient: string
  readonly sealed: Buffer
  readonly attempts: number
  /** Until it expires. */
  readonly secondsLeft: number
  /** The name of its tenant. */
  readonly brand: string
}

type ClaimedRow = Omit<ClaimedMessage, 'tenantId' | 'secondsLeft'> & { readonly tenant_id: string; readonly seconds_left: number }

// The claim moves due_at past the time that a delivery can take, so that a node that dies leaves it to another.
const claiming = (which: string): string =>
  `with due as materialized (
     select tenant_id, id from messages where ${which} and sent_at is null and gave_up_at is null and expires_at > now()
     order by due_at limit $1 for update skip locked)
   update messages m set due_at = now() + interval '60 seconds', attempts = m.attempts + 1 from due, tenants t
   where m.tenant_id = due.tenant_id and m.id = due.id and t.tenant_id = m.tenant_id
   returning m.tenant_id, m.id, m.channel, m.template, m.language, m.recipient, m.sealed, m.attempts, ${brandSql} as brand,
     extract(epoch from m.expires_at - now())::float8 as seconds_left`

const claim = prepared<ClaimedRow>('mail.claim', claiming('due_at <= now()'))
const claimOne = prepared<ClaimedRow>('mail.claim-one', claiming('tenant_id = $2 and id = $3 and due_at <= now()'))

const fromRow = ({ tenant_id: tenantId, seconds_left: secondsLeft, ...row }: ClaimedRow): ClaimedMessage => ({
  ...row,
  tenantId,
  secondsLeft,
})

const expire = prepared<never>(
  'mail.expire',
  `with late as materialized (
     select tenant_id, id from messages where due_at <= now() and sent_at is null and gave_up_at is null and expires_at <= now()
     order by due_at limit 500 for update skip locked)
   update messages m set gave_up_at = now(), last_error = 'expired' || coalesce(': ' || left(m.last_error, 400), '')
   from late where m.tenant_id = late.tenant_id and m.id = late.id returning 1`,
)

// A delivery that outlived its lease may have been claimed again: then only its success counts.
const settle = prepared<never>(
  'mail.settle',
  `update messages set sent_at = case when $4 = 'sent' then now() end, gave_up_at = case when $4 = 'given-up' then now() end,
     due_at = least(now() + make_interval(secs => $5), expires_at), last_error = $6,
     sealed = case when $7::boolean then sealed else ''::bytea end
   where tenant_id = $1 and id = $2 and sent_at is null and (attempts = $3 or $4 = 'sent') returning 1`,
)

export type Settlement = {
  readonly kind: 'sent' | 'given-up' | 'again'
  readonly waitSeconds: number
  readonly error: string | undefined
}

const countDue = prepared<{ count: number }>(
  'mail.count-due',
  'select count(*) as count from messages where sent_at is null and gave_up_at is null and due_at <= now()',
)

const removeOld = `delete from messages m using (
  select tenant_id, id from messages where created_at < now() - interval '7 days'
    and coalesce(sent_at, gave_up_at) < now() - interval '7 days' limit $1) old
  where m.tenant_id = old.tenant_id and m.id = old.id returning 1`

const batch = 2000

/** Removes what was sent or given up a week ago. */
export const removeOldMessages = async (sql: Sql): Promise<void> => {
  while ((await sql.text(removeOld, [batch])).length === batch);
}

/** The outbox as the delivery sees it, over all tenants. */
export const mailStore = (sql: Sql) => ({
  claim: async (count: number): Promise<readonly ClaimedMessage[]> => (await sql.run(claim, [count])).map(fromRow),
  claimOne: async (tenantId: string, id: string): Promise<ClaimedMessage | undefined> =>
    (await sql.run(claimOne, [1, tenantId, id])).map(fromRow)[0],
  /** Gives up what has expired; how many that were. */
  expire: async (): Promise<number> => (await sql.run(expire, [])).length,
  /** `isKept` leaves the sealed words in the row, for another attempt or for the development inbox. */
  settle: async ({ tenantId, id, attempts }: ClaimedMessage, { kind, waitSeconds, error }: Settlement, isKept: boolean): Promise<void> => {
    await sql.run(settle, [tenantId, id, attempts, kind, waitSeconds, error?.slice(0, 500) ?? null, isKept || kind !== 'sent'])
  },
  countDue: async (): Promise<number> => (await sql.run(countDue, []))[0]?.count ?? 0,
})
export type MailStore = ReturnType<typeof mailStore>

/** Writes messages that no other change tells of. */
export const writeMessages = async (tx: Tx, ...messages: readonly MessageRow[]): Promise<void> => {
  await tx.text(insertMessages('$1'), [messagesParameter(...messages)])
}

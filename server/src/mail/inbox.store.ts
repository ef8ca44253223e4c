import { prepared, type Sql } from '../db/database.ts'
import { brandSql } from './brand-sql.ts'

/** A message as the development inbox shows it, still sealed. */
export type InboxRow = {
  readonly tenant_id: string
  readonly id: string
  readonly channel: 'email' | 'sms'
  readonly template: string
  readonly language: string
  readonly recipient: string
  readonly sealed: Buffer
  readonly created_at: Date
  readonly sent_at: Date | null
  readonly gave_up_at: Date | null
  readonly last_error: string | null
  readonly brand: string
  readonly tenant: string
}

const columns = `m.tenant_id, m.id, m.channel, m.template, m.language, m.recipient, m.sealed, m.created_at, m.sent_at, m.gave_up_at, m.last_error,
   ${brandSql} as brand, t.slug as tenant`

const recent = prepared<InboxRow>(
  'mail.inbox',
  `select ${columns} from messages m join tenants t using (tenant_id) order by m.created_at desc, m.id desc limit $1`,
)

const find = prepared<InboxRow>(
  'mail.inbox-one',
  `select ${columns} from messages m join tenants t using (tenant_id) where m.id = $1 limit 1`,
)

/** The messages of all tenants, for the development inbox alone. */
export const inboxStore = (sql: Sql) => ({
  recent: (count: number): Promise<readonly InboxRow[]> => sql.run(recent, [count]),
  find: async (id: string): Promise<InboxRow | undefined> => (await sql.run(find, [id]))[0],
})
export type InboxStore = ReturnType<typeof inboxStore>

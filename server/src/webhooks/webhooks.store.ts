import type { Sql, Tx } from '../db/database.ts'

export type WebhookRow = {
  readonly id: string
  readonly url: string
  readonly description: string
  readonly event_types: string[]
  readonly is_enabled: boolean
  readonly secrets: Buffer
  readonly version: number
  readonly created_at: Date
  readonly updated_at: Date
  readonly failing_since: Date | null
  readonly disabled_reason: string | null
}

const columns = 'id, url, description, event_types, is_enabled, secrets, version, created_at, updated_at, failing_since, disabled_reason'

/** How many webhooks a tenant may have: each is asked about every event. */
export const webhooksMax = 50

export const listWebhooks = (tenantId: string, sql: Sql): Promise<WebhookRow[]> =>
  sql.text<WebhookRow>(`select ${columns} from webhooks where tenant_id = $1 order by created_at, id`, [tenantId])

export const findWebhook = async (tenantId: string, sql: Sql, id: string): Promise<WebhookRow | undefined> =>
  (await sql.text<WebhookRow>(`select ${columns} from webhooks where tenant_id = $1 and id = $2`, [tenantId, id]))[0]

export const lockWebhook = async (tenantId: string, tx: Tx, id: string): Promise<WebhookRow | undefined> =>
  (await tx.text<WebhookRow>(`select ${columns} from webhooks where tenant_id = $1 and id = $2 for update`, [tenantId, id]))[0]

export type WebhookInput = Pick<WebhookRow, 'id' | 'url' | 'description' | 'is_enabled'> & {
  readonly event_types: readonly string[]
  readonly secrets: Uint8Array
}

/** Undefined where the tenant has as many as may be. */
export const insertWebhook = async (tenantId: string, tx: Tx, input: WebhookInput): Promise<WebhookRow | undefined> =>
  (
    await tx.text<WebhookRow>(
      `insert into webhooks (tenant_id, id, url, description, event_types, is_enabled, secrets)
       select $1, $2, $3, $4, $5, $6, $7 where (select count(*) from webhooks where tenant_id = $1) < ${webhooksMax} returning ${columns}`,
      [tenantId, input.id, input.url, input.description, input.event_types, input.is_enabled, input.secrets],
    )
  )[0]

/** Opening one again forgets why it was shut. */
export const updateWebhook = async (tenantId: string, tx: Tx, input: WebhookInput): Promise<WebhookRow | undefined> =>
  (
    await tx.text<WebhookRow>(
      `update webhooks set url = $3, description = $4, event_types = $5, is_enabled = $6, secrets = $7, version = version + 1, updated_at = now(),
         failing_since = case when $6 and not is_enabled then null else failing_since end,
         disabled_reason = case when $6 then null else disabled_reason end
       where tenant_id = $1 and id = $2 returning ${columns}`,
      [tenantId, input.id, input.url, input.description, input.event_types, input.is_enabled, input.secrets],
    )
  )[0]

export const deleteWebhook = async (tenantId: string, tx: Tx, id: string): Promise<boolean> =>
  (await tx.text('delete from webhooks where tenant_id = $1 and id = $2 returning id', [tenantId, id])).length > 0

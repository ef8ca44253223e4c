import assert from 'node:assert/strict'
import { messageContext, type TemplateName, type Templates } from '../../src/mail/mail.ts'
import { unseal } from '../../src/platform/seal.ts'
import type { TestProvider } from './provider.ts'

type Row = { id: string; tenant_id: string; template: TemplateName; recipient: string; sealed: Buffer; channel: string }

/** The messages that were written so far, oldest first, with what they say. */
export const messagesOf = async ({ sql, config }: Pick<TestProvider, 'sql' | 'config'>, recipient?: string) =>
  (
    await sql.text<Row>(
      `select id, tenant_id, template, recipient, sealed, channel from messages where $1::text is null or recipient = $1 order by created_at, id`,
      [recipient ?? null],
    )
  ).map(({ id, tenant_id: tenantId, sealed, ...row }) => {
    const plain = unseal(config.key('messages'), sealed, messageContext(tenantId, id))
    assert.ok(plain, 'a message is sealed under its key')
    return { ...row, words: JSON.parse(plain.toString('utf8')) as Record<string, string> }
  })

/** What the latest message of this template to the address says. */
export const latestMessage = async <T extends TemplateName>(
  own: Pick<TestProvider, 'sql' | 'config'>,
  { template, to }: { template: T; to: string },
): Promise<Templates[T]> => {
  const found = (await messagesOf(own, to)).findLast((one) => one.template === template)
  assert.ok(found, `no ${template} went to ${to}`)
  return found.words as unknown as Templates[T]
}

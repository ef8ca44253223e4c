import { Command } from 'commander'
import type { MessageState } from '../mail/mail-admin.job.ts'
import { onMail } from './mail-base.ts'
import { wholeNumber } from './options.ts'
import { answer, table, withExamples, withJson } from './output.ts'

const stateOf = ({ sent_at: sentAt, gave_up_at: gaveUpAt, attempts }: MessageState): string => {
  if (sentAt !== null) return 'sent'
  if (gaveUpAt !== null) return 'gave up'
  return attempts === 0 ? 'waiting' : 'trying'
}

const cells = (one: MessageState): string[] => [
  one.id,
  one.created_at.toISOString().slice(0, 19),
  stateOf(one),
  String(one.attempts),
  one.template,
  one.recipient,
  one.last_error ?? '',
]

type Options = { readonly failed?: boolean; readonly limit: number; readonly json?: boolean }

const run = ({ failed = false, limit, json = false }: Options): Promise<void> =>
  onMail(async (admin) => {
    const messages = await admin.list({ limit, isFailed: failed })
    const value = { messages: messages.map((one) => ({ ...one, state: stateOf(one) })) }
    answer(json, value, () =>
      messages.length === 0
        ? ['No messages.']
        : table([['id', 'created', 'state', 'attempts', 'template', 'to', 'last error'], ...messages.map(cells)]),
    )
  })

export const mailList = (): Command =>
  withExamples(
    withJson(new Command('list').description('messages of the last week, the newest first; what they say is not shown'))
      .option('--failed', 'only those that were given up, or failed and are tried again')
      .option('--limit <number>', 'how many, at most 1000', wholeNumber(1, 1000), 50)
      .action(run),
    'mail list --failed',
  )

import { Command, InvalidArgumentError } from 'commander'
import type { MailAdmin } from '../mail/mail-admin.job.ts'
import { isUuid } from '../platform/ids.ts'
import { CliError } from './errors.ts'
import { onMail } from './mail-base.ts'
import { answer, withExamples, withJson } from './output.ts'

const messageId = (text: string): string => {
  if (isUuid(text)) return text
  throw new InvalidArgumentError('Give the id that cip mail list shows.')
}

type Refusal = Exclude<Awaited<ReturnType<MailAdmin['retry']>>, 'queued'>

const refusals: Readonly<Record<Refusal, string>> = {
  unknown: 'There is no such message. See: cip mail list',
  sent: 'The message was sent already, and what it said is no longer kept.',
  waiting: 'The message waits for its next attempt already.',
  expired: 'The message has expired: its code or link is worth nothing any more. Have a new one sent.',
}

const run = (id: string, { json = false }: { json?: boolean }): Promise<void> =>
  onMail(async (admin) => {
    const result = await admin.retry(id)
    if (result !== 'queued') throw new CliError(refusals[result])
    answer(json, { id, queued: true }, () => `The message ${id} is queued again. A running server sends it within seconds.`)
  })

export const mailRetry = (): Command =>
  withExamples(
    withJson(
      new Command('retry')
        .description('queue a message again that was given up')
        .argument('<id>', 'the id that cip mail list shows', messageId),
    ).action(run),
    'mail retry 01890a5d-ac96-774b-bcce-b302099a8057',
  )

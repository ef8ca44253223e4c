import { Command } from 'commander'
import type { MessageState } from '../mail/mail-admin.job.ts'
import { checkEmail } from '../users/users.ts'
import { CliError } from './errors.ts'
import { languageOption, onMail } from './mail-base.ts'
import { answer, plain, withExamples, withJson } from './output.ts'

const channelOf = (address: string): 'email' | 'sms' => {
  if (/^\+[1-9]\d{6,14}$/.test(address)) return 'sms'
  if (checkEmail(address).kind === 'ok') return 'email'
  throw new CliError('Give an e-mail address, or a telephone number such as +41791234567.', 2)
}

const failureOf = (state: MessageState | undefined): string | undefined => {
  if (state === undefined) return 'The message has gone from the queue. See: cip mail list'
  if (state.sent_at !== null) return undefined
  const reason = plain(state.last_error ?? 'nothing has come back yet')
  return state.gave_up_at === null
    ? `The message did not go out: ${reason}. A running server goes on trying for five minutes. Check SMTP_URL and CIP_MAIL_FROM.`
    : `The message was refused: ${reason}. Check the address, SMTP_URL and CIP_MAIL_FROM.`
}

const run = (to: string, { language, json = false }: { language: string; json?: boolean }): Promise<void> => {
  const channel = channelOf(to)
  return onMail(async (admin) => {
    const state = await admin.test({ to, language, channel })
    const failure = failureOf(state)
    if (failure !== undefined) throw new CliError(failure)
    answer(json, { id: state?.id, sent_at: state?.sent_at }, () => `The message ${state?.id} went out to ${plain(to)}.`)
  })
}

export const mailTest = (): Command =>
  withExamples(
    withJson(
      new Command('test')
        .description('send a test message, and tell what the mail server said')
        .argument('<address>', 'an e-mail address, or a telephone number for an SMS'),
    )
      .addOption(languageOption())
      .action(run),
    'mail test me@example.com',
    'mail test +41791234567 --language de',
  )

import type { Config } from '../../config/config.ts'
import type { Sql } from '../../db/database.ts'
import { probeSmtp } from '../../mail/mail-admin.job.ts'
import { type Finding, ok, warn } from './check.ts'

type MailConfig = Pick<Config, 'smtpUrl' | 'isProduction'>

/** Whether mails can leave. The server is greeted and signed in to; no mail is sent. */
export const checkMail = async ({ smtpUrl, isProduction }: MailConfig): Promise<Finding> => {
  if (smtpUrl === undefined && isProduction)
    return warn('mail', 'SMTP_URL is not set, so no mail leaves: nobody can confirm an address or reset a password', 'Set SMTP_URL.')
  if (smtpUrl === undefined) return ok('mail', 'SMTP_URL is not set; mails are kept in the development inbox at /dev/inbox')
  const { hostname } = new URL(smtpUrl)
  const problem = await probeSmtp(smtpUrl)
  if (problem === undefined) return ok('mail', `${hostname} answers and takes the credentials`)
  // The server starts all the same and sends later, so this must not hold up a start.
  return warn(
    'mail',
    `${hostname}: ${problem}`,
    'Correct SMTP_URL, or start the mail server. Mails wait for it; codes and links expire meanwhile.',
  )
}

/** Messages of the last week that were given up, over all tenants. */
export const checkMessages = async (sql: Sql): Promise<Finding> => {
  const [row] = await sql.text<{ count: number }>(
    `select count(*)::int as count from messages where created_at > now() - interval '7 days' and gave_up_at is not null and sent_at is null`,
    [],
  )
  const count = row?.count ?? 0
  if (count === 0) return ok('messages', 'none was given up in the last week')
  return warn(
    'messages',
    `${count} of the last week were given up`,
    'See why with: cip mail list --failed (with --tenant for those of another tenant)',
  )
}

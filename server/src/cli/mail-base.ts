import { Option } from 'commander'
import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { mailLanguages, type TemplateName, type TemplateOverrides, templateNames, templateSetting } from '../mail/mail.ts'
import { createMailAdmin, type MailAdmin } from '../mail/mail-admin.job.ts'
import { createGuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import { readSetting } from '../settings/settings.job.ts'
import { checkEmail } from '../users/users.ts'
import { type CommandContext, onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

export const readOverrides = async ({ db, tenantId }: Base): Promise<TemplateOverrides> =>
  (await readSetting<TemplateOverrides>(tenantId, db, templateSetting)) ?? {}

const adminOf = (base: Base, { config, log }: CommandContext): MailAdmin =>
  createMailAdmin({
    ...{ config, db: base.db, tenantId: base.tenantId, log, record },
    fetch: createGuardedFetch({ allow: config.outboundAllow }),
    findOverrides: () => readOverrides(base),
    isEmail: (text) => checkEmail(text).kind === 'ok',
  })

/** Runs `work` with the messages of the database that the settings name. */
export const onMail = <T>(work: (admin: MailAdmin, base: Base) => Promise<T>): Promise<T> =>
  onDatabase((base, context) => work(adminOf(base, context), base))

/** The template that the text names, or an error that lists what there is. */
export const templateOf = (text: string): TemplateName => {
  const found = templateNames.find((name) => name === text)
  if (found === undefined) throw new CliError(`There is no template "${plain(text)}". There are: ${templateNames.join(', ')}`)
  return found
}

export const languageOption = (): Option =>
  new Option('--language <tag>', 'the language of the text').choices(mailLanguages.map(({ tag }) => tag)).default('en')

import type { Within } from './compose-config-single.ts'
import { record } from './events/events.store.ts'
import type { AnyRoute } from './http/route.ts'
import { letterPreviewRoutes } from './mail/letter-preview.routes.ts'
import { messageKeyPurpose, type TemplateOverrides, templateSetting } from './mail/mail.ts'
import { createMailQueue } from './mail/mail-admin.job.ts'
import { messagesAdminRoutes } from './mail/messages.admin.routes.ts'
import { letterKeyPurpose, openLetter, sealLetter } from './mail/sealed-letter.ts'
import { templatesAdminRoutes } from './mail/templates.admin.routes.ts'
import { systemClock } from './platform/clock.ts'
import { changeSetting, readSetting } from './settings/settings.job.ts'
import type { SettingCache } from './settings/settings.ts'
import type { Base } from './tenants/base.job.ts'
import { checkEmail } from './users/users.ts'

type Parts = Pick<Base, 'config' | 'db' | 'tenantId'> & { readonly settings: SettingCache }
type Edge = { readonly cursorKey: Uint8Array; readonly limit: number }

const queueDepsOf = ({ config, db, tenantId }: Omit<Parts, 'settings'>) => ({
  ...{ db, tenantId, record, sealingKey: config.key(messageKeyPurpose) },
})

/** The routes of the texts of messages, within a transaction or without. */
export const templateRoutes = (
  { config, db: whole, tenantId, settings }: Parts,
  { db, approval }: Within,
  limit: number,
): readonly AnyRoute[] =>
  templatesAdminRoutes({
    ...{ limit, publicUrl: config.publicUrl, brand: createMailQueue(queueDepsOf({ config, db: whole, tenantId })).brand },
    seal: (html) => sealLetter(config.key(letterKeyPurpose), { tenantId, html, now: systemClock() }),
    overrides: async () => (await readSetting<TemplateOverrides>(tenantId, db, templateSetting)) ?? {},
    change: async (acting, change) => {
      const operator = { via: 'admin' as const, ...acting, approval }
      await changeSetting<TemplateOverrides>({ db, tenantId, record, operator }, { key: templateSetting, change })
      settings.clear()
    },
  })

/** The routes of messages. */
export const mailRoutes = (parts: Parts, edge: Edge): readonly AnyRoute[] => {
  const deps = queueDepsOf(parts)
  const queue = createMailQueue(deps)
  return [
    ...messagesAdminRoutes({
      ...{ ...edge, queue },
      queueBy: ({ make }) => createMailQueue({ ...deps, make }),
      isEmail: (text) => checkEmail(text).kind === 'ok',
    }),
  ]
}

/** The page that shows a mail to whoever edits its text. */
export const letterRoutes = ({ config, tenantId }: Pick<Parts, 'config' | 'tenantId'>): readonly AnyRoute[] =>
  letterPreviewRoutes({
    limit: config.limitRequests,
    open: (text) => openLetter(config.key(letterKeyPurpose), { tenantId, text, now: systemClock() }),
  })

import { record } from './events/events.store.ts'
import { conflict } from './http/errors.ts'
import type { AnyRoute } from './http/route.ts'
import { messageKeyPurpose, type TemplateOverrides, templateSetting } from './mail/mail.ts'
import { createMailQueue } from './mail/mail-admin.job.ts'
import { messagesAdminRoutes } from './mail/messages.admin.routes.ts'
import { templatesAdminRoutes } from './mail/templates.admin.routes.ts'
import { ApprovalNeeded, changeSetting, readSetting } from './settings/settings.job.ts'
import type { SettingCache } from './settings/settings.ts'
import type { Base } from './tenants/base.job.ts'
import { checkEmail } from './users/users.ts'

type Parts = Pick<Base, 'config' | 'db' | 'tenantId'> & { readonly settings: SettingCache }
type Edge = { readonly cursorKey: Uint8Array; readonly limit: number }

const waitingRefused = (error: unknown): never => {
  if (!(error instanceof ApprovalNeeded)) throw error
  const detail =
    'The tenant asks for a second person. Put the text into mail_templates of a document at /admin/v1/config/apply: there it waits for one.'
  throw conflict('approval-needed', detail)
}

/** The routes of messages and of their texts. */
export const mailRoutes = ({ config, db, tenantId, settings }: Parts, edge: Edge): readonly AnyRoute[] => {
  const deps = { db, tenantId, record, sealingKey: config.key(messageKeyPurpose) }
  const queue = createMailQueue(deps)
  return [
    ...templatesAdminRoutes({
      ...{ limit: edge.limit, publicUrl: config.publicUrl, brand: queue.brand },
      overrides: async () => (await readSetting<TemplateOverrides>(tenantId, db, templateSetting)) ?? {},
      change: async (acting, change) => {
        await changeSetting<TemplateOverrides>(
          { db, tenantId, record, operator: { via: 'admin', ...acting } },
          { key: templateSetting, change },
        ).catch(waitingRefused)
        settings.clear()
      },
    }),
    ...messagesAdminRoutes({
      ...{ ...edge, queue },
      queueBy: ({ make }) => createMailQueue({ ...deps, make }),
      isEmail: (text) => checkEmail(text).kind === 'ok',
    }),
  ]
}

import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { readSetting } from '../settings/settings.job.ts'
import { attributeSchemaKey, createProfileAdmin, type ProfileAdmin } from '../users/profile.job.ts'

export { attributeSchemaKey } from '../users/profile.job.ts'

export const profileAdminOf = ({ db, tenantId }: Base): ProfileAdmin =>
  createProfileAdmin({ db, tenantId, readSchema: (sql) => readSetting(tenantId, sql, attributeSchemaKey), record })

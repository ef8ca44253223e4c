import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { readSetting } from '../settings/settings.job.ts'
import { createProfileAdmin, type ProfileAdmin } from '../users/profile.job.ts'

/** The tenant's setting that holds its JSON Schema of attributes. */
export const attributeSchemaKey = 'attribute-schema'

export const profileAdminOf = ({ db, tenantId }: Base): ProfileAdmin =>
  createProfileAdmin({ db, tenantId, readSchema: (sql) => readSetting(tenantId, sql, attributeSchemaKey), record })

import { accessUpkeep } from './access/upkeep.job.ts'
import { changesUpkeep } from './admin/changes.job.ts'
import { keyChangesOf, rotationOf } from './compose-keys.ts'
import { accountDeletion, auditOrigin } from './compose-tenant.ts'
import { chainUpkeep, extendChain } from './events/chain/chain.job.ts'
import { checkpointKey } from './events/chain/checkpoint.ts'
import { erasureUpkeep } from './events/erasure.job.ts'
import { eventUpkeep, type RetentionDeps, record } from './events/events.job.ts'
import { type KeptFor, longestSeconds } from './events/retention.ts'
import { type EventsSetting, eventsKey } from './events/retention-setting.ts'
import { keptAnswerUpkeep, windowUpkeep } from './http/limits.job.ts'
import type { Upkeep } from './jobs/jobs.ts'
import { keyUpkeep } from './keys/keys.job.ts'
import { impersonationUpkeep } from './login/login.ts'
import { signInUpkeep } from './login/upkeep.job.ts'
import { mailUpkeep } from './mail/mail.job.ts'
import { messageKeyPurpose, messengerOf } from './mail/mail.ts'
import { providerUpkeep } from './oauth/provider.job.ts'
import { domainUpkeep } from './organizations/domains.job.ts'
import { txtLookUp } from './platform/txt-records.ts'
import { sessionUpkeep } from './sessions/sessions.job.ts'
import { listSettings } from './settings/settings.store.ts'
import type { Base } from './tenants/base.job.ts'
import { tenantPurge } from './tenants/purge.job.ts'
import { findTenantSlug } from './tenants/tenants.store.ts'
import { importsUpkeep } from './users/imports.job.ts'
import { webhookUpkeep } from './webhooks/deliver.job.ts'

/** How long events are kept: by the installation, and by tenants that decided for themselves. */
const keptFor =
  ({ config }: Pick<Base, 'config'>): RetentionDeps['keptFor'] =>
  async (sql): Promise<KeptFor> => {
    const decided = await listSettings<EventsSetting>(sql, eventsKey)
    const days = [...decided].flatMap(([tenantId, { retentionDays }]) =>
      retentionDays === null ? [] : [[tenantId, retentionDays] as const],
    )
    return { usualSeconds: config.eventRetention, daysOf: new Map(days) }
  }

/** The regular work of the installation. */
export const upkeepTasks = (base: Base): readonly Upkeep[] => {
  const { config, db, tenantId, asOwner } = base
  const keysOf = (id: string) => ({ changes: keyChangesOf({ ...base, tenantId: id }), options: rotationOf({ ...base, tenantId: id }) })
  const auditKey = checkpointKey(config.key('audit-checkpoints'))
  const extend = async (id: string): Promise<number> =>
    extendChain({ db, key: auditKey, origin: auditOrigin(config, (await findTenantSlug(db, id)) ?? 'default') }, id)
  return [
    ...[
      eventUpkeep(asOwner, { keptFor: keptFor(base), extend }),
      erasureUpkeep(async (sql) => longestSeconds(await keptFor(base)(sql))),
      windowUpkeep,
      keptAnswerUpkeep,
      accessUpkeep,
      sessionUpkeep,
      providerUpkeep,
      signInUpkeep,
    ],
    ...[
      ...keyUpkeep(keysOf, config.keyRotation),
      mailUpkeep,
      accountDeletion(db),
      importsUpkeep(),
      changesUpkeep,
      impersonationUpkeep(),
      ...webhookUpkeep,
      domainUpkeep({ db, record, lookUpTxt: txtLookUp(config.dnsServers), messenger: messengerOf(config.key(messageKeyPurpose)) }),
    ],
    tenantPurge({ asOwner, rootId: tenantId, record }),
    chainUpkeep(db, auditKey, (slug) => auditOrigin(config, slug)),
  ]
}

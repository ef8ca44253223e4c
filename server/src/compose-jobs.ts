import { accessUpkeep } from './access/upkeep.job.ts'
import { changesUpkeep } from './admin/changes.job.ts'
import { keyChangesOf, rotationOf } from './compose-keys.ts'
import { accountDeletion, auditOrigin } from './compose-tenant.ts'
import { chainUpkeep } from './events/chain/chain.job.ts'
import { checkpointKey } from './events/chain/checkpoint.ts'
import { eventUpkeep, record } from './events/events.job.ts'
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
import type { Base } from './tenants/base.job.ts'
import { tenantPurge } from './tenants/purge.job.ts'
import { importsUpkeep } from './users/imports.job.ts'
import { webhookUpkeep } from './webhooks/deliver.job.ts'

/** The regular work of the installation. */
export const upkeepTasks = (base: Base): readonly Upkeep[] => {
  const { config, db, tenantId, asOwner } = base
  const keysOf = (id: string) => ({ changes: keyChangesOf({ ...base, tenantId: id }), options: rotationOf({ ...base, tenantId: id }) })
  return [
    ...[
      eventUpkeep(asOwner, config.eventRetention),
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
    chainUpkeep(db, checkpointKey(config.key('audit-checkpoints')), (slug) => auditOrigin(config, slug)),
  ]
}

import type { Tx } from './db/database.ts'
import { record } from './events/events.store.ts'
import type { EventMaker } from './events/events.ts'
import { keyChanges } from './keys/keys.job.ts'
import type { KeyChanges } from './keys/keys.ts'
import { systemClock } from './platform/clock.ts'
import type { Base } from './tenants/base.job.ts'

type At = Pick<Base, 'config' | 'db' | 'tenantId'>

/** Key changes of the tenant with their events, for the start, the upkeep, the command line and the admin API. */
export const keyChangesOf = ({ config, db, tenantId }: At, make?: EventMaker['make']): KeyChanges<Tx> =>
  keyChanges({ db, tenantId, keepSeconds: Math.max(config.accessTokenTtl, 86_400) + 60, make, record })

export const rotationOf = ({ config, tenantId }: Omit<At, 'db'>) => ({
  tenantId,
  sealingKey: config.key('signing-keys'),
  now: systemClock,
})

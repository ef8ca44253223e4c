import { overviewAdminRoutes } from './admin/overview.admin.routes.ts'
import {
  auditState,
  countFailedMessages,
  countLiveSessions,
  countMax,
  endingSecrets,
  latestEvents,
  webhookHealth,
} from './admin/overview.store.ts'
import { signInTypes } from './admin/sign-in-figures.ts'
import type { HashPool } from './credentials/password/password.ts'
import { readHours, uncountedEvents } from './events/event-hours.store.ts'
import { countByHour } from './events/event-hours.ts'
import type { AnyRoute } from './http/route.ts'
import { nextRotationAt } from './keys/key-state.ts'
import { listKeys } from './keys/keys.store.ts'
import { mailDepth } from './mail/mail-admin.store.ts'
import { systemClock } from './platform/clock.ts'
import type { Base } from './tenants/base.job.ts'

export type OverviewParts = Pick<Base, 'config' | 'db' | 'tenantId'> & {
  readonly hashes: Pick<HashPool, 'stats'>
  readonly isRoot: boolean
}

const latestCount = 8
const uncountedMax = 2000
const endingDays = 30

/** The first page of the console. */
export const overviewRoutes = ({ config, db, tenantId, hashes, isRoot }: OverviewParts, limit: number): readonly AnyRoute[] =>
  overviewAdminRoutes({
    ...{ limit, countMax, now: systemClock },
    hours: (span) => readHours(tenantId, db, { ...span, types: signInTypes }),
    uncounted: async (from) => countByHour(await uncountedEvents(tenantId, db, { types: signInTypes, from, limit: uncountedMax })),
    sessions: () => countLiveSessions(tenantId, db),
    latest: () => latestEvents(tenantId, db, latestCount),
    audit: () => auditState(tenantId, db),
    failedMessages: () => countFailedMessages(tenantId, db),
    webhooks: () => webhookHealth(tenantId, db),
    secrets: () => endingSecrets(tenantId, db, endingDays),
    nextRotation: async () => nextRotationAt(await listKeys(tenantId, db), config.keyRotation),
    hashQueue: isRoot ? hashes.stats : undefined,
    mailDepth: isRoot ? () => mailDepth(db) : undefined,
  })

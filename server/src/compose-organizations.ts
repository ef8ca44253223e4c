import { drawQrCode } from './credentials/totp/totp.ts'
import { record } from './events/events.store.ts'
import { sentenceOf } from './events/events.ts'
import { eventSecrets } from './events/sealing.ts'
import { searchEvents } from './events/search.store.ts'
import type { AnyRoute } from './http/route.ts'
import { methods as knownMethods, type SignInPolicy, signInPolicyKey, signInPolicyOf } from './login/login.ts'
import { messageKeyPurpose, messengerOf } from './mail/mail.ts'
import { namesOfMembers } from './organizations/members.store.ts'
import { organizationRoutes } from './organizations/organizations.routes.ts'
import { createPolicyCheck } from './organizations/organizations.ts'
import { systemClock } from './platform/clock.ts'
import { txtLookUp } from './platform/txt-records.ts'
import { checkLogo } from './settings/branding.job.ts'
import type { SettingCache } from './settings/settings.ts'
import type { Base } from './tenants/base.job.ts'
import { findUser } from './users/user-search.store.ts'

type Parts = Pick<Base, 'config' | 'db' | 'tenantId'> & { readonly issuer: string; readonly settings: Pick<SettingCache, 'get'> }

/** The methods that the tenant offers now. */
const offeredOf =
  ({ tenantId, settings }: Parts) =>
  async () => {
    const policy = signInPolicyOf(await settings.get<Partial<SignInPolicy>>(tenantId, signInPolicyKey))
    return knownMethods.filter(({ name }) => policy.methods[name])
  }

/** The routes of organizations with what they need of other slices. */
export const organizationRoutesOf = (parts: Parts): readonly AnyRoute[] => {
  const { config, db, tenantId, issuer } = parts
  const source = { sql: db, secrets: eventSecrets(config.key) }
  return organizationRoutes(
    {
      ...{ db, tenantId, issuer, record, messenger: messengerOf(config.key(messageKeyPurpose)), lookUpTxt: txtLookUp(config.dnsServers) },
      ...{ offeredMethods: offeredOf(parts), checkPolicy: createPolicyCheck(knownMethods), now: systemClock },
    },
    {
      ...{ cursorKey: config.key('admin-cursors'), limit: config.limitRequests, drawQrCode, checkLogo, sentenceOf },
      basePath: new URL(issuer).pathname.replace(/\/$/, ''),
      search: ({ organizationId, after, limit }) => searchEvents(tenantId, source, { organizationId, after, limit, order: 'newest' }),
      userExists: async (userId) => (await findUser(tenantId, db, userId)) !== undefined,
      namesOf: (input) => namesOfMembers(tenantId, db, input),
    },
  )
}

export { openJoining } from './organizations/domains.job.ts'

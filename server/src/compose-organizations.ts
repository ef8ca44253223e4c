import { drawQrCode } from './credentials/totp/totp.ts'
import { record } from './events/events.store.ts'
import type { AnyRoute } from './http/route.ts'
import { messageKeyPurpose, messengerOf } from './mail/mail.ts'
import { organizationRoutes } from './organizations/organizations.routes.ts'
import { txtLookUp } from './platform/txt-records.ts'
import type { Base } from './tenants/base.job.ts'

/** The routes of organizations with what they need of other slices. */
export const organizationRoutesOf = ({
  config,
  db,
  tenantId,
  issuer,
}: Pick<Base, 'config' | 'db' | 'tenantId'> & { readonly issuer: string }): readonly AnyRoute[] =>
  organizationRoutes(
    { db, tenantId, issuer, record, messenger: messengerOf(config.key(messageKeyPurpose)), lookUpTxt: txtLookUp(config.dnsServers) },
    { cursorKey: config.key('admin-cursors'), limit: config.limitRequests, drawQrCode },
  )

export { openJoining } from './organizations/domains.job.ts'

import type { AnyRoute } from '../../http/route.ts'
import type { Doors, Impersonations } from '../../login/login.ts'
import type { Assets } from '../../pages/frame.ts'
import type { Failpoint } from '../../platform/failpoint.ts'
import type { Provider } from '../provider.ts'
import { authorizeRoutes } from './authorize.routes.ts'
import { brandingRoutes } from './branding.routes.ts'
import { codeRoutes } from './code.routes.ts'
import { consentRoutes } from './consent.routes.ts'
import { deviceRoutes } from './device.routes.ts'
import { deviceAuthorizationRoutes } from './device-authorization.routes.ts'
import { discoveryRoutes } from './discovery.routes.ts'
import { enrolRoutes } from './enrol.routes.ts'
import { firstRunRoutes } from './first-run.routes.ts'
import { firstRunPasskeyRoutes } from './first-run-passkey.routes.ts'
import { impersonationRoutes } from './impersonation.routes.ts'
import { introspectRoutes } from './introspect.routes.ts'
import { invitationRoutes } from './invitation.routes.ts'
import { linkRoutes } from './link.routes.ts'
import { type EndSession, logoutRoutes } from './logout.routes.ts'
import { parRoutes } from './par.routes.ts'
import { passkeyOfferRoutes } from './passkey-offer.routes.ts'
import { previewRoutes } from './preview.routes.ts'
import { type RegisterDeps, registerRoutes } from './register.routes.ts'
import { resetRoutes } from './reset.routes.ts'
import { revokeRoutes } from './revoke.routes.ts'
import { secondFactorRoutes } from './second-factor.routes.ts'
import { selectAccountRoutes } from './select-account.routes.ts'
import { signInRoutes } from './sign-in.routes.ts'
import { signUpRoutes } from './sign-up.routes.ts'
import { tokenRoutes } from './token.routes.ts'
import { userinfoRoutes } from './userinfo.routes.ts'

export type OAuthRouteDeps = {
  readonly provider: Provider
  readonly assets: Assets
  readonly doors: Doors
  readonly impersonations: Impersonations
  readonly endSession: EndSession
  /** Tells this process and its siblings at once. */
  readonly announceEnd: (sessionId: string) => void
  readonly failpoint: Failpoint
  readonly register: Pick<RegisterDeps, 'registration' | 'forgetClients' | 'limits'>
}

/** Every endpoint of the provider and the pages of its flows. */
export const oauthRoutes = ({
  provider,
  assets,
  doors,
  impersonations,
  endSession,
  announceEnd,
  failpoint,
  register,
}: OAuthRouteDeps): readonly AnyRoute[] => [
  ...discoveryRoutes(provider.issuer),
  ...authorizeRoutes(provider, assets),
  ...parRoutes(provider),
  ...tokenRoutes(provider, failpoint),
  ...introspectRoutes(provider),
  ...revokeRoutes(provider),
  ...userinfoRoutes(provider),
  ...registerRoutes({ ...register, issuer: provider.issuer }),
  ...deviceAuthorizationRoutes(provider),
  ...logoutRoutes(provider, assets, { endSession, announceEnd }),
  ...signInRoutes(provider, assets, doors),
  ...codeRoutes(provider, assets, doors),
  ...secondFactorRoutes(provider, assets, doors),
  ...enrolRoutes(provider, assets, doors),
  ...passkeyOfferRoutes(provider, assets, doors),
  ...firstRunRoutes(provider, assets, doors),
  ...firstRunPasskeyRoutes(provider, assets, doors),
  ...resetRoutes(provider, assets, { doors, announceEnd }),
  ...linkRoutes(provider, assets, { doors, announceEnd }),
  ...signUpRoutes(provider, assets, doors),
  ...invitationRoutes(provider, assets, doors),
  ...impersonationRoutes(provider, assets, impersonations),
  ...selectAccountRoutes(provider, assets),
  ...consentRoutes(provider, assets),
  ...deviceRoutes(provider, assets),
  ...brandingRoutes(provider),
  ...previewRoutes(provider, assets),
]

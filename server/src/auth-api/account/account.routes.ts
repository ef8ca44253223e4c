import type { AnyRoute } from '../../http/route.ts'
import type { AccountDeps } from './account.ts'
import { activityRoutes } from './activity.routes.ts'
import { applicationRoutes } from './applications.routes.ts'
import { avatarRoutes } from './avatar.routes.ts'
import { deletionRoutes } from './deletion.routes.ts'
import { emailRoutes } from './email.routes.ts'
import { factorRoutes } from './factors.routes.ts'
import { identityRoute } from './identities.routes.ts'
import { meRoute } from './me.routes.ts'
import { passkeyRoutes } from './passkeys.routes.ts'
import { passwordRoute } from './password.routes.ts'
import { phoneRoutes } from './phone.routes.ts'
import { profileRoutes } from './profile.routes.ts'
import { sessionRoutes } from './sessions.routes.ts'
import { wellKnownRoutes } from './well-known.routes.ts'

/** What a person sees and changes of the own account. */
export const accountRoutes = (deps: AccountDeps): readonly AnyRoute[] => [
  meRoute(deps),
  ...profileRoutes(deps),
  ...avatarRoutes(deps),
  ...emailRoutes(deps),
  ...phoneRoutes(deps),
  passwordRoute(deps),
  ...factorRoutes(deps),
  ...passkeyRoutes(deps),
  ...sessionRoutes(deps),
  ...applicationRoutes(deps),
  identityRoute(deps),
  ...activityRoutes(deps),
  ...deletionRoutes(deps),
  ...wellKnownRoutes(deps),
]

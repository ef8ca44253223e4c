import { type AnyRoute, route, signedIn } from '../../http/route.ts'
import type { AccountDeps } from './account.ts'
import { perActor, shared } from './replies.routes.ts'
import { Identities } from './schemas.ts'

/** Accounts at other services that sign in to this one. No way to sign in by another service exists yet, so nobody has any. */
export const identityRoute = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/account/v1/identities',
    summary: 'Accounts at other services that the person signs in with',
    description: 'Empty for everybody as long as this server offers no sign-in by another service.',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Identities },
    handle: () => ({ status: 200, body: { identities: [] } }),
  })

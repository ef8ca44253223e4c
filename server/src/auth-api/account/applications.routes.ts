import { empty } from '../../http/content.ts'
import { type AnyRoute, route, signedIn } from '../../http/route.ts'
import { chooseLanguage } from '../../pages/choose-language.ts'
import { scopesInWords } from '../../pages/scope-words.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { notFound, perActor, shared } from './replies.routes.ts'
import { Applications } from './schemas.ts'

const path = '/account/v1/applications'

const list = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Applications that the person has let in',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Applications },
    handle: async ({ tenantId, actor, headers }) => {
      const lang = chooseLanguage({ acceptLanguage: headers['accept-language'] })
      const applications = (await deps.applications.list(tenantId, actor.userId)).map(({ scopes, granted_at, last_used_at, ...rest }) => ({
        ...rest,
        scopes: [...scopesInWords(scopes, lang)],
        granted_at: granted_at.toISOString(),
        last_used_at: last_used_at?.toISOString() ?? null,
      }))
      return { status: 200, body: { applications } }
    },
  })

const remove = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:clientId`,
    summary: 'Take back what an application was given: consent and tokens end',
    auth: signedIn,
    limit: perActor(deps),
    audit: { event: 'consent.revoked' },
    responses: { 204: empty, 404: Detail },
    handle: async ({ tenantId, actor, params, events }) => {
      const { userId } = actor
      const clientId = (params['clientId'] ?? '').slice(0, 512)
      const event = events.make({ type: 'consent.revoked', userId, clientId, payload: { via: 'account' } })
      if (clientId.includes('\u0000') || !(await deps.applications.remove(tenantId, { userId, clientId, event }))) throw notFound()
      return { status: 204, body: undefined }
    },
  })

export const applicationRoutes = (deps: AccountDeps): readonly AnyRoute[] => [list(deps), remove(deps)]

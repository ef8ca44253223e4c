import { Type } from 'typebox'
import { invalid } from '../../http/errors.ts'
import { type AnyRoute, route, signedIn } from '../../http/route.ts'
import type { AccountDeps } from './account.ts'
import { me, ownedAttributes } from './me.routes.ts'
import { badValue, gone, perActor, shared } from './replies.routes.ts'
import { Language, Me } from './schemas.ts'

const Profile = Type.Object(
  { attributes: Type.Record(Type.String(), Type.Unknown(), { description: 'Each replaces the present value; null takes it away.' }) },
  { additionalProperties: false },
)

const owned = 'is not set here: the account answers it, or it is proved'

const profile = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: '/account/v1/profile',
    summary: 'Change attributes of the profile',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'user.updated is written in the transaction of the change, where there is one' },
    request: { body: Profile },
    responses: { 200: Me },
    handle: async ({ actor, body, events }) => {
      const { userId } = actor
      const forbidden = Object.keys(body.attributes).filter((name) => ownedAttributes.has(name))
      if (forbidden.length > 0) throw invalid(forbidden.map((name) => badValue(['attributes', name], 'not_settable', owned)))
      const outcome = await deps.changeProfile(userId, {
        ...{ set: body.attributes, address: {}, unset: [], isEmailVerified: undefined },
        eventOf: (attributes) => events.make({ type: 'user.updated', userId, payload: { attributes, via: 'account' } }),
      })
      if (outcome.kind === 'gone') throw gone()
      if (outcome.kind === 'invalid')
        throw invalid(
          outcome.problems
            .slice(0, 20)
            .map(({ attribute, sentence }) => badValue(['attributes', attribute.slice(0, 128)], 'value_error', sentence)),
        )
      return { status: 200, body: await me(deps, actor) }
    },
  })

const language = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PUT',
    path: '/account/v1/language',
    summary: 'Choose the language of mails; null leaves it to the browser',
    auth: signedIn,
    limit: perActor(deps),
    audit: { event: 'user.updated' },
    request: { body: Language },
    responses: { 200: Me },
    handle: async ({ actor, body, events }) => {
      const { tenantId, userId } = actor
      const event = events.make({ type: 'user.updated', userId, payload: { attributes: ['language'], via: 'account' } })
      await deps.account.setLanguage(tenantId, { userId, language: body.language, event })
      return { status: 200, body: await me(deps, actor) }
    },
  })

export const profileRoutes = (deps: AccountDeps): readonly AnyRoute[] => [profile(deps), language(deps)]

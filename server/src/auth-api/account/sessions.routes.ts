import { Type } from 'typebox'
import type { EventMaker } from '../../events/events.ts'
import { empty } from '../../http/content.ts'
import { type Actor, type AnyRoute, route, signedIn } from '../../http/route.ts'
import { deviceOf } from '../../login/login.ts'
import { chooseLanguage } from '../../pages/choose-language.ts'
import { isUuid } from '../../platform/ids.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { notFound, perActor, shared } from './replies.routes.ts'
import { Devices, Sessions } from './schemas.ts'

const path = '/account/v1/sessions'

const list = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Where the person is signed in',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Sessions },
    handle: async ({ tenantId, actor, headers }) => {
      const language = chooseLanguage({ acceptLanguage: headers['accept-language'] })
      const sessions = (await deps.sessions.list(tenantId, actor.userId)).map((one) => ({
        ...{ id: one.id, kind: one.kind, current: one.id === actor.sessionId, ip: one.ip, amr: one.amr, applications: one.applications },
        place: deps.findPlace(one.ip, language) ?? null,
        device: deviceOf(one.user_agent ?? ''),
        created_at: one.created_at.toISOString(),
        last_used_at: one.last_used_at?.toISOString() ?? null,
        expires_at: one.expires_at.toISOString(),
      }))
      return { status: 200, body: { sessions } }
    },
  })

type Which = { readonly only?: string; readonly except?: string }

const end = async (deps: AccountDeps, actor: Actor, { events, ...which }: Which & { readonly events: EventMaker }): Promise<number> => {
  const { tenantId, userId } = actor
  const event = events.makeConditional({ type: 'session.ended', userId, payload: { reason: 'ended-by-owner' } })
  const ended = await deps.sessions.end(tenantId, { userId, reason: 'ended-by-owner', event, ...which })
  for (const one of ended) {
    events.count('session.ended')
    deps.announceEnd(tenantId, one)
  }
  return ended.length
}

const written = { none: 'session.ended is written for each session, by the statement that ends it' } as const

const endOne = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'End a session, with all that it gave to applications',
    auth: signedIn,
    limit: perActor(deps),
    audit: written,
    responses: { 204: empty, 404: Detail },
    handle: async ({ actor, params, events }) => {
      const { id = '' } = params
      if (!isUuid(id) || (await end(deps, actor, { only: id, events })) === 0) throw notFound()
      return { status: 204, body: undefined }
    },
  })

const endOthers = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/end-others`,
    summary: 'End every session but this one',
    auth: signedIn,
    limit: perActor(deps),
    audit: written,
    responses: { 200: Type.Object({ ended: Type.Integer() }) },
    handle: async ({ actor, events }) => ({ status: 200, body: { ended: await end(deps, actor, { except: actor.sessionId, events }) } }),
  })

const devices = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/account/v1/devices',
    summary: 'Browsers that the person signed in with',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Devices },
    handle: async ({ tenantId, actor }) => {
      const found = (await deps.sessions.devices(tenantId, actor)).map(({ id, current, ...times }) => ({
        ...{ id, current },
        first_seen_at: times.first_seen_at.toISOString(),
        last_seen_at: times.last_seen_at.toISOString(),
        trusted_until: times.trusted_until?.toISOString() ?? null,
      }))
      return { status: 200, body: { devices: found } }
    },
  })

const distrust = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: '/account/v1/devices/trust',
    summary: 'Ask for the second factor in every browser again',
    auth: signedIn,
    limit: perActor(deps),
    audit: { event: 'devices.untrusted' },
    responses: { 204: empty },
    handle: async ({ tenantId, actor, events }) => {
      const { userId } = actor
      await deps.sessions.distrust(tenantId, { userId, event: events.make({ type: 'devices.untrusted', userId, payload: {} }) })
      return { status: 204, body: undefined }
    },
  })

export const sessionRoutes = (deps: AccountDeps): readonly AnyRoute[] =>
  [list, endOne, endOthers, devices, distrust].map((make) => make(deps))

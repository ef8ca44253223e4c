import { Type } from 'typebox'
import { sentenceOf } from '../../events/events.ts'
import { content } from '../../http/content.ts'
import { invalid } from '../../http/errors.ts'
import { type AnyRoute, freshlySignedIn, route, signedIn } from '../../http/route.ts'
import { deviceOf } from '../../login/login.ts'
import { chooseLanguage } from '../../pages/choose-language.ts'
import type { AccountDeps, ActivityEvent } from './account.ts'
import { type Place, printCursor, readCursor, type Whose } from './activity-cursor.ts'
import { gone, perActor, shared } from './replies.routes.ts'
import { Activity } from './schemas.ts'

const limitMax = 200
const limitUsual = 50

const badQuery = (name: string, type: string, msg: string) => invalid([{ type, loc: ['query', name], msg, input: null }])

type Page = { readonly limit: number; readonly after: Place | undefined }

// A cursor is made for one person; whoever brings another's, or one of their own making, gets no page (attack case S-07).
const readPage = (query: string, key: Uint8Array, whose: Whose): Page => {
  const values = new URLSearchParams(query)
  const names = [...values.keys()]
  const unknown = names.find((name) => name !== 'before' && name !== 'limit')
  if (unknown !== undefined) throw badQuery(unknown.slice(0, 64), 'extra_forbidden', 'This parameter is not known here. Remove it')
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw badQuery(repeated, 'value_error', 'Give it once')
  const written = values.get('limit') ?? String(limitUsual)
  const limit = /^[1-9]\d{0,2}$/.test(written) ? Number(written) : 0
  if (limit < 1 || limit > limitMax) throw badQuery('limit', 'value_error', `Should be a number from 1 to ${limitMax}`)
  const before = values.get('before')
  const after = before === null ? undefined : readCursor(key, whose, before)
  if (before !== null && after === undefined) throw badQuery('before', 'value_error', 'This is no place in the activity of this account')
  return { limit, after }
}

const namesOf = async ({ findClient }: AccountDeps, tenantId: string, events: readonly ActivityEvent[]) => {
  const ids = [...new Set(events.flatMap(({ client_id }) => client_id ?? []))]
  const names = await Promise.all(ids.map(async (id) => [id, (await findClient(tenantId, id))?.name ?? id] as const))
  return new Map(names)
}

const activity = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/account/v1/activity',
    summary: 'What happened with the account, the newest first',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: {
      raw: Type.Object({
        before: Type.Optional(Type.String({ description: 'What an answer gave as next.' })),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: limitMax, default: limitUsual })),
      }),
    },
    responses: { 200: Activity, 422: Type.Object({ detail: Type.Unknown() }) },
    handle: async ({ tenantId, actor, body, headers }) => {
      const { userId } = actor
      const whose = { tenantId, userId }
      const { limit, after } = readPage(body.query, deps.cursorKey, whose)
      const found = await deps.searchEvents(tenantId, { userId, after, limit: limit + 1, order: 'newest' })
      const shown = found.slice(0, limit)
      const names = await namesOf(deps, tenantId, shown)
      const language = chooseLanguage({ acceptLanguage: headers['accept-language'] })
      const events = shown.map(({ id, at, type, ip, user_agent: agent, personal_data, client_id: client }) => ({
        ...{ id, at, type, ip, personal_data },
        place: deps.findPlace(ip, language) ?? null,
        sentence: sentenceOf(type),
        device: agent === null ? null : deviceOf(agent),
        client: client === null ? null : (names.get(client) ?? client),
        client_id: client,
      }))
      const last = found.length > limit ? shown.at(-1) : undefined
      return { status: 200, body: { events, next: last === undefined ? null : printCursor(deps.cursorKey, whose, last) } }
    },
  })

const everything = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/account/v1/export',
    summary: 'Everything that is kept of the person, secrets apart',
    auth: freshlySignedIn,
    limit: { by: 'actor', max: Math.min(deps.limit, 5), seconds: 60 },
    audit: { event: 'account.exported' },
    responses: { 200: content('negotiated', { type: 'object' }) },
    handle: async ({ tenantId, actor, events }) => {
      const { userId } = actor
      const event = events.make({ type: 'account.exported', userId, payload: {} })
      const found = await deps.exportPerson(tenantId, { userId, event })
      if (found === undefined) throw gone()
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="account.json"',
      }
      return { status: 200, body: JSON.stringify(found, null, 2), headers }
    },
  })

export const activityRoutes = (deps: AccountDeps): readonly AnyRoute[] => [activity(deps), everything(deps)]

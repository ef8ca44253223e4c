import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { conflict, invalid, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { mailLanguages } from './languages.ts'
import type { MailQueue, MessageState } from './mail-admin.job.ts'
import { mailPath, perActor, shared } from './templates.admin.routes.ts'

export type MessageRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly queue: Pick<MailQueue, 'page' | 'find'>
  readonly queueBy: (events: Pick<EventMaker, 'make'>) => MailQueue
  readonly isEmail: (text: string) => boolean
}

const path = `${mailPath}/messages`
const instant = Type.String({ format: 'date-time' })
const orNull = (schema: typeof instant) => Type.Union([schema, Type.Null()])

const Message = Type.Object({
  id: Type.String({ format: 'uuid' }),
  channel: Type.String({ enum: ['email', 'sms'] }),
  template: Type.String(),
  language: Type.String(),
  recipient: Type.String(),
  status: Type.String({ enum: ['waiting', 'sent', 'given-up'] }),
  attempts: Type.Integer(),
  created_at: instant,
  due_at: instant,
  expires_at: instant,
  sent_at: orNull(instant),
  gave_up_at: orNull(instant),
  last_error: orNull(Type.String()),
})

const view = ({ id, channel, template, language, recipient, attempts, last_error, ...at }: MessageState) => ({
  ...{ id, channel, template, language, recipient, attempts, last_error },
  status: at.sent_at !== null ? 'sent' : at.gave_up_at !== null ? 'given-up' : 'waiting',
  created_at: at.created_at.toISOString(),
  due_at: at.due_at.toISOString(),
  expires_at: at.expires_at.toISOString(),
  sent_at: at.sent_at?.toISOString() ?? null,
  gave_up_at: at.gave_up_at?.toISOString() ?? null,
})

const idOf = (params: Readonly<Record<string, string>>): string => {
  const id = params['id'] ?? ''
  if (!isUuid(id)) throw notFoundError('message')
  return id
}

const list = (deps: MessageRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Messages with their status, the newest first, never what they say',
    auth: permission('mail:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: {
      query: Type.Object(
        { ...pageQuery, failed: Type.Optional(Type.Boolean({ description: 'Those alone that did not go out at the last attempt.' })) },
        { additionalProperties: false },
      ),
    },
    responses: { 200: Type.Object({ messages: Type.Array(Message), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const isFailed = query.failed ?? false
      const { rows, next } = await readPage<MessageState>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: `messages ${isFailed}` },
        read: (after, limit) => deps.queue.page({ below: after === undefined ? undefined : String(after[0]), limit, isFailed }),
        placeOf: ({ id }) => [id],
      })
      return { status: 200, body: { messages: rows.map(view), next } }
    },
  })

const one = (deps: MessageRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One message with its status',
    auth: permission('mail:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Message },
    handle: async ({ params }) => {
      const message = await deps.queue.find(idOf(params))
      if (message === undefined) throw notFoundError('message')
      return { status: 200, body: view(message) }
    },
  })

const why = {
  sent: 'This message went out already.',
  waiting: 'This message is still being tried.',
  expired: 'This message is too old: what it says is worth nothing any more. Let the person ask for a new one.',
} as const

const retry = (deps: MessageRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/retry`,
    summary: 'Try a message again that was given up',
    auth: permission('mail:write'),
    limit: perActor(deps),
    audit: { event: 'message.queued' },
    responses: { 202: Type.Object({ id: Type.String({ format: 'uuid' }) }) },
    handle: async ({ params, events }) => {
      const id = idOf(params)
      const outcome = await deps.queueBy(events).retry(id)
      if (outcome === 'unknown') throw notFoundError('message')
      if (outcome !== 'queued') throw conflict(`message-${outcome}`, why[outcome])
      return { status: 202, body: { id } }
    },
  })

const NewTest = Type.Object(
  {
    to: Type.String({ minLength: 3, maxLength: 320, description: 'An e-mail address, or a telephone number such as +41791234567.' }),
    language: Type.Optional(Type.String({ enum: mailLanguages.map(({ tag }) => tag), default: 'en' })),
  },
  { additionalProperties: false, examples: [{ to: 'me@example.com', language: 'de' }] },
)

const test = (deps: MessageRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${mailPath}/tests`,
    summary: 'Send a test message',
    description: 'It is queued; how it goes tells the message of this id. It lives five minutes.',
    auth: permission('mail:write'),
    limit: perActor(deps, 10),
    audit: { event: 'message.queued' },
    isIdempotent: true,
    request: { body: NewTest },
    responses: { 202: Type.Object({ id: Type.String({ format: 'uuid' }) }) },
    handle: async ({ body, events }) => {
      const { to, language = 'en' } = body
      const channel = /^\+[1-9]\d{6,14}$/.test(to) ? 'sms' : deps.isEmail(to) ? 'email' : undefined
      if (channel === undefined)
        throw invalid([
          {
            type: 'value_error',
            loc: ['body', 'to'],
            msg: 'Give an e-mail address, or a telephone number such as +41791234567',
            input: null,
          },
        ])
      return { status: 202, body: { id: await deps.queueBy(events).test({ to, language, channel }) } }
    },
  })

/** Messages, below `/admin/v1/mail`. */
export const messagesAdminRoutes = (deps: MessageRoutesDeps): readonly AnyRoute[] => [list(deps), one(deps), retry(deps), test(deps)]

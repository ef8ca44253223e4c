import { type TObject, Type } from 'typebox'
import type { Config } from '../config/config.ts'
import type { Sql } from '../db/database.ts'
import { content } from '../http/content.ts'
import { AppError } from '../http/errors.ts'
import { type AnyRoute, type Context, publicRoute, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { isLoopbackHost } from '../platform/network.ts'
import { inboxStore } from './inbox.store.ts'
import { type InboxDeps, type InboxMessage, openInboxMessage } from './inbox.ts'
import { messageKeyPurpose } from './mail.ts'
import { isInboxOpen } from './senders.ts'

/** The pages of the inbox, which stand with all other pages. */
export type InboxPages = {
  readonly list: (messages: readonly InboxMessage[]) => string
  readonly message: (message: InboxMessage) => string
}

export type InboxRoutesDeps = Pick<InboxDeps, 'findOverrides'> & {
  readonly config: Config
  readonly db: Sql
  readonly pages: InboxPages
}

const shown = 50

// Any of them says that a proxy carried the request: then the loopback address is the proxy's, and who asks is somewhere else.
const carried = /^(forwarded|via|x-forwarded(-.*)?|x-real-ip|x-client-ip|x-original-.*|cf-.*|true-client-ip|fastly-.*|x-envoy-.*)$/

const hostOf = (host: unknown): string =>
  typeof host === 'string' && URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''

/** Lets in this machine alone, under its own name: another name that leads here is a page of somebody else (DNS rebinding). */
const isAtThisMachine = ({ headers, origin }: Pick<Context<ReturnType<typeof publicRoute>, object>, 'headers' | 'origin'>): boolean =>
  isLoopbackHost(origin.ip) && isLoopbackHost(hostOf(headers['host'])) && !Object.keys(headers).some((name) => carried.test(name))

const notFound = (): AppError => new AppError({ status: 404, code: 'not-found', detail: 'Not Found' })

const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
// The mail itself, as untrusted as in any mail program: no script, no origin, nothing fetched.
const mailPolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

const html = content('text/html; charset=utf-8')

const Message: TObject = Type.Object({
  id: Type.String(),
  tenant: Type.String(),
  channel: Type.Union([Type.Literal('email'), Type.Literal('sms')]),
  to: Type.String(),
  template: Type.String(),
  language: Type.String(),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('sent'), Type.Literal('gave-up')]),
  error: Type.Optional(Type.String()),
  created_at: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: Type.Optional(Type.String()),
  code: Type.Optional(Type.String()),
  link: Type.Optional(Type.String()),
})

const wire = ({ createdAt, ...rest }: InboxMessage) => ({ ...rest, created_at: createdAt })

type InboxContext = Parameters<typeof isAtThisMachine>[0] & { readonly params: Readonly<Record<string, string>> }

const readers = ({ config, db, findOverrides }: InboxRoutesDeps) => {
  const store = inboxStore(db)
  const deps: InboxDeps = { key: config.key(messageKeyPurpose), findOverrides }
  const recent = async (context: InboxContext): Promise<readonly InboxMessage[]> => {
    if (!isAtThisMachine(context)) throw notFound()
    return Promise.all((await store.recent(shown)).map((row) => openInboxMessage(deps, row)))
  }
  const one = async (context: InboxContext): Promise<InboxMessage> => {
    const { id = '' } = context.params
    const row = isAtThisMachine(context) && isUuid(id) ? await store.find(id) : undefined
    if (row === undefined) throw notFound()
    return openInboxMessage(deps, row)
  }
  return { recent, one }
}

const page = (body: string) => ({ status: 200 as const, body, headers: { 'content-security-policy': pagePolicy } })

const policyOf = ({ config }: InboxRoutesDeps) =>
  ({
    method: 'GET',
    tag: 'pages',
    auth: publicRoute('answers this machine alone, in development'),
    limit: { by: 'address', max: config.limitRequests, seconds: 60 },
    audit: { none: 'reads only' },
    isCredential: true,
    cors: 'never',
  }) as const

/** `/dev/inbox`: what was sent, for development. There are no such routes where mail really leaves, nor in production. */
export const inboxRoutes = (deps: InboxRoutesDeps): readonly AnyRoute[] => {
  if (!isInboxOpen(deps.config)) return []
  const policy = policyOf(deps)
  const { recent, one } = readers(deps)
  return [
    route({
      ...policy,
      path: '/dev/inbox',
      summary: 'Development inbox: the newest messages',
      responses: { 200: html },
      handle: async (context) => page(deps.pages.list(await recent(context))),
    }),
    route({
      ...policy,
      path: '/dev/inbox.json',
      summary: 'Development inbox for programs',
      responses: { 200: Type.Object({ messages: Type.Array(Message) }) },
      handle: async (context) => ({ status: 200, body: { messages: (await recent(context)).map(wire) } }),
    }),
    route({
      ...policy,
      path: '/dev/inbox/:id',
      summary: 'Development inbox: one message',
      responses: { 200: html },
      handle: async (context) => page(deps.pages.message(await one(context))),
    }),
    route({
      ...policy,
      path: '/dev/inbox/:id/html',
      summary: 'Development inbox: the HTML part of a message, in a sandbox',
      responses: { 200: html },
      handle: async (context) => {
        const { html: body } = await one(context)
        if (body === undefined) throw notFound()
        return { status: 200, body, headers: { 'content-security-policy': mailPolicy, 'x-frame-options': 'SAMEORIGIN' } }
      },
    }),
  ]
}

import { Type } from 'typebox'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import type { Impersonations } from '../../login/login.ts'
import { errorPage } from '../../pages/error-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { newHandleSecret } from '../../platform/handle.ts'
import { newId } from '../../platform/ids.ts'
import { printSession } from '../../sessions/sessions.ts'
import { parseParameters } from '../core/params.ts'
import { isCrossSite } from '../form-token.ts'
import type { Provider } from '../provider.ts'
import { frameOf, type PageRequest, pageReply, redirectReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'
import { browserHash, signedInCookie, visit } from './visitor.ts'

const TicketForm = Type.Object({ ticket: Type.String({ description: 'What the admin API gave whoever is to act.' }) })

const refusal = async (
  provider: Provider,
  { assets, request, requestId }: { assets: Assets; request: PageRequest; requestId: string | undefined },
) =>
  pageReply(
    403,
    errorPage({
      ...(await frameOf(provider, assets, request)),
      code: 'impersonation_refused',
      description: 'This ticket to act as somebody is unknown, has been used, or has expired.',
      hint: 'Go back to the console and ask for a new one. It is good for a minute.',
      requestId,
    }),
  )

/** Where an administrator's browser brings the ticket for a session in the name of another person. */
export const impersonationRoutes = (provider: Provider, assets: Assets, impersonations: Impersonations): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/interaction/impersonation',
    tag: 'pages',
    summary: 'Begin to act as somebody, with a ticket of the admin API',
    auth: browserAuth('a ticket that was given to an administrator a moment ago and is spent once'),
    limit: { by: 'address', max: provider.limits.signIn, seconds: 60 },
    audit: { none: 'the statement that spends the ticket writes impersonation.begun' },
    isCredential: true,
    cors: 'never',
    failure: 'page',
    request: { raw: TicketForm },
    responses: pageResponses,
    handle: async ({ tenantId, headers, body, origin, events }) => {
      const visitor = await visit(provider, tenantId, headers)
      const about = { assets, request: { tenantId, headers, body }, requestId: origin.requestId }
      const ticket = parseParameters(body.form ?? '').values.get('ticket') ?? ''
      if (isCrossSite(headers, new URL(provider.issuer).origin)) return refusal(provider, about)
      const [sessionId, { secret, hash: secretHash }] = [newId(), newHandleSecret()]
      const isOpen = await impersonations.open({ ticket, sessionId, secretHash, browser: browserHash(visitor), origin, events })
      if (!isOpen) return refusal(provider, about)
      const cookie = signedInCookie(provider, visitor, { text: printSession(sessionId, secret), replaced: [] })
      return redirectReply(303, `${provider.basePath}/account/`, [...visitor.cookies, cookie])
    },
  }),
]

import { Type } from 'typebox'
import { type AnyRoute, browserAuth, route } from '../../http/route.ts'
import { consentPage } from '../../pages/consent-page.ts'
import { errorPage } from '../../pages/error-page.ts'
import type { Assets } from '../../pages/frame.ts'
import { scopesInWords } from '../../pages/scope-words.ts'
import { accountName } from '../person.ts'
import type { Provider } from '../provider.ts'
import { advance, deny, isRead, reread } from './advance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { cardOf, pageReply } from './page-reply.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { stepReply } from './step-reply.ts'
import { formToken, isOwnForm } from './visitor.ts'

const path = '/interaction/consent'

// The word of consent counts for one flow, of one session, in one browser.
const purposeOf = ({ sealed }: Interaction, sessionId: string | undefined) => ({ purpose: 'consent', flow: sealed, session: sessionId })

const draw = async (provider: Provider, interaction: Interaction) => {
  const { frame, visitor, journey, requestId, sealed } = interaction
  const step = await advance(provider, journey)
  if (step.kind !== 'page' || step.page !== 'consent' || !step.session || !step.client || !step.request)
    return stepReply(step, 303, { frame, requestId })
  const { client, request, session } = step
  const remembered = await provider.authorization.store.consentedScope(journey.tenantId, { userId: session.userId, clientId: client.id })
  const body = consentPage({
    ...frame,
    client: cardOf(client, frame, request.redirectUri),
    account: accountName(session),
    action: provider.basePath + path,
    hidden: { flow: sealed, session: session.id, form_token: formToken(provider, visitor, purposeOf(interaction, session.id)) },
    scopes: scopesInWords(request.askedScope, frame.lang),
    resources: request.resources,
    isFirstUse: remembered === undefined,
    isVouchedFor: !client.isDynamic,
  })
  return pageReply(200, body, { cookies: visitor.cookies })
}

const foreign = ({ frame, requestId }: Interaction) =>
  pageReply(
    403,
    errorPage({
      ...frame,
      code: 'form_mismatch',
      description: 'This form was opened in another browser, for another account, or has expired.',
      hint: 'Go back to the application and start again.',
      reason: 'form-foreign',
      requestId,
    }),
  )

const decide = async (provider: Provider, interaction: Interaction, isOwn: boolean) => {
  const { fields, visitor, journey, frame, requestId } = interaction
  const session = visitor.sessions.find(({ id }) => id === fields.get('session'))
  if (!isOwn || session === undefined) return foreign(interaction)
  const read = await reread(provider, journey)
  if (!isRead(read)) return stepReply(read, 303, { frame, requestId })
  if (fields.get('decision') !== 'allow') {
    const about = { userId: session.userId, sessionId: session.id, clientId: read.client.id }
    const refused = journey.events.make({ type: 'authorization.refused', ...about, payload: { at: 'consent' } })
    await provider.authorization.store.note([refused])
    const denied = deny(provider, journey, {
      ...{ read, error: 'access_denied', description: 'The person refused the request.', isTold: true },
    })
    return stepReply(denied, 303, { frame, requestId })
  }
  // Only the session that the form was drawn for acts, whichever is in front by now.
  const flow = { ...journey.flow, chosen: journey.flow.chosen === undefined ? undefined : session.id }
  const step = await advance(provider, { ...journey, flow, visitor: { sessions: [session] }, hasAllowed: true })
  return stepReply(step, 303, { frame, requestId })
}

const shared = {
  path,
  tag: 'pages',
  auth: browserAuth('the session that the form was drawn for'),
  isCredential: true,
  cors: 'never',
  failure: 'page',
  responses: pageResponses,
} as const

const ConsentForm = Type.Object({
  flow: Type.String(),
  session: Type.String(),
  form_token: Type.String(),
  decision: Type.String({ description: 'allow or deny' }),
})

/** The consent page. */
export const consentRoutes = (provider: Provider, assets: Assets): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'GET',
    summary: 'The consent page',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only; a request that needs no page any more is granted by the statement that writes its event' },
    request: { raw: FlowQuery },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      return opened.kind === 'answered' ? opened.reply : draw(provider, opened.interaction)
    },
  }),
  route({
    ...shared,
    method: 'POST',
    summary: 'Allow or refuse on the page',
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { event: ['authorization.granted', 'authorization.refused'] },
    request: { raw: ConsentForm },
    handle: async (context) => {
      const opened = await openInteraction(provider, assets, context)
      if (opened.kind === 'answered') return opened.reply
      const { interaction } = opened
      const form = purposeOf(interaction, interaction.fields.get('session'))
      const token = interaction.fields.get('form_token')
      return decide(provider, interaction, isOwnForm(provider, interaction.visitor, { form, token, headers: context.headers }))
    },
  }),
]

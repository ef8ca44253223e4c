import type { EventMaker } from '../../events/events.ts'
import type { Assets, Frame } from '../../pages/frame.ts'
import type { BrowserSession } from '../../sessions/sessions.ts'
import { parseParameters } from '../core/params.ts'
import type { Flow } from '../flow.ts'
import { organizationNamed } from '../organization-request.ts'
import type { Provider } from '../provider.ts'
import { type Journey, openFlow } from './advance.ts'
import { frameOf, languageReply, pageLanguage } from './page-reply.ts'
import { expiredFlow, problemReply } from './step-reply.ts'
import { browserKey, type Visitor, visit } from './visitor.ts'

type Raw = { readonly query: string; readonly form: string | undefined }
type Request = {
  readonly tenantId: string
  readonly body: Raw
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly events: EventMaker
  readonly origin: { readonly requestId?: string | undefined }
}

/** A request to a page of a flow: who asks, which flow, and the fields of the form. */
export type Interaction = {
  readonly frame: Frame
  readonly visitor: Visitor
  readonly flow: Flow
  readonly sealed: string
  readonly fields: ReadonlyMap<string, string>
  readonly journey: Journey
  readonly requestId: string | undefined
  /** The language of this page for a person with this setting. */
  readonly languageFor: (person: string | null) => string
}

/** A form was posted to where its page is: what the page was opened with is found in its fields again. */
const queryOf = ({ form }: Raw, fields: ReadonlyMap<string, string>): string | undefined =>
  form === undefined
    ? undefined
    : ['flow', 'as'].flatMap((name) => (fields.has(name) ? `${name}=${encodeURIComponent(fields.get(name) ?? '')}` : [])).join('&')

/** Whose setting decides the language: the person of this flow, or the one in front of those who are signed in. */
const personAt = ({ sessions }: Pick<Visitor, 'sessions'>, { signedIn, chosen }: Flow): BrowserSession | undefined =>
  sessions.find(({ id }) => id === signedIn?.sessionId) ?? sessions.find(({ id }) => id === chosen) ?? sessions[0]

/** The page in the language of a person who has become known since it was opened. */
export const inLanguageOf = (interaction: Interaction, { language }: { readonly language: string | null }): Interaction => ({
  ...interaction,
  frame: { ...interaction.frame, lang: interaction.languageFor(language) },
})

/** Opens the flow of a page; a flow that is none is answered with the page that says so. */
export const openInteraction = async (provider: Provider, assets: Assets, { tenantId, body, headers, events, origin }: Request) => {
  const { requestId } = origin
  const inOtherLanguage = languageReply(provider, { body })
  if (inOtherLanguage !== undefined) return { kind: 'answered' as const, reply: inOtherLanguage }
  const fields = parseParameters(body.form ?? body.query).values
  const sealed = fields.get('flow') ?? parseParameters(body.query).values.get('flow')
  const flow = openFlow(provider, tenantId, sealed)
  const request = { tenantId, body, headers, query: queryOf(body, fields) }
  if (flow === undefined || sealed === undefined)
    return { kind: 'answered' as const, reply: problemReply(expiredFlow, { frame: await frameOf(provider, assets, request), requestId }) }
  const visitor = await visit(provider, tenantId, headers)
  const uiLocales = new Map(flow.parameters).get('ui_locales')?.split(' ')
  const frame = await frameOf(provider, assets, {
    ...request,
    organization: organizationNamed(flow),
    uiLocales,
    person: flow.owner?.language ?? personAt(visitor, flow)?.language,
  })
  const languageFor = (person: string | null): string => pageLanguage(provider, { headers, uiLocales, person })
  const journey: Journey = { tenantId, flow, visitor: { ...visitor, browser: browserKey(visitor) }, events, requestId }
  return {
    kind: 'open' as const,
    interaction: { frame, visitor, flow, sealed, fields, journey, requestId, languageFor } satisfies Interaction,
  }
}

type Arriving = Pick<Interaction, 'visitor' | 'frame' | 'requestId'> & { readonly tenantId: string; readonly events: EventMaker }

/** A way of its own to the account portal, for who did not come from an application. */
export const wayToAccount = (provider: Provider, { tenantId, visitor, frame, events, requestId }: Arriving): Interaction => {
  const flow: Flow = { parameters: [], resources: [], startedAt: provider.now(), account: true }
  const journey = { tenantId, flow, visitor: { ...visitor, browser: browserKey(visitor) }, events, requestId }
  return { frame, visitor, flow, sealed: '', fields: new Map(), journey, requestId, languageFor: () => frame.lang }
}

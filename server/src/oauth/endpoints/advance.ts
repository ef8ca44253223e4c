import type { Client } from '../../clients/clients.ts'
import type { EventMaker } from '../../events/events.ts'
import { methodsUsed } from '../../login/login.ts'
import type { BrowserSession } from '../../sessions/sessions.ts'
import { decideFor, grantTo, type ReadRequest, readRequest, refuse } from '../authorization.ts'
import type { PageProblem } from '../authorization-problems.ts'
import type { Decision } from '../core/authorize/decide.ts'
import type { OAuthErrorCode } from '../core/errors.ts'
import type { Delivery } from '../core/response-modes/deliver.ts'
import { type Flow, isForClient, type Pending, sealFlow, unsealFlow } from '../flow.ts'
import type { Provider } from '../provider.ts'
import { allowedMethods } from './organization-rules.ts'
import type { Visitor } from './visitor.ts'

export type PageName =
  | 'sign-in'
  | 'sign-up'
  | 'select-account'
  | 'consent'
  | 'second-factor'
  | 'code'
  | 'reset'
  | 'new-password'
  | 'enrol'
  | 'passkey-offer'

/** What an authorization request has come to: an answer to the client, a page for the person, or a problem that only a page can tell. */
export type Step =
  | { readonly kind: 'problem'; readonly problem: PageProblem }
  | { readonly kind: 'delivery'; readonly delivery: Delivery }
  | { readonly kind: 'go'; readonly location: string }
  | {
      readonly kind: 'page'
      readonly page: PageName
      readonly sealed: string
      /** Where the page is, with the flow. */
      readonly location: string
      /** Absent on the way to a page of our own: no client is known. */
      readonly client: Client | undefined
      readonly request: ReadRequest | undefined
      readonly session: BrowserSession | undefined
      readonly isReauthentication: boolean
    }

export type Journey = {
  readonly tenantId: string
  readonly flow: Flow
  readonly visitor: Pick<Visitor, 'sessions'> & { readonly browser?: string | undefined }
  readonly hasAllowed?: boolean
  readonly events: EventMaker
  readonly requestId: string | undefined
}

type Read = { readonly client: Client; readonly request: ReadRequest }

/** Reads the flow's request again, so that whatever has changed at the client since counts. */
export const reread = async (
  provider: Provider,
  { tenantId, flow, requestId, events }: Journey,
): Promise<Read | Extract<Step, { kind: 'problem' | 'delivery' }>> => {
  const read = await readRequest(provider.authorization, tenantId, { parameters: new Map(flow.parameters), resources: flow.resources })
  if (read.kind === 'page') {
    provider.explain({ requestId, events }, { error: read.problem.code, rule: read.problem.description, clientId: read.problem.clientId })
    return { kind: 'problem', problem: read.problem }
  }
  if (read.kind === 'delivered') {
    provider.explain({ requestId, events }, { error: read.error.error, rule: read.error.rule, clientId: read.client.id })
    return { kind: 'delivery', delivery: read.delivery }
  }
  return read
}

export const isRead = (read: Awaited<ReturnType<typeof reread>>): read is Read => 'request' in read

const tooLarge = (client: Client): Step => ({
  kind: 'problem',
  problem: {
    code: 'invalid_request',
    description: 'The authorization request is too large to be carried through the pages.',
    hint: 'Shorten state, nonce, claims or login_hint, and ask for less at once.',
    reason: 'request-large',
    clientId: client.id,
  },
})

/** Where a page of the flow is. */
export const pageAddress = ({ basePath }: Pick<Provider, 'basePath'>, page: PageName, sealed: string): string =>
  `${basePath}/interaction/${page}?flow=${sealed}`

/** Where a flow leads that is no application's request. */
const withoutClient = ({ basePath }: Provider, { device }: Flow): string => {
  if (device === undefined) return `${basePath}/account`
  return `${basePath}/device${device.userCode === '' ? '' : `?user_code=${encodeURIComponent(device.userCode)}`}`
}

/** On the way to the device page or the account portal there is nothing to decide but who is there. */
const toOwnPage = (provider: Provider, { tenantId, flow, visitor }: Journey): Step => {
  if (visitor.sessions.length > 0) return { kind: 'go', location: withoutClient(provider, flow) }
  const sealed = sealFlow(provider.keys.flow, tenantId, flow) ?? ''
  const page = flow.pending === undefined ? 'sign-in' : 'second-factor'
  return {
    ...{ kind: 'page', page, sealed, location: pageAddress(provider, page, sealed) },
    ...{ client: undefined, request: undefined, session: undefined, isReauthentication: false },
  }
}

const pageOf = (kind: Exclude<Decision['kind'], 'refused'>, pending: Pending | undefined): PageName => {
  if (kind === 'step-up') return 'second-factor'
  // Whoever has just made an account has proved the first factor as well as one who signed in.
  if (pending !== undefined && (kind === 'sign-in' || kind === 'sign-up' || kind === 'granted')) return 'second-factor'
  return kind === 'granted' ? 'sign-in' : kind
}

/** The session counts as the first factor of a step-up, as far as what was proved in it counts. */
const stepUpOf = async (
  provider: Provider,
  journey: Journey,
  { userId, amr, methods: used }: BrowserSession,
): Promise<Pending | undefined> => {
  const { browser } = journey.visitor
  if (browser === undefined) return undefined
  const allowed = await allowedMethods(provider, journey)
  const methods = methodsUsed(used, amr).filter((one) => allowed === undefined || allowed.includes(one))
  return { userId, methods, at: provider.now(), browser }
}

/** One step on: decides, and grants where nothing is left to ask. */
export const advance = async (provider: Provider, journey: Journey): Promise<Step> => {
  const { tenantId, flow, visitor, hasAllowed = false, events, requestId } = journey
  if (!isForClient(flow)) return toOwnPage(provider, journey)
  const read = await reread(provider, journey)
  if (!isRead(read)) return read
  const { client, request } = read
  const situation = { tenantId, client, request, visitor: { sessions: visitor.sessions, flow, hasAllowed } }
  const { decision, session } = await decideFor(provider.authorization, situation)
  if (decision.kind === 'refused') return deny(provider, journey, { read, ...decision })
  if (decision.kind === 'granted' && session !== undefined) {
    const delivery = await grantTo(provider.authorization, situation, { session, events })
    if (delivery !== undefined) return { kind: 'delivery', delivery }
    // The session ended this moment: the person is asked to sign in.
    if (request.prompt.includes('none'))
      return deny(provider, journey, { read, error: 'login_required', description: 'The session has ended.' })
  }
  const pending = decision.kind === 'step-up' && session !== undefined ? await stepUpOf(provider, journey, session) : flow.pending
  const sealed = sealFlow(provider.keys.flow, tenantId, { ...flow, pending })
  if (sealed === undefined) return tooLarge(client)
  provider.explain({ requestId }, { error: 'interaction', rule: decision.kind, clientId: client.id })
  const page = pageOf(decision.kind, pending)
  return {
    kind: 'page',
    page,
    sealed,
    location: pageAddress(provider, page, sealed),
    client,
    request,
    session,
    isReauthentication: decision.kind === 'sign-in' && decision.isReauthentication,
  }
}

type Denial = {
  readonly read: Read
  readonly error: OAuthErrorCode
  readonly description: string
  /** An event tells already that the person refused. */
  readonly isTold?: boolean
}

/** An error for the client, in the way that it asked for. */
export const deny = (provider: Provider, { requestId, events }: Journey, { read, error, description, isTold = false }: Denial): Step => {
  provider.explain({ requestId, events: isTold ? undefined : events }, { error, rule: description, clientId: read.client.id })
  return { kind: 'delivery', delivery: refuse(provider.authorization, read.request, { error, description }) }
}

export const openFlow = (provider: Provider, tenantId: string, sealed: string | undefined): Flow | undefined =>
  unsealFlow(sealed, { key: provider.keys.flow, tenantId, now: provider.now() })

import type { Client } from '../clients/clients.ts'
import type { EventMaker } from '../events/events.ts'
import { makeHandle } from '../platform/handle.ts'
import { newId } from '../platform/ids.ts'
import { acrOf, acrValues, type BrowserSession } from '../sessions/sessions.ts'
import type { IsAdministrationOver } from './administration.ts'
import { badRedirect, type OnPage, problemPage, unknownClient } from './authorization-problems.ts'
import { type AuthorizationRequest, type Offered, readAuthorizationRequest } from './core/authorize/authorization-request.ts'
import { claimsWithin, scopeWithClaims } from './core/authorize/claimed-scopes.ts'
import { type Decision, decide } from './core/authorize/decide.ts'
import { matchRedirectUri } from './core/authorize/reply-target.ts'
import { responseModeOfErrors } from './core/authorize/response-mode.ts'
import { OAuthError } from './core/errors.ts'
import { isRefreshable } from './core/grants/refreshable.ts'
import { type Delivery, deliver, type Fields } from './core/response-modes/deliver.ts'
import type { Flow } from './flow.ts'
import { actingIn, eligible, withinImpersonation, withinSession } from './impersonated.ts'
import type { TokenIssuer } from './issue.ts'
import { admit, type Organizations, refusedBy, withOrganization } from './organization-request.ts'
import type { AuthorizationStore } from './store/authorizations.store.ts'
import { subjectOf } from './subject.ts'

export const codePrefix = 'cip_ac_'

export type AuthorizationDeps = {
  readonly issuer: string
  readonly subjectKey: Uint8Array
  readonly findClient: (tenantId: string, clientId: string) => Promise<Client | undefined>
  /** What exists beside the standard scopes, for the resources that the request names; the scope that stands for a claim. */
  readonly offered: (
    tenantId: string,
    resources: readonly string[],
  ) => Promise<Offered & { readonly scopeOfClaim: (claim: string) => string | undefined }>
  /** Subject of an ID token of ours that this client holds, expired or not; undefined where it is none. */
  readonly readIdTokenHint: (token: string, clientId: string) => string | undefined
  /** Whether the tenant opens this application with a second factor only. */
  readonly demandsSecondFactor: (tenantId: string, clientId: string) => Promise<boolean>
  readonly organizations: Organizations
  readonly isAdministrationOver: IsAdministrationOver
  readonly store: AuthorizationStore
  readonly tokens: TokenIssuer
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** `askedScope`: what the person is asked to allow, by scope and claim by claim (OpenID Connect Core section 5.5). */
export type ReadRequest = AuthorizationRequest & { readonly askedScope: readonly string[] }

export type Read =
  | { readonly kind: 'read'; readonly client: Client; readonly request: ReadRequest }
  | OnPage
  | { readonly kind: 'delivered'; readonly delivery: Delivery; readonly error: OAuthError; readonly client: Client }

export type Resolved = {
  readonly parameters: ReadonlyMap<string, string>
  readonly resources: readonly string[]
  /** What was found wrong before the parameters could be read, such as a repeated name or a request object that does not verify. */
  readonly problem?: OAuthError | undefined
}

/** Finds client and redirect URI first: what fails before is shown here, what fails after goes back to the client. */
export const readRequest = async (deps: AuthorizationDeps, tenantId: string, resolved: Resolved): Promise<Read> => {
  const { parameters, resources } = resolved
  const clientId = parameters.get('client_id')
  const client = clientId === undefined || clientId.length > 512 ? undefined : await deps.findClient(tenantId, clientId)
  if (client === undefined || !client.isEnabled) return unknownClient(clientId)
  const target = matchRedirectUri(client, parameters.get('redirect_uri'))
  if (target.kind !== 'registered')
    return resolved.problem ? problemPage(resolved.problem, client) : badRedirect(client, parameters.get('redirect_uri'))
  try {
    if (resolved.problem !== undefined) throw resolved.problem
    const offered = await deps.offered(tenantId, resources)
    const asked = readAuthorizationRequest({ parameters, resources, client }, target.redirectUri, offered)
    const request = await withOrganization(deps.organizations, tenantId, asked)
    const claims = claimsWithin(request.claims, client.scope, offered.scopeOfClaim)
    return {
      kind: 'read',
      client,
      request: { ...request, claims, askedScope: scopeWithClaims(request.scope, claims, offered.scopeOfClaim) },
    }
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const reply = {
      redirectUri: target.redirectUri,
      mode: responseModeOfErrors(parameters, client),
      state: parameters.get('state'),
      issuer: deps.issuer,
    }
    const delivery = deliver(reply, { error: error.error, error_description: error.description })
    return { kind: 'delivered', delivery, error, client }
  }
}

const replyTo = (deps: AuthorizationDeps, request: AuthorizationRequest, fields: Fields): Delivery =>
  deliver({ redirectUri: request.redirectUri, mode: request.responseMode, state: request.state, issuer: deps.issuer }, fields)

export const refuse = (
  deps: AuthorizationDeps,
  request: AuthorizationRequest,
  error: Pick<OAuthError, 'error' | 'description'>,
): Delivery => replyTo(deps, request, { error: error.error, error_description: error.description })

/** Scopes that need the person's word. */
const covers = (remembered: readonly string[] | undefined, scope: readonly string[]): boolean =>
  remembered !== undefined && scope.every((one) => remembered.includes(one))

export type Visitor = {
  /** Live sessions of this browser, the active one first. */
  readonly sessions: readonly BrowserSession[]
  readonly flow: Pick<Flow, 'signedIn' | 'chosen'>
  /** True where the person has allowed exactly this request a moment ago. */
  readonly hasAllowed: boolean
}

type Situation = { readonly tenantId: string; readonly client: Client; readonly request: ReadRequest; readonly visitor: Visitor }

const isConsented = async (
  deps: AuthorizationDeps,
  { tenantId, client, request, visitor }: Situation,
  session: BrowserSession,
): Promise<boolean> => {
  if (visitor.hasAllowed) return true
  if (request.prompt.includes('consent')) return false
  if (client.isFirstParty) return true
  // A client that nobody here vouched for gets lasting access only from a page that was read.
  if (client.isDynamic && request.scope.includes('offline_access')) return false
  return covers(await deps.store.consentedScope(tenantId, { userId: session.userId, clientId: client.id }), request.askedScope)
}

const hintedSub = (deps: AuthorizationDeps, { request, client }: Situation): string | undefined =>
  request.idTokenHint === undefined ? undefined : deps.readIdTokenHint(request.idTokenHint, client.id)

export type Outcome = { readonly decision: Decision; readonly session: BrowserSession | undefined }

/** What comes next for the request of this visitor. */
export const decideFor = async (deps: AuthorizationDeps, situation: Situation): Promise<Outcome> => {
  const { client, request, visitor } = situation
  const hint = hintedSub(deps, situation)
  if (request.idTokenHint !== undefined && hint === undefined) {
    const description = 'id_token_hint is not an ID token that this server issued to this client.'
    return { decision: { kind: 'refused', error: 'invalid_request', description }, session: undefined }
  }
  const sub = (session: BrowserSession): string => subjectOf(deps.subjectKey, client, session.userId)
  const sessions = eligible(visitor.sessions, request.scope)
  const session =
    sessions.find(({ id }) => id === (visitor.flow.signedIn?.sessionId ?? visitor.flow.chosen)) ??
    sessions.find((one) => hint !== undefined && sub(one) === hint) ??
    sessions[0]
  const now = deps.now()
  const asked = { tenantId: situation.tenantId, scope: request.scope, now }
  const admission = session && (await admit(deps.organizations, asked, session))
  const decision = decide({
    request,
    session: session && {
      sessionId: session.id,
      userId: session.userId,
      sub: sub(session),
      authTime: session.authTime / 1000,
      acr: acrOf(session.amr),
    },
    flow: { signedIn: visitor.flow.signedIn?.sessionId, chosen: visitor.flow.chosen },
    hintedSub: hint,
    hasOtherAccounts: sessions.length > 1,
    demandedAcr: (await deps.demandsSecondFactor(situation.tenantId, client.id)) ? ['aal2'] : undefined,
    isOver: session !== undefined && (await deps.isAdministrationOver(asked, session)),
    lacking: admission?.kind === 'weak' ? admission.shortfall : undefined,
    reachableAcr: acrValues,
    isConsented: session !== undefined && (await isConsented(deps, situation, session)),
    now: now / 1000,
  })
  if (session === undefined || admission === undefined) return { decision, session }
  return { decision: withinImpersonation(refusedBy(admission, decision, session), session), session }
}

const frontChannel = async (
  deps: AuthorizationDeps,
  { tenantId, client, request }: Situation,
  { session, grantId }: { session: BrowserSession; grantId: string },
): Promise<Fields> => {
  const grant = {
    grantId,
    userId: session.userId,
    clientId: client.id,
    sessionId: session.id,
    isOffline: false,
    scope: request.scope,
    resources: request.resources,
    claims: request.claims,
    authTime: Math.floor(session.authTime / 1000),
    acr: acrOf(session.amr),
    amr: session.amr,
    methods: session.methods,
    impersonatorId: session.impersonatorId ?? undefined,
  }
  const hasToken = request.responseType === 'id_token token'
  const asking = { grant, scope: request.scope, resources: request.resources }
  const added = await deps.tokens.ask(tenantId, client, asking)
  const access = hasToken ? await deps.tokens.accessToken(tenantId, client, { ...asking, added }) : undefined
  const idToken = await deps.tokens.idToken(tenantId, client, {
    grant,
    nonce: request.nonce,
    accessToken: access?.token,
    claimScopes: hasToken ? [] : request.scope,
    scope: request.scope,
    added,
  })
  return {
    ...(access === undefined
      ? {}
      : { access_token: access.token, token_type: 'Bearer', expires_in: String(access.ttlSeconds), scope: request.scope.join(' ') }),
    id_token: idToken,
  }
}

const hasClaims = ({ claims }: AuthorizationRequest): boolean => Object.keys({ ...claims.userinfo, ...claims.idToken }).length > 0

/** Writes the grant and answers the client; undefined where the session ended meanwhile. */
export const grantTo = async (
  deps: AuthorizationDeps,
  asked: Situation,
  { session, events }: { session: BrowserSession; events: EventMaker },
): Promise<Delivery | undefined> => {
  const request = { ...asked.request, scope: withinSession(asked.request.scope, session) }
  const situation = { ...asked, request }
  const { tenantId, client, visitor } = situation
  const grantId = newId()
  const handle = request.responseType === 'code' ? makeHandle(codePrefix, grantId) : undefined
  const { redirectUri, nonce, codeChallenge } = request
  const about = { userId: session.userId, sessionId: session.id, clientId: client.id }
  const allowed = events.make({
    type: 'authorization.granted',
    ...about,
    ...actingIn(session),
    payload: { scope: request.scope.join(' '), consented: visitor.hasAllowed },
  })
  const isWritten = await deps.store.authorize(tenantId, {
    sessionId: session.id,
    grantId,
    clientId: client.id,
    isOffline: isRefreshable(client, request.scope) && request.scope.includes('offline_access'),
    scope: request.scope,
    resources: request.resources,
    claims: hasClaims(request) ? request.claims : undefined,
    acr: acrOf(session.amr),
    code: handle && { hash: handle.hash, binding: { redirectUri, nonce, codeChallenge } },
    consented: visitor.hasAllowed ? request.askedScope : undefined,
    events: [allowed],
  })
  if (!isWritten) return undefined
  if (handle !== undefined) return replyTo(deps, request, { code: handle.text })
  try {
    return replyTo(deps, request, await frontChannel(deps, situation, { session, grantId }))
  } catch (error) {
    if (error instanceof OAuthError) return refuse(deps, request, error)
    throw error
  }
}

import { findAccess } from '../access/access.ts'
import type { ApiResource, Client } from '../clients/clients.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/database.ts'
import type { EventRow } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import type { KeyRing } from '../keys/keys.ts'
import { methods } from '../login/login.ts'
import { createPolicyCheck, findOrganizationLogo, type OrganizationRulesCache, tokenMemberships } from '../organizations/organizations.ts'
import { epochSeconds, systemClock } from '../platform/clock.ts'
import { cookieJar } from '../platform/cookies.ts'
import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import { createChangeFeed, type SessionView } from '../sessions/sessions.ts'
import { findTenantLogo, readBranding, type SettingCache } from '../settings/settings.ts'
import { createAccessTokenReader } from './access-tokens.ts'
import { type AdministrationTimes, createIsAdministrationOver } from './administration.ts'
import type { AuthorizationDeps } from './authorization.ts'
import { clientAuthentication, clientKeys } from './client-authentication.ts'
import type { ClientLogos } from './client-logos.ts'
import { scopeOfClaims } from './core/authorize/claimed-scopes.ts'
import { resourcesToFind } from './core/authorize/requested-resources.ts'
import type { ClaimMapping } from './core/tokens/claims.ts'
import { liveToken } from './endpoints/live-token.ts'
import { createGrantViews } from './grant-views.ts'
import { readIdTokenHint } from './id-token-hint.ts'
import { createTokenIssuer } from './issue.ts'
import { startLogoutDeliveries } from './logout.job.ts'
import type { Organizations } from './organization-request.ts'
import type { Provider } from './provider.ts'
import { noteRefusedRedirects } from './refused-redirects.job.ts'
import { explainRefusals } from './refused-requests.job.ts'
import { createRemoteKeys } from './remote-keys/remote-keys.ts'
import { requestObjects } from './request-objects.ts'
import type { ReusedValues } from './reused-values.ts'
import { statementVerifier } from './software-statements.ts'
import { assertionStore } from './store/assertions.store.ts'
import { authorizationStore } from './store/authorizations.store.ts'
import { deviceCodeStore } from './store/device-codes.store.ts'
import { grantViewStore } from './store/grant-views.store.ts'
import { type GrantTimes, grantStore } from './store/grants.store.ts'
import { pushedRequestStore } from './store/pushed-requests.store.ts'
import { sessionClientStore } from './store/session-clients.store.ts'
import { removeExpired } from './store/upkeep.store.ts'
import type { TokenHook } from './token-hook.ts'

/** What the provider needs of the rest of the platform. */
export type ProviderDeps = {
  readonly tokenHook?: TokenHook | undefined
  readonly config: Config
  readonly db: Database
  readonly tenantId: string
  readonly issuer: string
  /** Sets the cookies of this tenant apart from those of others under the same host. */
  readonly cookieSuffix: string
  readonly fetch: GuardedFetch
  readonly reused: ReusedValues
  /** Writes events that no change comes with. */
  readonly record: (...events: readonly EventRow[]) => Promise<void>
  readonly logos: ClientLogos
  readonly keys: { readonly ring: KeyRing; readonly version: () => number }
  readonly findClient: (tenantId: string, id: string) => Promise<Client | undefined>
  readonly findResource: (tenantId: string, identifier: string) => Promise<ApiResource | undefined>
  readonly settings: Pick<SettingCache, 'get'>
  readonly organizationRules: Pick<OrganizationRulesCache, 'get'>
  readonly demandsSecondFactor: AuthorizationDeps['demandsSecondFactor']
  readonly findSessions: Provider['findSessions']
  readonly sessionView: (tenantId: string, sessionId: string) => Promise<SessionView | undefined>
  readonly log: { readonly [level in 'warn' | 'info']: (fields: Record<string, unknown>, message: string) => void }
}

export type OpenedProvider = {
  readonly provider: Provider
  readonly verifyStatement: ReturnType<typeof statementVerifier>
  /** Whether an access token of an application has not been revoked, nor anything that it rests on. */
  readonly isLiveToken: (tenantId: string, token: string) => Promise<boolean>
  /** The application that got this token for itself, where the token lives and carries the scope (RFC 6749 section 4.4). */
  readonly machineOf: (tenantId: string, token: string, scope: string) => Promise<string | undefined>
  /** Forgets what is in memory of grants and the people behind them. */
  readonly forget: () => void
  readonly stop: () => void
}

const nowSeconds = (): number => epochSeconds(systemClock)
const day = 86_400
const codeTtlSeconds = 60
const idTokenTtlSeconds = 600

const administrationOf = ({ adminSessionTtl, adminIdleTtl }: Config): AdministrationTimes => ({
  sessionTtlSeconds: adminSessionTtl,
  idleTtlSeconds: adminIdleTtl,
})

const timesOf = (config: Config): GrantTimes => ({
  offlineTtlSeconds: config.refreshTokenTtl,
  sessionTtlSeconds: config.sessionTtl,
  idleTtlSeconds: config.refreshTokenIdleTtl,
  leewaySeconds: config.refreshTokenLeeway,
  administration: administrationOf(config),
})

const storesOf = ({ db, config }: ProviderDeps) => {
  const times = timesOf(config)
  return {
    grants: grantStore(db, times),
    views: grantViewStore(db),
    pushed: pushedRequestStore(db),
    devices: deviceCodeStore(db, times),
    sessionClients: sessionClientStore(db),
    authorizations: authorizationStore(db, { codeTtlSeconds, firstTtlSeconds: day, sessionIdleTtlSeconds: config.sessionIdleTtl }),
  }
}
type Stores = ReturnType<typeof storesOf>

/** Live grants in memory, kept true by a look each second at what other nodes revoked. */
const watchGrants = async ({ tenantId, sessionView, log }: ProviderDeps, { views: store }: Stores) => {
  const feed = createChangeFeed({
    read: (seconds) => store.readFeed(tenantId, seconds),
    onSessionEnded: (id) => views.end(id),
    onVersion: () => undefined,
    now: () => performance.now(),
    onError: (err) => log.warn({ err }, 'revocations of other nodes could not be read'),
  })
  const views = createGrantViews({
    load: store.view,
    isInformed: feed.isInformed,
    isSessionLive: async (tenant, sessionId) => (await sessionView(tenant, sessionId)) !== undefined,
  })
  for (const jti of await store.liveRevocations(tenantId)) views.end(jti)
  await feed.poll()
  return { views, stop: feed.stop }
}

/** The tenant's own claims, an operator's setting. */
const mappingsOf =
  ({ settings }: ProviderDeps) =>
  async (tenantId: string): Promise<readonly ClaimMapping[]> =>
    (await settings.get<readonly ClaimMapping[]>(tenantId, 'claims')) ?? []

const organizationsOf = ({ db, organizationRules }: ProviderDeps): Organizations => ({
  memberships: tokenMemberships(db),
  checkPolicy: createPolicyCheck(methods),
  rules: organizationRules.get,
})

const issuerOf = (deps: ProviderDeps, stores: Stores) =>
  createTokenIssuer({
    issuer: deps.issuer,
    ring: deps.keys.ring,
    opaqueKey: deps.config.key('opaque-tokens'),
    subjectKey: deps.config.key('pairwise-subjects'),
    accessTokenTtlSeconds: deps.config.accessTokenTtl,
    administration: administrationOf(deps.config),
    idTokenTtlSeconds,
    nowSeconds,
    findResource: deps.findResource,
    findPerson: stores.views.person,
    mappings: mappingsOf(deps),
    organizations: organizationsOf(deps),
    findAccess: findAccess(deps.db),
    hook: deps.tokenHook,
  })

const offeredOf = (deps: ProviderDeps) => async (tenantId: string, resources: readonly string[]) => {
  const found = await Promise.all(resourcesToFind(resources).map((one) => deps.findResource(tenantId, one)))
  const mappings = await mappingsOf(deps)(tenantId)
  return {
    resourceScopes: found.flatMap((one) => one?.scopes ?? []),
    customScopes: mappings.map(({ scope }) => scope),
    isResource: (identifier: string) => found.some((one) => one?.identifier === identifier),
    scopeOfClaim: scopeOfClaims(mappings),
  }
}

const authorizationOf = (deps: ProviderDeps, stores: Stores, tokens: Provider['tokens']): Provider['authorization'] => ({
  issuer: deps.issuer,
  subjectKey: deps.config.key('pairwise-subjects'),
  findClient: deps.findClient,
  offered: offeredOf(deps),
  readIdTokenHint: (token, clientId) => {
    const hint = readIdTokenHint(deps.keys.ring, deps.issuer, token)
    return hint?.clientId === clientId ? hint.sub : undefined
  },
  demandsSecondFactor: deps.demandsSecondFactor,
  organizations: organizationsOf(deps),
  isAdministrationOver: createIsAdministrationOver({
    times: administrationOf(deps.config),
    lastAdministered: stores.authorizations.lastAdministered,
  }),
  store: stores.authorizations,
  tokens,
  now: systemClock,
})

/** The rows that can no longer be presented go. */
export const providerUpkeep: Upkeep = { task: 'oauth.removal', everySeconds: 600, run: removeExpired }

const limitsOf = (config: Config): Provider['limits'] => ({
  pages: config.limitRequests,
  tokens: config.limitRequests,
  signIn: config.limitSignIn,
  register: config.limitRegister,
  userCodes: config.limitUserCodes,
})

const proofsOf = (deps: ProviderDeps): Pick<Provider, 'authenticate' | 'openRequest'> => {
  const { config, db, findClient, fetch, issuer } = deps
  const remote = createRemoteKeys({
    fetchText: async (url) => {
      const { status, text } = await fetch(url, { accept: 'application/jwk-set+json, application/json' })
      if (status !== 200) throw new Error(`The keys' address answered ${status}.`)
      return text
    },
    now: systemClock,
  })
  const keysOf = clientKeys(remote)
  const sealingKey = config.key('client-secrets')
  return {
    authenticate: clientAuthentication({ issuer, findClient, assertions: assertionStore(db), keysOf, sealingKey, nowSeconds }),
    openRequest: requestObjects({ issuer, fetch, keysOf, nowSeconds }),
  }
}

type DeliveryDeps = Pick<ProviderDeps, 'config' | 'db' | 'findClient' | 'fetch' | 'log'> & {
  readonly findTenant: (tenantId: string) => Promise<{ readonly issuer: string; readonly keys: { readonly ring: KeyRing } } | undefined>
}

/** Delivers the logout tokens of every tenant. */
export const startDeliveries = ({ config, db, findClient, findTenant, fetch, log }: DeliveryDeps): { readonly stop: () => void } =>
  startLogoutDeliveries({
    findSigner: async (tenantId) => {
      const tenant = await findTenant(tenantId)
      return tenant && { issuer: tenant.issuer, ring: tenant.keys.ring }
    },
    subjectKey: config.key('pairwise-subjects'),
    store: sessionClientStore(db),
    findClient,
    fetch,
    nowSeconds,
    onFailure: ({ clientId, attempts }, reason) => log.warn({ clientId, attempts, reason }, 'a logout token was not delivered'),
    onError: (err) => log.warn({ err }, 'logout tokens could not be delivered'),
  })

const readerOf = ({ keys, config, issuer }: ProviderDeps): Provider['reader'] =>
  createAccessTokenReader({ ring: keys.ring, keyVersion: keys.version, opaqueKey: config.key('opaque-tokens'), issuer, nowSeconds })

/** Puts the provider together and starts what runs beside its requests. */
export const openProvider = async (deps: ProviderDeps): Promise<OpenedProvider> => {
  const { config, keys, findClient, issuer } = deps
  const stores = storesOf(deps)
  const refusals = explainRefusals(deps)
  const watch = await watchGrants(deps, stores)
  const tokens = issuerOf(deps, stores)
  const provider: Provider = {
    ...proofsOf(deps),
    ...{ issuer, tokens, stores, ring: keys.ring, views: watch.views, now: systemClock, nowSeconds, limits: limitsOf(config) },
    basePath: new URL(issuer).pathname.replace(/\/$/, ''),
    jar: cookieJar(issuer.startsWith('https:'), deps.cookieSuffix),
    keys: {
      flow: config.key('authorization-flows'),
      form: config.key('form-tokens'),
      refresh: config.key('oauth-refresh-tokens'),
      subject: config.key('pairwise-subjects'),
    },
    authorization: authorizationOf(deps, stores, tokens),
    reader: readerOf(deps),
    findClient,
    findResource: deps.findResource,
    mappings: mappingsOf(deps),
    findAccess: findAccess(deps.db),
    findSessions: deps.findSessions,
    sessionView: deps.sessionView,
    branding: (tenantId) => readBranding(deps.settings, tenantId),
    findLogo: (tenantId) => findTenantLogo(deps.db, tenantId),
    findOrganizationLogo: (tenantId, which) => findOrganizationLogo(tenantId, deps.db, which),
    findClientLogo: deps.logos.find,
    sessionTtlSeconds: config.sessionTtl,
    reused: deps.reused,
    noteRefusedRedirect: noteRefusedRedirects(deps),
    explain: refusals.explain,
  }
  const isLiveToken = async (tenantId: string, token: string) => (await liveToken(provider, tenantId, token)) !== undefined
  const machineOf = async (tenantId: string, token: string, scope: string) => {
    const claims = (await liveToken(provider, tenantId, token))?.claims
    if (claims === undefined || claims.grant_id !== undefined || claims.sid !== undefined || claims.sub !== claims.client_id)
      return undefined
    return claims.scope.split(' ').includes(scope) && [claims.aud].flat().includes(issuer) ? claims.client_id : undefined
  }
  const stop = (): void => {
    for (const one of [refusals, watch]) one.stop()
  }
  return { provider, verifyStatement: statementVerifier(nowSeconds), isLiveToken, machineOf, forget: watch.views.clear, stop }
}

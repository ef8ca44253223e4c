import { accessStore, createAdministratorCheck } from './access/access.ts'
import { accountRoutes as ownRoutes } from './auth-api/account/account.routes.ts'
import { accountStore } from './auth-api/account/account.store.ts'
import { applicationStore } from './auth-api/account/applications.store.ts'
import { avatarStore } from './auth-api/account/avatars.store.ts'
import { personExport } from './auth-api/account/person-export.store.ts'
import { authApiRoutes } from './auth-api/auth-api.routes.ts'
import { createTokens } from './auth-api/tokens.ts'
import { openRegistration, openTenantClients } from './clients/clients.ts'
import { adminRoutes } from './compose-admin.ts'
import { hookCallsOf, loginHooks, tokenHook } from './compose-hooks.ts'
import { impersonationsOf } from './compose-impersonation.ts'
import { keyChangesOf, rotationOf } from './compose-keys.ts'
import { letterRoutes } from './compose-mail.ts'
import { openJoining, organizationRoutesOf } from './compose-organizations.ts'
import { userAdminOf } from './compose-people.ts'
import type { Config } from './config/config.ts'
import type { Logger } from './config/log.ts'
import type { HashPool } from './credentials/password/password.ts'
import { inTransaction } from './db/database.ts'
import { record } from './events/events.store.ts'
import { makeEvent } from './events/events.ts'
import { eventSecrets } from './events/sealing.ts'
import { searchEvents } from './events/search.store.ts'
import { bearerAuthentication } from './http/bearer.ts'
import { idempotencyStore } from './http/idempotency.store.ts'
import type { TenantEdge } from './http/mount.ts'
import type { AnyRoute } from './http/route.ts'
import { consoleRoutes, portalRoutes } from './http/web-apps.routes.ts'
import type { Upkeep } from './jobs/jobs.ts'
import { type LoadedKeys, loadKeys } from './keys/keys.job.ts'
import { jwksRoutes } from './keys/keys.routes.ts'
import { ensureKeys } from './keys/keys.ts'
import { type Doors, demandsSecondFactor, openDoors } from './login/login.ts'
import { oauthRoutes } from './oauth/endpoints/oauth.routes.ts'
import { type OpenedProvider, openProvider, type ProviderDeps } from './oauth/provider.job.ts'
import { webAppShell } from './oauth/web-app-shell.ts'
import { createOrganizationRules, findOwnedAlone, findRules } from './organizations/organizations.ts'
import { assetUrls } from './pages/pages.routes.ts'
import { epochSeconds, systemClock } from './platform/clock.ts'
import { createFailpoint } from './platform/failpoint.ts'
import { jsonBy } from './platform/guarded-fetch/json-by.ts'
import { tokenStore } from './sessions/grants.store.ts'
import type { Places } from './sessions/places.job.ts'
import { watchSessions } from './sessions/sessions.job.ts'
import { endSessionsOf } from './sessions/sessions.store.ts'
import { createAuthenticator, endSession, findBrowserSessions, personSessions, type SessionCache } from './sessions/sessions.ts'
import type { SettingCache } from './settings/settings.ts'
import type { Base } from './tenants/base.job.ts'
import { deletionUpkeep } from './users/deletion.job.ts'
import type { PictureEncoder } from './users/picture-encoder.job.ts'
import { attributeSchemaKey, createProfileAdmin, defaultAttributeSchema } from './users/profile.job.ts'
import type { HookCalls } from './webhooks/hook-calls.job.ts'

/** What all tenants of a process share. */
export type Shared = Pick<Base, 'config' | 'db'> & {
  readonly log: Logger
  readonly hashes: HashPool
  readonly clients: Pick<ProviderDeps, 'findClient' | 'findResource'> & { readonly clear: () => void }
  readonly settings: SettingCache
  readonly fetch: ProviderDeps['fetch']
  readonly reused: ProviderDeps['reused']
  readonly logos: ProviderDeps['logos']
  readonly findPlace: Places['find']
  readonly encodePicture: PictureEncoder
  readonly announceEnd: (tenantId: string, sessionId: string) => void
}

/** A tenant in this process: its keys, live sessions and provider, and its routes. */
export type OpenTenant = {
  readonly tenantId: string
  readonly issuer: string
  readonly keys: LoadedKeys
  readonly sessions: SessionCache
  readonly routes: readonly AnyRoute[]
  readonly edge: TenantEdge
  readonly stop: () => void
}

type Parts = Shared & {
  readonly hooks: HookCalls
  readonly doors: Doors
  readonly tenantId: string
  readonly issuer: string
  readonly keys: LoadedKeys
  readonly sessions: SessionCache
  readonly opened: OpenedProvider
  readonly isRoot: boolean
}

const nowSeconds = (): number => epochSeconds(systemClock)

const providerRoutes = (parts: Parts): readonly AnyRoute[] => {
  const { config, db, tenantId, doors, clients, announceEnd } = parts
  const registration = openRegistration(db, {
    sealingKey: config.key('client-secrets'),
    fetchJson: jsonBy(parts.fetch),
    ensureKey: (algorithm) => ensureKeys(keyChangesOf(parts), rotationOf(parts), [algorithm]).then(parts.keys.reload),
    verifyStatement: parts.opened.verifyStatement,
  })
  return oauthRoutes({
    ...{ doors, provider: parts.opened.provider, assets: assetUrls, failpoint: createFailpoint(config.failpoint) },
    register: { registration, forgetClients: clients.clear, limits: { register: config.limitRegister, manage: config.limitRequests } },
    impersonations: impersonationsOf(parts),
    endSession: (tenant, input) => endSession(tenant, db, input),
    announceEnd: (sessionId) => announceEnd(tenantId, sessionId),
  })
}

const accountRoutes = ({ config, db, issuer, keys, sessions, doors, announceEnd, hooks }: Parts): readonly AnyRoute[] =>
  authApiRoutes({
    ...{ ...doors, failpoint: createFailpoint(config.failpoint) },
    tokens: createTokens({
      access: { ring: keys.ring, issuer, ttlSeconds: config.accessTokenTtl, nowSeconds },
      refreshKey: config.key('refresh-tokens'),
      store: tokenStore(db, { leewaySeconds: config.refreshTokenLeeway, idleTtlSeconds: config.refreshTokenIdleTtl }),
      sessions,
      announceEnd,
      hook: tokenHook(hooks, db),
    }),
    limits: { register: config.limitRegister, signIn: config.limitSignIn, others: config.limitRequests },
  })

/** Deletes, as the command line does, the accounts whose owners asked for it. */
export const accountDeletion = (db: Base['db']): Upkeep =>
  deletionUpkeep((tenantId) =>
    userAdminOf(db, tenantId, {
      via: 'account',
      make: (input) => makeEvent({ ...input, tenantId }),
      guard: async () => undefined,
    }),
  )

const ownAccountRoutes = (parts: Parts): readonly AnyRoute[] => {
  const { config, db, tenantId, issuer, doors, settings, clients, announceEnd, findPlace, encodePicture } = parts
  const secrets = eventSecrets(config.key)
  const readSchema = async (tenant: string): Promise<unknown> => (await settings.get(tenant, attributeSchemaKey)) ?? defaultAttributeSchema
  return ownRoutes({
    ...{ issuer, doors, readSchema, announceEnd, findPlace, encodePicture, findClient: clients.findClient, limit: config.limitRequests },
    account: accountStore(db),
    ownedAlone: (tenant, userId) => findOwnedAlone(tenant, db, userId),
    avatars: avatarStore(db),
    sessions: personSessions(db),
    applications: applicationStore(db),
    changeProfile: createProfileAdmin({ db, tenantId, record, readSchema: () => readSchema(tenantId) }).change,
    searchEvents: (tenant, search) => searchEvents(tenant, { sql: db, secrets }, search),
    exportPerson: personExport(db, secrets),
    cursorKey: config.key('activity-cursors'),
  })
}

const missingOf =
  ({ stepUp }: Doors): TenantEdge['missing'] =>
  async ({ tenantId, userId, sessionId }) => {
    const { isFresh, maxAgeSeconds, acr } = await stepUp(tenantId, { userId, sessionId })
    return isFresh ? undefined : { maxAgeSeconds, acr }
  }

const authenticatorOf = ({ tenantId, issuer, keys: { ring, version }, sessions, opened }: Parts, scope: 'account' | 'admin') =>
  createAuthenticator({ tenantId, tokens: { ring, issuer, nowSeconds }, sessions, scope, keyVersion: version, isLive: opened.isLiveToken })

const administratorOf = (parts: Parts): TenantEdge['administrator'] => {
  const { tenantId, db, opened } = parts
  const machineOf = (token: string) => opened.machineOf(tenantId, token, 'admin')
  return bearerAuthentication(
    createAdministratorCheck({ tenantId, access: accessStore(db), personOf: authenticatorOf(parts, 'admin'), machineOf }),
  )
}

const adminRoutesOf = (parts: Parts): readonly AnyRoute[] => {
  const { clients, fetch } = parts
  return adminRoutes({ ...parts, issuerOf: (slug) => issuerOf(parts.config, slug), forgetClients: clients.clear, fetchJson: jsonBy(fetch) })
}

const webAppRoutesOf = ({ issuer, opened: { provider } }: Parts): readonly AnyRoute[] => [
  ...portalRoutes({ issuer, readShell: webAppShell('account', provider) }),
  ...consoleRoutes({ issuer, readShell: webAppShell('console', provider) }),
]

const edgeOf = (parts: Parts, routes: readonly AnyRoute[]): TenantEdge => ({
  tenantId: parts.tenantId,
  authenticate: bearerAuthentication(authenticatorOf(parts, 'account')),
  administrator: administratorOf(parts),
  missing: missingOf(parts.doors),
  idempotency: idempotencyStore(parts.tenantId, parts.db, parts.config.key('kept-answers')),
  routeOf: routeFinder(routes),
})

const routeFinder = (routes: readonly AnyRoute[]): TenantEdge['routeOf'] => {
  const nameOf = ({ method, path }: AnyRoute): string => `${method} ${path}`
  const known = new Map(routes.map((one) => [nameOf(one), one]))
  return (route) => known.get(nameOf(route))
}

/** The issuer of a tenant: the origin for the one at the root, a path below it for the others. */
export const issuerOf = ({ publicUrl }: Config, slug: string): string => (slug === 'default' ? publicUrl : `${publicUrl}/t/${slug}`)

/** What the checkpoints of a tenant's audit tree are called (C2SP tlog-checkpoint): its issuer without a scheme. */
export const auditOrigin = (config: Config, slug: string): string => `${issuerOf(config, slug).replace(/^https?:\/\//, '')}/audit`

/** Opens a tenant: loads what it keeps in memory, follows what other nodes change, and builds its routes. */
export const openTenant = async (shared: Shared, { id: tenantId, slug }: { id: string; slug: string }): Promise<OpenTenant> => {
  const { config, db, log, clients, settings, fetch, reused, logos } = shared
  const at = { config, db, tenantId }
  await ensureKeys(keyChangesOf(at), rotationOf(at))
  const keys = await loadKeys(db, rotationOf(at))
  const changes: Record<string, () => Promise<void> | void> = { keys: keys.reload, clients: clients.clear, settings: settings.clear }
  const onError = (err: unknown) => log.warn({ err }, 'changes of other nodes could not be read')
  const watch = await watchSessions({ db, tenantId, onChanged: (kind) => changes[kind]?.(), onError })
  const joining = await openJoining(db, tenantId)
  changes['domains'] = joining.reload
  const organizationRules = createOrganizationRules((tenant, named) => findRules(tenant, db, named))
  changes['organizations'] = organizationRules.clear
  const issuer = issuerOf(config, slug)
  const findClient = await openTenantClients(db, { tenantId, issuer, findClient: clients.findClient })
  const hooks = hookCallsOf({ config, db, log, settings, fetch })
  const opened = await openProvider({
    ...{ config, db, tenantId, issuer, keys, log, fetch, reused, logos, settings, organizationRules },
    record: (...events) => inTransaction(db, { isIdempotent: false }, (tx) => record(tx, ...events)),
    cookieSuffix: slug === 'default' ? '' : `-${slug}`,
    demandsSecondFactor: demandsSecondFactor(settings.get),
    tokenHook: tokenHook(hooks, db),
    findClient,
    findResource: clients.findResource,
    findSessions: (tenant, ids) => findBrowserSessions(tenant, db, ids),
    sessionView: watch.sessions.get,
  })
  changes['users'] = opened.forget
  const doors = openDoors({
    config,
    db,
    issuer,
    hashes: shared.hashes,
    readSetting: settings.get,
    endSessions: endSessionsOf,
    hooks: loginHooks(hooks, db, joining.afterSignIn),
  })
  const parts: Parts = { ...shared, hooks, doors, tenantId, issuer, keys, sessions: watch.sessions, opened, isRoot: slug === 'default' }
  const apis = [...accountRoutes(parts), ...ownAccountRoutes(parts), ...adminRoutesOf(parts), ...organizationRoutesOf(parts)]
  const own = [...apis, ...webAppRoutesOf(parts), ...letterRoutes(parts)]
  const routes = [...own, ...providerRoutes(parts), ...jwksRoutes(keys.ring)]
  return {
    ...{ tenantId, issuer, keys, sessions: watch.sessions, routes },
    edge: edgeOf(parts, routes),
    stop: () => {
      opened.stop()
      watch.stop()
    },
  }
}

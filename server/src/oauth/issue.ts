import type { FindAccess } from '../access/access.ts'
import type { ApiResource, Client } from '../clients/clients.ts'
import { type Algorithm, type KeyRing, signJwt } from '../keys/keys.ts'
import { newId } from '../platform/ids.ts'
import { printOpaqueToken } from './access-tokens.ts'
import { type AdministrationTimes, administrationSecondsLeft } from './administration.ts'
import type { ClaimsOfPlace } from './core/authorize/claims-parameter.ts'
import { OAuthError } from './core/errors.ts'
import type { Issue } from './core/grants/grant.ts'
import type { GrantFacts } from './core/ports.ts'
import { accessTokenClaims } from './core/tokens/access-token.ts'
import { type ClaimMapping, selectClaims, wantsAccess } from './core/tokens/claims.ts'
import { idTokenClaims } from './core/tokens/id-token.ts'
import { halfHash } from './half-hash.ts'
import { admit, type Organizations, signInOf } from './organization-request.ts'
import { subjectOf } from './subject.ts'
import type { TokenHook } from './token-hook.ts'

/** The answer of the token endpoint (RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3). */
export type TokenResponse = {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  /** Absent where there is none: the grammar has no empty scope (RFC 6749 section 3.3). */
  readonly scope?: string
  readonly refresh_token?: string
  readonly id_token?: string
}

export type IssuerDeps = {
  readonly issuer: string
  readonly ring: KeyRing
  readonly opaqueKey: Uint8Array
  readonly subjectKey: Uint8Array
  readonly accessTokenTtlSeconds: number
  readonly administration: AdministrationTimes
  readonly idTokenTtlSeconds: number
  readonly nowSeconds: () => number
  readonly findResource: (tenantId: string, identifier: string) => Promise<ApiResource | undefined>
  readonly findPerson: (tenantId: string, userId: string) => Promise<Readonly<Record<string, unknown>> | undefined>
  readonly mappings: (tenantId: string) => Promise<readonly ClaimMapping[]>
  readonly organizations: Pick<Organizations, 'memberships' | 'checkPolicy'>
  readonly findAccess: FindAccess
  readonly hook?: TokenHook | undefined
}

type Claims = Readonly<Record<string, unknown>>
/** What a hook adds to the tokens of one answer. */
export type Added = { readonly claims: Claims; readonly idTokenClaims: Claims }

type Shape = { readonly ttlSeconds: number; readonly algorithm: Algorithm; readonly isOpaque: boolean }

/** How tokens for these APIs are made; one token cannot be of two kinds. */
const shapeOf = (resources: readonly ApiResource[], fallbackTtl: number): Shape => {
  const [first] = resources
  if (first === undefined) return { ttlSeconds: fallbackTtl, algorithm: 'ES256', isOpaque: false }
  const isMixed = resources.some((one) => one.tokenFormat !== first.tokenFormat || one.signingAlgorithm !== first.signingAlgorithm)
  if (isMixed) throw new OAuthError('invalid_target', 'These APIs take tokens of different kinds. Ask for one token for each.')
  const ttls = resources.map(({ accessTokenTtlSeconds }) => accessTokenTtlSeconds ?? fallbackTtl)
  return { ttlSeconds: Math.min(...ttls), algorithm: first.signingAlgorithm, isOpaque: first.tokenFormat === 'opaque' }
}

const loadResources = async (deps: IssuerDeps, tenantId: string, identifiers: readonly string[]): Promise<readonly ApiResource[]> => {
  if (identifiers.length === 0) return []
  const found = await Promise.all(identifiers.map((one) => deps.findResource(tenantId, one)))
  return found.map((one) => {
    if (one === undefined) throw new OAuthError('invalid_target', 'One of the APIs is not registered any more.')
    return one
  })
}

/** The APIs of a request; without one, and for the user info endpoint, the issuer itself is the audience (RFC 9068 section 3). */
const audienceOf = (issuer: string, { resources, scope }: Pick<Issue, 'resources' | 'scope'>): readonly string[] =>
  resources.length === 0 ? [issuer] : [...resources, ...(scope.includes('openid') ? [issuer] : [])]

export type AccessToken = { readonly token: string; readonly ttlSeconds: number }
export type Asking = Pick<Issue, 'grant' | 'scope' | 'resources'>
export type TokenIssuer = {
  /** Whether the tenant has a hook that is asked before tokens are made. */
  readonly hasHook: (tenantId: string) => Promise<boolean>
  /** Asks the hook of the tenant, before anything is made; throws where it refuses. */
  readonly ask: (tenantId: string, client: Client, issue: Asking) => Promise<Added>
  readonly accessToken: (tenantId: string, client: Client, issue: Asking & { readonly added: Added }) => Promise<AccessToken>
  readonly idToken: (tenantId: string, client: Client, input: IdTokenRequest) => Promise<string>
  /** `added` where the hook was asked already. */
  readonly respond: (tenantId: string, client: Client, issue: Issue & { readonly added?: Added | undefined }) => Promise<TokenResponse>
}
export type IdTokenRequest = {
  readonly grant: GrantFacts
  readonly nonce: string | undefined
  readonly accessToken?: string | undefined
  readonly code?: string | undefined
  /** Scopes whose claims go into the ID token, where no access token will fetch them (OpenID Connect Core section 5.4). */
  readonly claimScopes: readonly string[]
  /** What is granted with it: the organization that it is for. */
  readonly scope: readonly string[]
  readonly added: Added
}

const nothing: Added = { claims: {}, idTokenClaims: {} }

const askHook = async ({ hook }: IssuerDeps, tenantId: string, { client, issue }: { client: Client; issue: Asking }): Promise<Added> => {
  if (hook === undefined) return nothing
  const { grant, scope, resources } = issue
  const who = { user_id: grant?.userId ?? null, session_id: grant?.sessionId ?? null, acr: grant?.acr ?? null, amr: grant?.amr ?? [] }
  const verdict = await hook.ask(tenantId, { client_id: client.id, ...who, scope, resources })
  if (verdict.kind === 'stop')
    throw new OAuthError(grant === undefined ? 'unauthorized_client' : 'invalid_grant', verdict.sentence, 'The hook before_token refused.')
  return verdict
}

type OfOrganization = { readonly claims: Claims; readonly secondsLeft: number }
const ofNone: OfOrganization = { claims: {}, secondsLeft: Number.POSITIVE_INFINITY }

// Read for every token: who is no member any more, or whose sign-in is not enough any more, gets none.
const forOrganization = async (
  deps: IssuerDeps,
  tenantId: string,
  { grant, scope }: { grant: GrantFacts | undefined; scope: readonly string[] },
): Promise<OfOrganization> => {
  if (grant === undefined) return ofNone
  const now = deps.nowSeconds()
  const admission = await admit(deps.organizations, { tenantId, scope, now: now * 1000 }, signInOf(grant))
  if (admission.kind === 'unbound') return ofNone
  if (admission.kind === 'foreign')
    throw new OAuthError('invalid_grant', 'The person is no member of the organization any more, or it is suspended.')
  if (admission.kind === 'weak')
    throw new OAuthError(
      'invalid_grant',
      'The organization demands another sign-in than the one behind this grant. Send the person to it again.',
    )
  const { roles, id, slug, name, policy } = admission.membership
  const { sessionSeconds } = policy
  // A token that an API verifies by itself ends when the sign-in behind it is too old.
  const secondsLeft = sessionSeconds === null ? ofNone.secondsLeft : Math.max(1, grant.authTime + sessionSeconds - now)
  return { claims: { organization: { id, slug, name }, organization_roles: roles }, secondsLeft }
}

const actorOf = ({ subjectKey }: IssuerDeps, client: Client, { impersonatorId }: GrantFacts): string | undefined =>
  impersonatorId === undefined ? undefined : subjectOf(subjectKey, client, impersonatorId)

// An API must not take the sign-in of an administrator who acts for the person as the person's own.
const standingOf = (grant: GrantFacts | undefined) =>
  grant?.impersonatorId === undefined ? { authTime: grant?.authTime, acr: grant?.acr } : { authTime: undefined, acr: undefined }

const personalClaims = async (deps: IssuerDeps, tenantId: string, request: IdTokenRequest): Promise<Readonly<Record<string, unknown>>> => {
  const requested: ClaimsOfPlace = request.grant.claims?.idToken ?? {}
  if (request.claimScopes.length === 0 && Object.keys(requested).length === 0) return {}
  const person = await deps.findPerson(tenantId, request.grant.userId)
  const selection = { scope: request.claimScopes, requested, mappings: await deps.mappings(tenantId) }
  const access = wantsAccess(selection) ? await deps.findAccess(tenantId, { userId: request.grant.userId }) : undefined
  return selectClaims(person ?? {}, selection, access)
}

// What the APIs of a token ask to be told, read for every token: a role that was taken is in no new one.
const accessClaimsFor = async (
  deps: IssuerDeps,
  tenantId: string,
  { resources, grant, client }: { resources: readonly ApiResource[]; grant: GrantFacts | undefined; client: Client },
): Promise<Readonly<Record<string, unknown>>> => {
  const names = new Set(resources.flatMap(({ accessClaims }) => accessClaims))
  if (names.size === 0) return {}
  const access = await deps.findAccess(tenantId, grant === undefined ? { clientId: client.id } : { userId: grant.userId })
  return Object.fromEntries([...names].map((name) => [name, access[name]]))
}

const makeIdToken = async (deps: IssuerDeps, tenantId: string, { client, request }: { client: Client; request: IdTokenRequest }) => {
  const { grant, nonce, accessToken, code } = request
  const signer = deps.ring.signer(client.idTokenSignedResponseAlg)
  const claims = idTokenClaims({
    issuer: deps.issuer,
    sub: subjectOf(deps.subjectKey, client, grant.userId),
    clientId: client.id,
    now: deps.nowSeconds(),
    ttlSeconds: deps.idTokenTtlSeconds,
    nonce,
    authTime: grant.authTime,
    acr: grant.acr,
    amr: grant.amr,
    sid: grant.sessionId,
    actor: actorOf(deps, client, grant),
    accessToken,
    code,
    claims: {
      ...request.added.idTokenClaims,
      ...(await personalClaims(deps, tenantId, request)),
      ...(await forOrganization(deps, tenantId, request)).claims,
    },
    halfHash: halfHash(client.idTokenSignedResponseAlg),
  })
  return signJwt(signer, { typ: 'JWT' }, claims)
}

const makeAccessToken = async (
  deps: IssuerDeps,
  tenantId: string,
  { client, issue }: { client: Client; issue: Asking & { readonly added: Added } },
): Promise<AccessToken> => {
  const resources = await loadResources(deps, tenantId, issue.resources)
  const { algorithm, isOpaque, ...shape } = shapeOf(resources, deps.accessTokenTtlSeconds)
  const organization = await forOrganization(deps, tenantId, issue)
  const administrationLeft = administrationSecondsLeft(deps.administration, issue, deps.nowSeconds())
  const ttlSeconds = Math.min(shape.ttlSeconds, organization.secondsLeft, administrationLeft)
  const claims = accessTokenClaims({
    issuer: deps.issuer,
    sub: issue.grant === undefined ? client.id : subjectOf(deps.subjectKey, client, issue.grant.userId),
    clientId: client.id,
    audience: audienceOf(deps.issuer, issue),
    now: deps.nowSeconds(),
    ttlSeconds,
    jti: newId(),
    scope: issue.scope,
    sid: issue.grant?.sessionId,
    grantId: issue.grant?.grantId,
    actor: issue.grant && actorOf(deps, client, issue.grant),
    ...standingOf(issue.grant),
    claims: {
      ...issue.added.claims,
      ...(await accessClaimsFor(deps, tenantId, { resources, grant: issue.grant, client })),
      ...organization.claims,
    },
  })
  const token = isOpaque
    ? printOpaqueToken(deps.opaqueKey, deps.issuer, claims)
    : signJwt(deps.ring.signer(algorithm), { typ: 'at+jwt' }, claims)
  return { token, ttlSeconds }
}

/** Makes the tokens of one issuer. */
export const createTokenIssuer = (deps: IssuerDeps): TokenIssuer => {
  const accessToken: TokenIssuer['accessToken'] = (tenantId, client, issue) => makeAccessToken(deps, tenantId, { client, issue })
  const idToken: TokenIssuer['idToken'] = (tenantId, client, request) => makeIdToken(deps, tenantId, { client, request })
  return {
    accessToken,
    idToken,
    hasHook: async (tenantId) => (await deps.hook?.isSet(tenantId)) === true,
    ask: (tenantId, client, issue) => askHook(deps, tenantId, { client, issue }),
    respond: async (tenantId, client, issue) => {
      const added = issue.added ?? (await askHook(deps, tenantId, { client, issue }))
      const { token, ttlSeconds } = await accessToken(tenantId, client, { ...issue, added })
      const { grant, nonce, refreshToken } = issue
      const isIdentified = grant !== undefined && issue.hasIdToken
      const id_token = isIdentified
        ? await idToken(tenantId, client, { grant, nonce, accessToken: token, claimScopes: [], scope: issue.scope, added })
        : undefined
      return {
        access_token: token,
        token_type: 'Bearer',
        expires_in: ttlSeconds,
        ...(issue.scope.length === 0 ? {} : { scope: issue.scope.join(' ') }),
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
        ...(id_token === undefined ? {} : { id_token }),
      }
    },
  }
}

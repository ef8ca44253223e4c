import type { FindAccess } from '../access/access.ts'
import type { ApiResource, Client } from '../clients/clients.ts'
import type { EventMaker } from '../events/events.ts'
import type { KeyRing } from '../keys/keys.ts'
import type { Branding } from '../pages/brand/branding.ts'
import type { CookieJar } from '../platform/cookies.ts'
import type { FoundSession, SessionView } from '../sessions/sessions.ts'
import type { StoredLogo } from '../settings/settings.ts'
import type { AccessTokenReader } from './access-tokens.ts'
import type { AuthorizationDeps } from './authorization.ts'
import type { ClientLogos } from './client-logos.ts'
import type { OAuthError } from './core/errors.ts'
import type { ClaimMapping } from './core/tokens/claims.ts'
import type { GrantViews } from './grant-views.ts'
import type { TokenIssuer } from './issue.ts'
import type { RefusedRedirect } from './refused-redirects.ts'
import type { RefusedRequest } from './refused-requests.ts'
import type { ReusedValues } from './reused-values.ts'
import type { DeviceCodeStore } from './store/device-codes.store.ts'
import type { GrantViewStore } from './store/grant-views.store.ts'
import type { GrantStore } from './store/grants.store.ts'
import type { PushedRequestStore } from './store/pushed-requests.store.ts'
import type { SessionClientStore } from './store/session-clients.store.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** The request object behind `request` or `request_uri` as parameters, or the error that it deserves (RFC 9101 section 6). */
export type OpenedRequest =
  | {
      readonly kind: 'opened'
      readonly parameters: ReadonlyMap<string, string>
      readonly resources: readonly string[]
      readonly isSigned: boolean
    }
  | { readonly kind: 'refused'; readonly error: OAuthError }

/** The keys of one purpose each, derived from the installation's secret. */
export type ProviderKeys = {
  readonly flow: Uint8Array
  readonly form: Uint8Array
  readonly refresh: Uint8Array
  readonly subject: Uint8Array
}

/** `events` where it is not told by another event. */
export type Explained = { readonly requestId: string | undefined; readonly events?: Pick<EventMaker, 'make'> | undefined }

/** Everything that the endpoints of the provider share. */
export type Provider = {
  readonly issuer: string
  /** What stands before the path of every page of this tenant: the path of its issuer. */
  readonly basePath: string
  readonly jar: CookieJar
  readonly keys: ProviderKeys
  readonly ring: KeyRing
  readonly authorization: AuthorizationDeps
  readonly tokens: TokenIssuer
  readonly reader: AccessTokenReader
  readonly views: GrantViews
  readonly findClient: (tenantId: string, clientId: string) => Promise<Client | undefined>
  readonly findResource: (tenantId: string, identifier: string) => Promise<ApiResource | undefined>
  readonly findAccess: FindAccess
  readonly mappings: (tenantId: string) => Promise<readonly ClaimMapping[]>
  /** The client that the request proves to come from; throws `OAuthError` invalid_client or invalid_request. */
  readonly authenticate: (tenantId: string, request: { headers: Headers; parameters: ReadonlyMap<string, string> }) => Promise<Client>
  readonly openRequest: (tenantId: string, client: Client, given: { jwt?: string; uri?: string }) => Promise<OpenedRequest>
  readonly findSessions: (tenantId: string, ids: readonly string[]) => Promise<readonly FoundSession[]>
  readonly sessionView: (tenantId: string, sessionId: string) => Promise<SessionView | undefined>
  readonly stores: {
    readonly grants: GrantStore
    readonly views: GrantViewStore
    readonly pushed: PushedRequestStore
    readonly devices: DeviceCodeStore
    readonly sessionClients: SessionClientStore
  }
  /** How the tenant's pages look, from memory; undefined where nobody has decided. */
  readonly branding: (tenantId: string) => Promise<Branding | undefined>
  readonly findLogo: (tenantId: string) => Promise<StoredLogo | undefined>
  /** The picture of an organization by its hash. */
  readonly findOrganizationLogo: (
    tenantId: string,
    which: { readonly organizationId: string; readonly hash: string },
  ) => Promise<{ readonly mediaType: string; readonly bytes: Buffer } | undefined>
  /** The picture at the address of an application's logo. */
  readonly findClientLogo: ClientLogos['find']
  readonly sessionTtlSeconds: number
  readonly now: () => number
  readonly nowSeconds: () => number
  /** Which rule refused a request, for the developer: to the log, and as an event of the request, so many in an hour. */
  readonly explain: (request: Explained, refusal: RefusedRequest) => void
  /** Records the address that an application sent and that is not registered for it; false where that was told a short while ago. */
  readonly noteRefusedRedirect: (events: Pick<EventMaker, 'make'>, refused: RefusedRedirect) => Promise<boolean>
  /** Notices values that a client should make anew for each authorization request and does not. */
  readonly reused: ReusedValues
  readonly limits: {
    readonly pages: number
    readonly tokens: number
    readonly signIn: number
    readonly register: number
    readonly userCodes: number
  }
}

import type { Static, TSchema } from 'typebox'
import type { EventMaker, EventType, Origin } from '../events/events.ts'

/** Who is behind a bearer token or a session. */
export type Actor = {
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
  readonly clientId: string
  readonly scope: string
  /** The administrator who acts in the name of the person, and until when in milliseconds since 1970. */
  readonly acting?: { readonly id: string; readonly name: string | null; readonly until: number } | undefined
}

/**
 * Who administers: a person signed in to the console, a personal access token, or an application that acts for itself; with what that allows.
 * `userId` and `sessionId` where a person stands behind it.
 */
export type Administrator = {
  readonly tenantId: string
  readonly kind: 'user' | 'token' | 'client'
  readonly id: string
  readonly userId: string | undefined
  readonly sessionId: string | undefined
  readonly permissions: ReadonlySet<string>
}

type PublicAuth = { readonly kind: 'public'; readonly why: string }
/** `isFresh`: the person has to have signed in a short while ago, with all that guards the account (RFC 9470). */
type SignedInAuth = { readonly kind: 'signed-in'; readonly isFresh?: true }
/** Decided by the handler, in the words of its own protocol: an OAuth client, an access token, the cookie of a browser session. */
type ProtocolAuth = { readonly kind: 'client' | 'access-token' | 'browser'; readonly why: string }
/** `isFresh`: a person who is signed in must have done so a short while ago. */
type PermissionAuth = { readonly kind: 'permission'; readonly permission: string; readonly isFresh?: true }
/** Whoever has a token for the admin API, whatever it allows. */
type AdministratorAuth = { readonly kind: 'administrator'; readonly why: string }
export type Auth = PublicAuth | SignedInAuth | PermissionAuth | AdministratorAuth | ProtocolAuth

export const publicRoute = <const W extends string>(why: W) => ({ kind: 'public', why }) as const
export const signedIn = { kind: 'signed-in' } as const
export const freshlySignedIn = { kind: 'signed-in', isFresh: true } as const
/** Whoever holds the permission. */
export const permission = <const P extends string>(name: P) => ({ kind: 'permission', permission: name }) as const
/** The same for what cannot be undone or opens doors: a person has to have signed in a short while ago. */
export const freshPermission = <const P extends string>(name: P) => ({ kind: 'permission', permission: name, isFresh: true }) as const
/** Whoever has a token for the admin API, with any permission or none. */
export const administratorAuth = <const W extends string>(why: W) => ({ kind: 'administrator', why }) as const
export const clientAuth = { kind: 'client', why: 'client authentication (RFC 6749 section 2.3)' } as const
export const accessTokenAuth = <const W extends string>(why: W) => ({ kind: 'access-token', why }) as const
export const browserAuth = <const W extends string>(why: W) => ({ kind: 'browser', why }) as const

/** At most `max` requests in `seconds` for each network (/24, /64) or each signed-in user. */
export type Limit = { readonly by: 'address' | 'actor'; readonly max: number; readonly seconds: number }
export const unlimited = <const W extends string>(why: W) => ({ by: 'nobody', why }) as const
type Unlimited = { readonly by: 'nobody'; readonly why: string }

export const isLimited = (limit: Limit | Unlimited): limit is Limit => limit.by !== 'nobody'

/** Which events a success must have made, or why there are none. */
export type Audit = { readonly event: EventType | readonly EventType[] } | { readonly none: string }

/**
 * `body` and `form` are validated by a schema (422). `raw` hands over what was sent: an OAuth endpoint refuses in the words of its own specification.
 * `json` hands over any JSON value, undefined where there is none. `bytes` hands over the bytes of an image, undefined where there are none.
 */
export type RequestSchemas = {
  readonly body?: TSchema
  readonly form?: TSchema
  readonly raw?: TSchema
  readonly json?: TSchema
  readonly bytes?: TSchema
  /** The query, beside any body: an object of texts, whole numbers, booleans and arrays of texts. */
  readonly query?: TSchema
}

/** What came with a request, undecoded: the query without its question mark; the form where the body is one; the media type that was named. */
export type RawRequest = { readonly query: string; readonly form: string | undefined; readonly mediaType: string | undefined }
export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>
export type Responses = { readonly [status: number]: TSchema }

type BodyOf<Q extends RequestSchemas> = Q extends { body: infer B extends TSchema }
  ? Static<B>
  : Q extends { form: infer F extends TSchema }
    ? Static<F>
    : Q extends { raw: TSchema }
      ? RawRequest
      : Q extends { json: TSchema }
        ? unknown
        : Q extends { bytes: TSchema }
          ? Uint8Array | undefined
          : undefined
type ActorOf<A extends Auth> = A extends SignedInAuth ? Actor : A extends PermissionAuth | AdministratorAuth ? Administrator : undefined
type QueryOf<Q extends RequestSchemas> = Q extends { query: infer S extends TSchema } ? Static<S> : undefined

export type Reply<R extends Responses> = {
  [S in keyof R & number]: { readonly status: S; readonly body: Static<R[S]>; readonly headers?: ReplyHeaders }
}[keyof R & number]

export type Context<A extends Auth, Q extends RequestSchemas> = {
  readonly tenantId: string
  readonly actor: ActorOf<A>
  readonly body: BodyOf<Q>
  readonly query: QueryOf<Q>
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly method: string
  /** The named parts of the path. */
  readonly params: Readonly<Record<string, string>>
  readonly origin: Origin & { readonly ip: string }
  /** Builds events of this request, to be written in the transaction of the change; `mount` checks that a declared one was built. */
  readonly events: EventMaker
}

export type Route<A extends Auth = Auth, Q extends RequestSchemas = RequestSchemas, R extends Responses = Responses> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly tag: string
  readonly auth: A
  readonly limit: Limit | Unlimited
  readonly audit: Audit
  /** Answers carry credentials: no cache may keep them. */
  readonly isCredential?: boolean
  /** Who may read the answer from a page of another origin: the configured origins (absent), anybody without credentials, or nobody. */
  readonly cors?: 'any' | 'never'
  /** A retry with the same `Idempotency-Key` gets the answer of the first. */
  readonly isIdempotent?: true
  /** The largest body that is read, in bytes, where it is another one than 64 KiB. */
  readonly bodyBytesMax?: number
  /** The shape of refusals: `{detail}` (absent), RFC 6749 section 5.2, a page, or problem details (RFC 9457). */
  readonly failure?: FailureShape
  readonly request?: Q
  readonly responses: R
  readonly handle: (context: Context<A, Q>) => Promise<Reply<NoInfer<R>>> | Reply<NoInfer<R>>
}

export type FailureShape = 'oauth' | 'page' | 'problem'

/** An endpoint whose policy is complete: without auth, limit and audit it does not compile. */
export const route = <A extends Auth, R extends Responses, Q extends RequestSchemas = Record<never, never>>(
  definition: Route<A, Q, R>,
): AnyRoute => definition as unknown as AnyRoute

export type AnyRoute = Omit<Route, 'handle'> & {
  readonly handle: (context: Context<Auth, RequestSchemas>) => Promise<AnyReply> | AnyReply
}
export type AnyReply = { readonly status: number; readonly body: unknown; readonly headers?: ReplyHeaders }

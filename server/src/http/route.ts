import type { Static, TSchema } from 'typebox'
import type { EventMaker, EventType, Origin } from '../events/events.ts'

/** Who is behind a bearer token or a session. */
export type Actor = {
  readonly tenantId: string
  readonly userId: string
  readonly sessionId: string
  readonly clientId: string
  readonly scope: string
}

type PublicAuth = { readonly kind: 'public'; readonly why: string }
type SignedInAuth = { readonly kind: 'signed-in' }
export type Auth = PublicAuth | SignedInAuth

export const publicRoute = <const W extends string>(why: W) => ({ kind: 'public', why }) as const
export const signedIn = { kind: 'signed-in' } as const

/** At most `max` requests in `seconds` for each network (/24, /64) or each signed-in user. */
export type Limit = { readonly by: 'address' | 'actor'; readonly max: number; readonly seconds: number }
export const unlimited = <const W extends string>(why: W) => ({ by: 'nobody', why }) as const
type Unlimited = { readonly by: 'nobody'; readonly why: string }

export const isLimited = (limit: Limit | Unlimited): limit is Limit => limit.by !== 'nobody'

/** Which events a success must have made, or why there are none. */
export type Audit = { readonly event: EventType | readonly EventType[] } | { readonly none: string }

export type RequestSchemas = { readonly body?: TSchema; readonly form?: TSchema }
export type Responses = { readonly [status: number]: TSchema }

type BodyOf<Q extends RequestSchemas> = Q extends { body: infer B extends TSchema }
  ? Static<B>
  : Q extends { form: infer F extends TSchema }
    ? Static<F>
    : undefined
type ActorOf<A extends Auth> = A extends SignedInAuth ? Actor : undefined

export type Reply<R extends Responses> = {
  [S in keyof R & number]: { readonly status: S; readonly body: Static<R[S]>; readonly headers?: Readonly<Record<string, string>> }
}[keyof R & number]

export type Context<A extends Auth, Q extends RequestSchemas> = {
  readonly tenantId: string
  readonly actor: ActorOf<A>
  readonly body: BodyOf<Q>
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
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
  readonly request?: Q
  readonly responses: R
  readonly handle: (context: Context<A, Q>) => Promise<Reply<NoInfer<R>>> | Reply<NoInfer<R>>
}

/** An endpoint whose policy is complete: without auth, limit and audit it does not compile. */
export const route = <A extends Auth, R extends Responses, Q extends RequestSchemas = Record<never, never>>(
  definition: Route<A, Q, R>,
): AnyRoute => definition as unknown as AnyRoute

export type AnyRoute = Omit<Route, 'handle'> & {
  readonly handle: (context: Context<Auth, RequestSchemas>) => Promise<AnyReply> | AnyReply
}
export type AnyReply = { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

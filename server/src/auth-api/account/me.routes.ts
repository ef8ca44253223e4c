import type { Actor } from '../../http/route.ts'
import { type AnyRoute, route, signedIn } from '../../http/route.ts'
import type { AccountDeps } from './account.ts'
import { ownAccount, perActor, shared } from './replies.routes.ts'
import { Me } from './schemas.ts'

const instant = (date: Date | null): string | null => date?.toISOString() ?? null

/** Attributes that the account answers itself, and those that only a proof may set: nobody sets them for themselves (attack case K-05). */
export const ownedAttributes: ReadonlySet<string> = new Set([
  'sub',
  'preferred_username',
  'email',
  'email_verified',
  'phone_number',
  'phone_number_verified',
  'updated_at',
])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const without = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([name]) => !ownedAttributes.has(name))) : value

/** The schema as far as its owner can fill it in. */
const settable = (schema: unknown): unknown => {
  if (!isObject(schema)) return schema
  const { dependentRequired, properties, ...rest } = schema
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: without(properties) }),
    ...(dependentRequired === undefined ? {} : { dependentRequired: without(dependentRequired) }),
  }
}

export const avatarUrl = (issuer: string, userId: string, hash: string): string => `${issuer}/account/v1/avatar/${userId}/${hash}`

/** The account as its owner sees it. */
export const me = async (deps: AccountDeps, actor: Actor) => {
  const { tenantId, userId, sessionId, acting } = actor
  const [own, standing, schema] = await Promise.all([
    ownAccount(deps, actor),
    deps.doors.stepUp(tenantId, { sessionId, userId }),
    deps.readSchema(tenantId),
  ])
  const { avatar, attributes, created_at, deletion_due_at, number, username, email, email_verified, phone, phone_verified, language } = own
  return {
    id: userId,
    ...{ number, username, email, email_verified, phone, phone_verified, language },
    avatar_url: avatar === null ? null : avatarUrl(deps.issuer, userId, avatar),
    attributes: { ...attributes },
    attribute_schema: settable(schema),
    created_at: created_at.toISOString(),
    deletion_due_at: instant(deletion_due_at),
    reauthenticated: standing.isFresh,
    second_factor: standing.hasSecondFactor,
    session_id: sessionId,
    acting: acting === undefined ? null : { by: acting.name, until: new Date(acting.until).toISOString() },
  }
}

export const meRoute = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: '/account/v1/me',
    summary: 'The account of who is signed in',
    auth: signedIn,
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Me },
    handle: async ({ actor }) => ({ status: 200, body: await me(deps, actor) }),
  })

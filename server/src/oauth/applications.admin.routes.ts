import { Type } from 'typebox'
import type { Tx } from '../db/database.ts'
import type { EventMaker, EventRow } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'

type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

type Application = {
  readonly client_id: string
  readonly name: string | null
  readonly scopes: readonly string[]
  readonly granted_at: Date
  readonly last_used_at: Date | null
}

export type ApplicationRoutesDeps = {
  readonly limit: number
  readonly exists: (userId: string) => Promise<boolean>
  readonly list: (userId: string) => Promise<readonly Application[]>
  /** Takes back the consent and ends the grants, in one transaction with the guard; false where there was neither. */
  readonly remove: (input: { userId: string; clientId: string; event: EventRow; guard: (tx: Tx) => Promise<void> }) => Promise<boolean>
  readonly guardBy: (acting: Acting) => (tx: Tx, input: { userId: string; shutsOut: boolean }) => Promise<void>
}

const path = '/admin/v1/users/:id/grants'
const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: ApplicationRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const instant = Type.String({ format: 'date-time' })
const Grants = Type.Object({
  grants: Type.Array(
    Type.Object({
      client_id: Type.String(),
      name: Type.Union([Type.String(), Type.Null()]),
      scopes: Type.Array(Type.String()),
      granted_at: instant,
      last_used_at: Type.Union([instant, Type.Null()]),
    }),
  ),
})

const userOf = async ({ exists }: ApplicationRoutesDeps, params: Readonly<Record<string, string>>): Promise<string> => {
  const id = params['id'] ?? ''
  if (!isUuid(id) || !(await exists(id))) throw notFoundError('user')
  return id
}

const list = (deps: ApplicationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Applications that a person has let in',
    auth: permission('users:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Grants },
    handle: async ({ params }) => {
      const grants = (await deps.list(await userOf(deps, params))).map((one) => ({
        ...{ client_id: one.client_id, name: one.name, scopes: [...one.scopes] },
        granted_at: one.granted_at.toISOString(),
        last_used_at: one.last_used_at?.toISOString() ?? null,
      }))
      return { status: 200, body: { grants } }
    },
  })

const remove = (deps: ApplicationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:client`,
    summary: 'Take back what a person gave to an application: consent and tokens end',
    auth: permission('users:support'),
    limit: perActor(deps),
    audit: { event: 'consent.revoked' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const userId = await userOf(deps, params)
      const clientId = (params['client'] ?? '').slice(0, 512)
      const event = events.make({ type: 'consent.revoked', userId, clientId, payload: { via: 'admin' } })
      const guard = deps.guardBy({ permissions: actor.permissions, events })
      const removal = { userId, clientId, event, guard: (tx: Tx) => guard(tx, { userId, shutsOut: false }) }
      if (clientId.includes('\u0000') || !(await deps.remove(removal))) throw notFoundError('application of this person')
      return { status: 204, body: undefined }
    },
  })

/** Connected applications, below `/admin/v1/users/{id}/grants`. */
export const applicationsAdminRoutes = (deps: ApplicationRoutesDeps): readonly AnyRoute[] => [list(deps), remove(deps)]

import { Type } from 'typebox'
import type { Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { notFoundError } from '../http/errors.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { type Algorithm, algorithms, firstAlgorithms } from './key-pair.ts'
import { keyState, keyStates } from './key-state.ts'
import type { KeyRow } from './keys.store.ts'
import { type KeyChanges, type RotationOptions, revokeKeyNow, rotateKey } from './rotation.ts'

export type KeyRoutesDeps = {
  readonly limit: number
  readonly list: () => Promise<readonly KeyRow[]>
  readonly changesBy: (events: Pick<EventMaker, 'make'>) => KeyChanges<Tx>
  readonly rotation: RotationOptions
  /** Lets this process sign and verify with what was changed at once. */
  readonly reload: () => Promise<void>
}

const path = '/admin/v1/keys'
const shared = { tag: 'keys', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: KeyRoutesDeps, max = limit) => ({ by: 'actor', max: Math.min(limit, max), seconds: 60 }) as const

const instant = Type.String({ format: 'date-time' })
const instantOrNull = Type.Union([instant, Type.Null()])
const algorithm = Type.Unsafe<Algorithm>({ type: 'string', enum: [...algorithms] })

const KeyBody = Type.Object({
  kid: Type.String(),
  algorithm,
  state: Type.String({ enum: [...keyStates] }),
  created_at: instant,
  active_at: instant,
  retired_at: instantOrNull,
  removed_at: instantOrNull,
  revoked_at: instantOrNull,
})

const view = (row: KeyRow, now: number) => ({
  ...{ kid: row.id, algorithm: row.algorithm, state: keyState(row, now) },
  created_at: row.created_at.toISOString(),
  active_at: row.active_at.toISOString(),
  retired_at: row.retired_at?.toISOString() ?? null,
  removed_at: row.removed_at?.toISOString() ?? null,
  revoked_at: row.revoked_at?.toISOString() ?? null,
})

const list = (deps: KeyRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Signing keys with their state and dates, never their private parts',
    auth: permission('keys:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ keys: Type.Array(KeyBody) }) },
    handle: async () => {
      const now = deps.rotation.now()
      return { status: 200, body: { keys: (await deps.list()).map((row) => view(row, now)) } }
    },
  })

const Rotation = Type.Object(
  {
    algorithm: Type.Optional(algorithm),
    at_once: Type.Optional(
      Type.Boolean({ description: 'Sign with it before clients could fetch it. Only where the present key must go.' }),
    ),
  },
  { additionalProperties: false, examples: [{ algorithm: 'ES256' }] },
)
const Rotated = Type.Object({
  algorithm,
  kid: Type.String(),
  outcome: Type.String({ enum: ['rotated', 'already-pending'] }),
  active_in_seconds: Type.Number(),
})

const rotate = (deps: KeyRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/rotate`,
    summary: 'Give signing keys a successor',
    description: 'It is published now and signs ten minutes later. Tokens of the key before stay valid until they expire.',
    auth: permission('keys:write'),
    limit: perActor(deps, 10),
    audit: { none: 'key.rotated is written where no successor waits yet' },
    request: { body: Rotation },
    responses: { 200: Type.Object({ keys: Type.Array(Rotated) }) },
    handle: async ({ body, events }) => {
      const { algorithm: chosen, at_once: isImmediate = false } = body
      const keys = []
      for (const one of chosen === undefined ? firstAlgorithms : [chosen]) {
        const result = await rotateKey(deps.changesBy(events), deps.rotation, { algorithm: one, isImmediate })
        if (result !== undefined)
          keys.push({
            algorithm: one,
            kid: result.kid,
            outcome: result.kind,
            active_in_seconds: Math.max(0, Math.ceil(result.activeInSeconds)),
          })
      }
      await deps.reload()
      return { status: 200, body: { keys } }
    },
  })

const revoke = (deps: KeyRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:kid/revoke`,
    summary: 'Refuse every token of a key from now on',
    description: 'Where nothing else signs for its algorithm a new key takes over. It cannot be taken back.',
    auth: freshPermission('keys:write'),
    limit: perActor(deps, 10),
    audit: { none: 'key.revoked is written where it was not revoked before' },
    responses: { 200: Type.Object({ kid: Type.String(), changed: Type.Boolean() }) },
    handle: async ({ params, events }) => {
      const kid = params['kid'] ?? ''
      if (!(await deps.list()).some(({ id }) => id === kid)) throw notFoundError('key')
      const changed = await revokeKeyNow(deps.changesBy(events), deps.rotation, kid)
      await deps.reload()
      return { status: 200, body: { kid, changed } }
    },
  })

/** Signing keys, below `/admin/v1/keys`. */
export const keysAdminRoutes = (deps: KeyRoutesDeps): readonly AnyRoute[] => [list(deps), rotate(deps), revoke(deps)]

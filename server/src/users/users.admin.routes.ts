import { type Static, Type } from 'typebox'
import type { Tx } from '../db/database.ts'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { changedMeanwhile, invalid, notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { fold } from './identifiers.ts'
import type { ProfileAdmin } from './profile.job.ts'
import type { Change, Operator, UserAdmin } from './user-admin.job.ts'
import { placeOfUser, type UserDetail, type UserRow, type UserSearch } from './user-search.store.ts'

type Acting = { readonly permissions: ReadonlySet<string>; readonly events: EventMaker }

export type UserRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly search: (search: UserSearch) => Promise<readonly UserRow[]>
  readonly find: (userId: string, tx?: Tx) => Promise<UserDetail | undefined>
  /** What an administrator with these permissions does with accounts; throws where they may not change this one. */
  readonly adminBy: (acting: Acting) => UserAdmin
  readonly guardBy: (acting: Acting) => Operator['guard']
  readonly profiles: Pick<ProfileAdmin, 'change'>
}

const path = '/admin/v1/users'
const shared = { tag: 'users', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: UserRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const instant = Type.String({ format: 'date-time' })
const orNull = <S extends ReturnType<typeof Type.String>>(schema: S) => Type.Union([schema, Type.Null()])
const text = Type.String()

const status = Type.String({ enum: ['active', 'disabled', 'frozen'] })
const listedMembers = {
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer({ description: 'The id of the account API.' }),
  username: orNull(text),
  email: orNull(text),
  email_verified: Type.Boolean(),
  status,
  created_at: instant,
}
const Listed = Type.Object(listedMembers)
const Detail = Type.Object({
  ...listedMembers,
  updated_at: instant,
  phone: orNull(text),
  language: orNull(text),
  deletion_due_at: orNull(instant),
  attributes: Type.Record(Type.String(), Type.Unknown()),
  password: Type.Object({ set: Type.Boolean(), failures: Type.Integer(), locked_until: orNull(instant) }),
  factors: Type.Object({ totp: Type.Boolean(), passkeys: Type.Integer(), recovery_codes: Type.Integer() }),
  live_sessions: Type.Integer(),
  roles: Type.Array(Type.String()),
  groups: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
})

const SearchQuery = Type.Object(
  {
    ...pageQuery,
    prefix: Type.Optional(
      Type.String({ minLength: 1, maxLength: 320, description: 'How a user name, e-mail address or phone number begins, in any case.' }),
    ),
    attribute: Type.Optional(
      Type.String({
        pattern: '^[^:]{1,128}:.{1,512}$',
        description: 'An attribute and its value, as name:value. Not together with prefix.',
      }),
    ),
    status: Type.Optional(status),
    order: Type.Optional(Type.String({ enum: ['newest', 'oldest'], default: 'newest', description: 'Where no name is looked for.' })),
  },
  { additionalProperties: false },
)

const UserChange = Type.Object(
  {
    attributes: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Each replaces the present value; null takes it away.' }),
    ),
    email_verified: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, minProperties: 1, examples: [{ attributes: { given_name: 'Alex', nickname: null } }] },
)

const listedView = ({ id, number, username, email, email_verified, status: now, created_at }: UserRow | UserDetail) => ({
  ...{ id, number, username, email, email_verified, status: now },
  created_at: created_at.toISOString(),
})

const detailView = (user: UserDetail) => ({
  ...listedView(user),
  updated_at: user.updated_at.toISOString(),
  phone: user.phone,
  language: user.language,
  deletion_due_at: user.deletion_due_at?.toISOString() ?? null,
  attributes: { ...user.attributes },
  password: { set: user.has_password, failures: user.failures, locked_until: user.locked_until?.toISOString() ?? null },
  factors: { totp: user.has_totp, passkeys: user.passkeys, recovery_codes: user.recovery_codes },
  live_sessions: user.live_sessions,
  roles: user.roles,
  groups: user.groups,
})

const idOf = (params: Readonly<Record<string, string>>): string => {
  const id = params['id'] ?? ''
  if (!isUuid(id)) throw notFoundError('user')
  return id
}

const loaded = async ({ find }: UserRoutesDeps, id: string): Promise<UserDetail> => {
  const user = await find(id)
  if (user === undefined) throw notFoundError('user')
  return user
}

const badQuery = (name: string, msg: string) => invalid([{ type: 'value_error', loc: ['query', name], msg, input: null }])

const attributeOf = (written: string): UserSearch['attribute'] => {
  const [name = '', value = ''] = [written.slice(0, written.indexOf(':')), written.slice(written.indexOf(':') + 1)]
  if (value === 'true' || value === 'false') return { name, value: value === 'true' }
  return { name, value: /^-?(0|[1-9]\d{0,14})$/.test(value) ? Number(value) : value }
}

const searchOf = ({ prefix, attribute, status: wanted, order }: Static<typeof SearchQuery>): Omit<UserSearch, 'after' | 'limit'> => {
  if (prefix !== undefined && attribute !== undefined) throw badQuery('attribute', 'Look for a name or for an attribute, not for both')
  return {
    prefix: prefix === undefined ? undefined : fold(prefix),
    attribute: attribute === undefined ? undefined : attributeOf(attribute),
    status: wanted,
    order: order === 'oldest' ? 'oldest' : 'newest',
  }
}

const list = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Accounts by name, by attribute, or the newest first',
    auth: permission('users:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: SearchQuery },
    responses: { 200: Type.Object({ users: Type.Array(Listed), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const search = searchOf(query)
      const { rows, next } = await readPage<UserRow>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: JSON.stringify(['users', search]) },
        read: (after, limit) => deps.search({ ...search, after, limit }),
        placeOf: placeOfUser,
      })
      return { status: 200, body: { users: rows.map(listedView), next } }
    },
  })

const one = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One account with its factors, sessions, roles and groups',
    auth: permission('users:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Detail },
    handle: async ({ params }) => {
      const user = await loaded(deps, idOf(params))
      return { status: 200, body: detailView(user), headers: { etag: etagOf(user.version) } }
    },
  })

const change = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:id`,
    summary: 'Change attributes of an account',
    auth: permission('users:write'),
    limit: perActor(deps),
    audit: { none: 'user.updated or user.email_verified is written in the transaction of the change, where there is one' },
    request: { body: UserChange },
    responses: { 200: Detail },
    handle: async ({ actor, body, params, headers, events }) => {
      const userId = idOf(params)
      const version = demandedVersion(headers)
      const guard = deps.guardBy({ permissions: actor.permissions, events })
      const outcome = await deps.profiles.change(userId, {
        ...{ set: body.attributes ?? {}, address: {}, unset: [], isEmailVerified: body.email_verified },
        by: { via: 'admin', make: events.make },
        guard: async (tx) => {
          await guard(tx, { userId, shutsOut: false })
          if (version !== undefined && (await deps.find(userId, tx))?.version !== version) throw changedMeanwhile()
        },
      })
      if (outcome.kind === 'gone') throw notFoundError('user')
      if (outcome.kind === 'invalid')
        throw invalid(
          outcome.problems.slice(0, 20).map(({ attribute, sentence }) => ({
            ...{ type: 'value_error', loc: ['body', 'attributes', attribute.slice(0, 128)], msg: sentence, input: null },
          })),
        )
      const user = await loaded(deps, userId)
      return { status: 200, body: detailView(user), headers: { etag: etagOf(user.version) } }
    },
  })

const settled = (outcome: Change): void => {
  if (outcome.kind === 'gone') throw notFoundError('user')
}

const disable = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/disable`,
    summary: 'Shut an account: its sessions end and nobody signs in to it',
    auth: permission('users:write'),
    limit: perActor(deps),
    audit: { none: 'user.disabled is written where the account was open' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      settled(await deps.adminBy({ permissions: actor.permissions, events }).disable(idOf(params)))
      return { status: 204, body: undefined }
    },
  })

const enable = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/enable`,
    summary: 'Open an account that is disabled or frozen',
    auth: permission('users:write'),
    limit: perActor(deps),
    audit: { none: 'user.enabled is written where the account was shut' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const { id } = await loaded(deps, idOf(params))
      settled(await deps.adminBy({ permissions: actor.permissions, events }).enable(id))
      return { status: 204, body: undefined }
    },
  })

const remove = (deps: UserRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Delete an account with all that belongs to it',
    description: 'It cannot be taken back. What was written in events about the person stays without the account.',
    auth: freshPermission('users:delete'),
    limit: perActor(deps),
    audit: { event: 'user.deleted' },
    responses: { 204: empty },
    handle: async ({ actor, params, events }) => {
      const { id, number } = await loaded(deps, idOf(params))
      settled(await deps.adminBy({ permissions: actor.permissions, events }).remove({ id, number }))
      return { status: 204, body: undefined }
    },
  })

/** Accounts, below `/admin/v1/users`. */
export const usersAdminRoutes = (deps: UserRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  change(deps),
  disable(deps),
  enable(deps),
  remove(deps),
]

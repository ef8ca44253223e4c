import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { fold } from '../users/users.ts'
import type { OrganizationAdmin, OrganizationRow } from './organizations.job.ts'
import { refusalError } from './refusals.routes.ts'
import { id, instant } from './schemas.ts'
import { uuidIn } from './side.routes.ts'

export type OrganizationRoutesDeps = { readonly organizations: OrganizationAdmin; readonly cursorKey: Uint8Array; readonly limit: number }

const path = '/admin/v1/organizations'
const shared = { tag: 'organizations', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: OrganizationRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const
const firstId = '00000000-0000-0000-0000-000000000000'

const OrganizationBody = Type.Object({
  id,
  slug: Type.String(),
  name: Type.String(),
  status: Type.String({ enum: ['active', 'suspended'] }),
  created_at: instant,
  updated_at: instant,
})
const isSlug = /^[a-z0-9-]{1,63}$/
const slug = Type.String({
  pattern: '^(?!.{8}-.{4}-.{4}-.{4}-.{12}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  description: 'Lower-case letters, digits and hyphens, at most 63; not in the form of an id.',
})
const name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })
const NewOrganization = Type.Object(
  {
    slug,
    name,
    owner_id: Type.Optional(Type.String({ format: 'uuid', description: 'A person of the tenant who becomes its first owner.' })),
  },
  { additionalProperties: false, examples: [{ slug: 'acme', name: 'Acme Corporation' }] },
)
const OrganizationChange = Type.Object(
  { slug: Type.Optional(slug), name: Type.Optional(name) },
  { additionalProperties: false, minProperties: 1, examples: [{ name: 'Acme Holding' }] },
)
const ListQuery = Type.Object(
  { ...pageQuery, prefix: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'How the name begins, in any case.' })) },
  { additionalProperties: false },
)

export const organizationView = ({ id: own, slug: short, name: title, status, created_at, updated_at }: OrganizationRow) => ({
  ...{ id: own, slug: short, name: title, status },
  created_at: created_at.toISOString(),
  updated_at: updated_at.toISOString(),
})

const answer = (organization: OrganizationRow) => ({
  body: organizationView(organization),
  headers: { etag: etagOf(organization.version) },
})
const idOf = (params: Readonly<Record<string, string>>): string => uuidIn(params, 'id', 'organization')

const list = (deps: OrganizationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Organizations by name',
    auth: permission('organizations:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: ListQuery },
    responses: { 200: Type.Object({ organizations: Type.Array(OrganizationBody), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const prefix = fold(query.prefix ?? '')
      const { rows, next } = await readPage<OrganizationRow>(query, {
        key: deps.cursorKey,
        scope: { tenantId, list: JSON.stringify(['organizations', prefix]) },
        read: (after, limit) =>
          deps.organizations.list({ prefix, after: { name: String(after?.[0] ?? ''), id: String(after?.[1] ?? firstId) }, limit }),
        placeOf: (one) => [one.folded_name, one.id],
      })
      return { status: 200, body: { organizations: rows.map(organizationView), next } }
    },
  })

const one = (deps: OrganizationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One organization, by its id or its slug',
    auth: permission('organizations:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: OrganizationBody },
    handle: async ({ params }) => {
      const named = params['id'] ?? ''
      const find = isUuid(named) ? deps.organizations.find : isSlug.test(named) ? deps.organizations.findBySlug : async () => undefined
      const found = await find(named)
      if (found === undefined) throw notFoundError('organization')
      return { status: 200, ...answer(found) }
    },
  })

const create = (deps: OrganizationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make an organization',
    auth: permission('organizations:write'),
    limit: perActor(deps),
    audit: { event: 'organization.created' },
    isIdempotent: true,
    request: { body: NewOrganization },
    responses: { 201: OrganizationBody },
    handle: async ({ body, events }) => {
      const made = await deps.organizations.create(events, { slug: body.slug, name: body.name, ownerId: body.owner_id })
      if (made.kind !== 'done') throw refusalError(made, 'organization')
      const { headers, ...rest } = answer(made.organization)
      return { status: 201, ...rest, headers: { ...headers, location: `${path}/${made.organization.id}` } }
    },
  })

const change = (deps: OrganizationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PATCH',
    path: `${path}/:id`,
    summary: 'Change the name or slug of an organization',
    auth: permission('organizations:write'),
    limit: perActor(deps),
    audit: { event: 'organization.changed' },
    request: { body: OrganizationChange },
    responses: { 200: OrganizationBody },
    handle: async ({ body, params, headers, events }) => {
      const changed = await deps.organizations.change(events, { id: idOf(params), version: demandedVersion(headers), ...body })
      if (changed.kind !== 'done') throw refusalError(changed, 'organization')
      return { status: 200, ...answer(changed.organization) }
    },
  })

const turns = (deps: OrganizationRoutesDeps): readonly AnyRoute[] =>
  (['suspend', 'resume'] as const).map((verb) =>
    route({
      ...shared,
      method: 'POST',
      path: `${path}/:id/${verb}`,
      summary:
        verb === 'suspend' ? 'Suspend an organization: its roles and invitations count no longer' : 'Resume a suspended organization',
      auth: permission('organizations:write'),
      limit: perActor(deps),
      audit: { none: 'organization.suspended or organization.resumed is written where something changes' },
      responses: { 200: OrganizationBody },
      handle: async ({ params, events }) => {
        const status = verb === 'suspend' ? 'suspended' : 'active'
        const turned = await deps.organizations.turn(events, { id: idOf(params), status })
        if (turned.kind !== 'done') throw refusalError(turned, 'organization')
        return { status: 200, ...answer(turned.organization) }
      },
    }),
  )

const remove = (deps: OrganizationRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Delete an organization with its memberships and invitations; accounts stay',
    description: 'It cannot be taken back.',
    auth: freshPermission('organizations:write'),
    limit: perActor(deps),
    audit: { event: 'organization.deleted' },
    responses: { 204: empty },
    handle: async ({ params, headers, events }) => {
      const removed = await deps.organizations.remove(events, { id: idOf(params), version: demandedVersion(headers) })
      if (removed.kind !== 'done') throw refusalError(removed, 'organization')
      return { status: 204, body: undefined }
    },
  })

/** Organizations, below `/admin/v1/organizations`. */
export const organizationAdminRoutes = (deps: OrganizationRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  create(deps),
  change(deps),
  ...turns(deps),
  remove(deps),
]

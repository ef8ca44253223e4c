import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { conflict, notFoundError } from '../http/errors.ts'
import { nextMember, pageQuery, readPage } from '../http/page.ts'
import { type AnyRoute, freshPermission, permission, route } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import { slugPattern } from './slug.ts'
import type { TenantOutcome } from './tenants.job.ts'
import type { TenantRow } from './tenants.store.ts'

type Verb = 'suspend' | 'resume' | 'delete'

export type TenantRoutesDeps = {
  readonly cursorKey: Uint8Array
  readonly limit: number
  readonly page: (input: { after: string; limit: number }) => Promise<readonly TenantRow[]>
  readonly find: (tenantId: string) => Promise<TenantRow | undefined>
  /** The id of the new tenant; undefined where the slug is taken. */
  readonly create: (input: { slug: string; name: string; events: EventMaker }) => Promise<string | undefined>
  readonly change: (input: { tenantId: string; verb: Verb; events: EventMaker }) => Promise<TenantOutcome>
  readonly issuerOf: (slug: string) => string
}

const path = '/admin/v1/tenants'
const shared = { tag: 'tenants', cors: 'never', failure: 'problem', isCredential: true } as const
const perActor = ({ limit }: TenantRoutesDeps) => ({ by: 'actor', max: limit, seconds: 60 }) as const

const instant = Type.String({ format: 'date-time' })
const Tenant = Type.Object({
  id: Type.String({ format: 'uuid' }),
  slug: Type.String(),
  name: Type.String(),
  status: Type.String({ enum: ['active', 'suspended'] }),
  issuer: Type.String({ format: 'uri' }),
  created_at: instant,
  deletion_due_at: Type.Union([instant, Type.Null()], { description: 'When it goes; until then it can be resumed.' }),
})
const NewTenant = Type.Object(
  {
    slug: Type.String({ pattern: slugPattern, maxLength: 63, description: 'Its short name, as in /t/{slug}.' }),
    name: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false, examples: [{ slug: 'acme', name: 'Acme Ltd' }] },
)

const viewOf = ({ issuerOf }: TenantRoutesDeps, row: TenantRow) => ({
  ...{ id: row.tenant_id, slug: row.slug, name: row.name, status: row.status, issuer: issuerOf(row.slug) },
  created_at: row.created_at.toISOString(),
  deletion_due_at: row.deletion_due_at?.toISOString() ?? null,
})

const loaded = async ({ find }: TenantRoutesDeps, id: string): Promise<TenantRow> => {
  const row = isUuid(id) ? await find(id) : undefined
  if (row === undefined) throw notFoundError('tenant')
  return row
}

const list = (deps: TenantRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'The tenants of the installation',
    auth: permission('tenants:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    request: { query: Type.Object(pageQuery, { additionalProperties: false }) },
    responses: { 200: Type.Object({ tenants: Type.Array(Tenant), ...nextMember }) },
    handle: async ({ tenantId, query }) => {
      const { rows, next } = await readPage<TenantRow>(query, {
        ...{ key: deps.cursorKey, scope: { tenantId, list: 'tenants' }, placeOf: ({ slug }) => [slug] },
        read: (after, limit) => deps.page({ after: String(after?.[0] ?? ''), limit }),
      })
      return { status: 200, body: { tenants: rows.map((row) => viewOf(deps, row)), next } }
    },
  })

const one = (deps: TenantRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id`,
    summary: 'One tenant',
    auth: permission('tenants:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Tenant },
    handle: async ({ params }) => ({ status: 200, body: viewOf(deps, await loaded(deps, params['id'] ?? '')) }),
  })

const create = (deps: TenantRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path,
    summary: 'Make a tenant with an issuer, keys, users and applications of its own',
    auth: permission('tenants:write'),
    limit: perActor(deps),
    audit: { event: 'tenant.created' },
    isIdempotent: true,
    request: { body: NewTenant },
    responses: { 201: Tenant },
    handle: async ({ body, events }) => {
      const id = await deps.create({ ...body, events })
      if (id === undefined) throw conflict('slug-taken', 'There is a tenant of this slug already. Choose another.')
      return { status: 201, body: viewOf(deps, await loaded(deps, id)), headers: { location: `${path}/${id}` } }
    },
  })

const settle = (outcome: TenantOutcome): void => {
  if (outcome.kind === 'gone') throw notFoundError('tenant')
  if (outcome.kind === 'root')
    throw conflict('root-tenant', 'The tenant at the root is neither suspended nor deleted: its owners decide over the others.')
  if (outcome.kind === 'too-late') throw conflict('grace-over', 'The time in which the deletion could be called off is over.')
}

const changeBy = (deps: TenantRoutesDeps, verb: Verb) => ({
  limit: perActor(deps),
  responses: { 200: Tenant },
  handle: async ({ params, events }: { params: Readonly<Record<string, string>>; events: EventMaker }) => {
    const { tenant_id: tenantId } = await loaded(deps, params['id'] ?? '')
    settle(await deps.change({ tenantId, verb, events }))
    return { status: 200 as const, body: viewOf(deps, await loaded(deps, tenantId)) }
  },
})

const written = { none: 'the event is written in the transaction of the change, where there is one' } as const

/** The tenants of the installation; for the tenant at the root alone. */
export const tenantsAdminRoutes = (deps: TenantRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  create(deps),
  route({
    ...{ ...shared, ...changeBy(deps, 'suspend'), audit: written },
    method: 'POST',
    path: `${path}/:id/suspend`,
    summary: 'Serve nothing of a tenant any more, within seconds; nothing of it is lost',
    auth: freshPermission('tenants:write'),
  }),
  route({
    ...{ ...shared, ...changeBy(deps, 'resume'), audit: written },
    method: 'POST',
    path: `${path}/:id/resume`,
    summary: 'Serve a tenant again; a deletion that was planned is called off',
    auth: freshPermission('tenants:write'),
  }),
  route({
    ...{ ...shared, ...changeBy(deps, 'delete'), audit: written },
    method: 'DELETE',
    path: `${path}/:id`,
    summary: 'Suspend a tenant at once and delete it after seven days',
    auth: freshPermission('tenants:write'),
  }),
]

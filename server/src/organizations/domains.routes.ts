import { type Static, Type } from 'typebox'
import { empty } from '../http/content.ts'
import { AppError, conflict, notFoundError } from '../http/errors.ts'
import { type AnyRoute, route, signedIn } from '../http/route.ts'
import { challengeRecord, readDomain } from './domain-name.ts'
import type { DomainAdmin, DomainOutcome, DomainRefusal, DomainRow } from './domains.job.ts'
import { plainMember } from './organization-roles.ts'
import { refusalError } from './refusals.routes.ts'
import { chosenRoles, id, instant, orNull } from './schemas.ts'
import { type Side, uuidIn } from './side.routes.ts'

export type DomainRoutesDeps = { readonly domains: DomainAdmin }

const Joining = Type.Unsafe<DomainRow['joining']>({
  type: 'string',
  enum: ['off', 'ask', 'automatic'],
  description: 'What people with a proved address of the domain meet: nothing, an offer to join, or membership at their next sign-in.',
})

const Domain = Type.Object({
  id,
  domain: Type.String(),
  joining: Joining,
  roles: Type.Array(Type.String(), { description: 'Of whoever joins.' }),
  verified_at: orNull(instant),
  checked_at: orNull(instant),
  missing_since: orNull(instant),
  record: Type.Object(
    { type: Type.String({ const: 'TXT' }), name: Type.String(), value: Type.String() },
    { description: 'What has to stand in the domain name system, and to stay there.' },
  ),
})

const text = (date: Date | null): string | null => date?.toISOString() ?? null

const view = (row: DomainRow): Static<typeof Domain> => ({
  ...{ id: row.id, domain: row.domain, joining: row.joining, roles: [...row.roles] },
  ...{ verified_at: text(row.verified_at), checked_at: text(row.checked_at), missing_since: text(row.missing_since) },
  record: challengeRecord(row.domain, row.challenge),
})

const unproved = (seen: readonly string[]): AppError =>
  new AppError({
    status: 409,
    code: 'domain-not-proved',
    detail:
      seen.length === 0
        ? 'There is no such TXT record yet. A new one can take some minutes to be seen everywhere: try again then.'
        : 'There are TXT records at this name, but none is the one that is asked for. Compare them letter by letter.',
    members: { seen },
  })

const errorOf = (refusal: DomainRefusal): AppError => {
  switch (refusal.kind) {
    case 'not-proved':
      return unproved(refusal.seen)
    case 'dns-silent':
      return new AppError({
        status: 503,
        code: 'dns-silent',
        detail: 'The name servers of the domain do not answer. Try again later.',
        headers: { 'retry-after': '60' },
      })
    case 'proved-elsewhere':
      return conflict('domain-taken', 'Another organization has proved this domain. It has to remove it first.')
    case 'too-many-domains':
      return conflict('too-many-domains', 'An organization has at most 50 domains. Remove one first.')
    default:
      return refusalError(refusal, 'domain')
  }
}

const done = (outcome: DomainOutcome): DomainRow => {
  if (outcome.kind !== 'done') throw errorOf(outcome)
  return outcome.domain
}

const list = (side: Side, { domains }: DomainRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'GET',
    path: `${side.path}/:id/domains`,
    summary: 'Domains of an organization, with the records that prove them',
    auth: side.auth('members:read'),
    limit: side.perActor,
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ domains: Type.Array(Domain) }) },
    handle: async (context) => {
      const { organizationId } = await side.enter(context, 'members:read')
      return { status: 200, body: { domains: (await domains.list(organizationId)).map(view) } }
    },
  })

const NewDomain = Type.Object(
  {
    domain: Type.String({ minLength: 1, maxLength: 253 }),
    joining: Type.Optional(Joining),
    roles: Type.Optional(chosenRoles),
  },
  { additionalProperties: false, examples: [{ domain: 'acme.example', joining: 'automatic', roles: ['member'] }] },
)

const add = (side: Side, { domains }: DomainRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'POST',
    path: `${side.path}/:id/domains`,
    summary: 'Add a domain to an organization; it counts once it is proved',
    auth: side.auth('domains:write', 'fresh'),
    limit: side.perActor,
    audit: { event: 'organization_domain.added' },
    request: { body: NewDomain },
    responses: { 201: Domain },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'domains:write')
      const { joining = 'off', roles = [plainMember] } = context.body
      const read = readDomain(context.body.domain)
      if (read.kind === 'refused') throw new AppError({ status: 422, code: 'invalid-domain', detail: read.reason })
      const row = done(await domains.add(acting, { organizationId, domain: read.domain, joining, roles }))
      return { status: 201, body: view(row) }
    },
  })

const verify = (side: Side, { domains }: DomainRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'POST',
    path: `${side.path}/:id/domains/:domainId/verify`,
    summary: 'Look for the record of a domain now',
    description: 'A domain that is proved is looked for once a day. It counts no longer when its record has been missing for three days.',
    auth: side.auth('domains:write'),
    limit: { ...side.perActor, max: Math.min(side.perActor.max, 30) },
    audit: { none: 'organization_domain.verified is recorded by the first look that finds the record, and by no other' },
    responses: { 200: Domain },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'domains:write')
      const row = done(await domains.verify(acting, { organizationId, id: uuidIn(context.params, 'domainId', 'domain') }))
      return { status: 200, body: view(row) }
    },
  })

const DomainChange = Type.Object(
  { joining: Type.Optional(Joining), roles: Type.Optional(chosenRoles) },
  { additionalProperties: false, minProperties: 1 },
)

const change = (side: Side, { domains }: DomainRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'PATCH',
    path: `${side.path}/:id/domains/:domainId`,
    summary: 'Change who joins by a domain, and with which roles',
    auth: side.auth('domains:write', 'fresh'),
    limit: side.perActor,
    audit: { event: 'organization_domain.changed' },
    request: { body: DomainChange },
    responses: { 200: Domain },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'domains:write')
      const which = { organizationId, id: uuidIn(context.params, 'domainId', 'domain') }
      return { status: 200, body: view(done(await domains.change(acting, { ...which, ...context.body }))) }
    },
  })

const remove = (side: Side, { domains }: DomainRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'DELETE',
    path: `${side.path}/:id/domains/:domainId`,
    summary: 'Remove a domain from an organization; its members stay',
    auth: side.auth('domains:write'),
    limit: side.perActor,
    audit: { event: 'organization_domain.removed' },
    responses: { 204: empty },
    handle: async (context) => {
      const { organizationId, acting } = await side.enter(context, 'domains:write')
      done(await domains.remove(acting, { organizationId, id: uuidIn(context.params, 'domainId', 'domain') }))
      return { status: 204, body: undefined }
    },
  })

/** Domains of an organization, from either side. */
export const domainRoutes = (side: Side, deps: DomainRoutesDeps): readonly AnyRoute[] => [
  list(side, deps),
  add(side, deps),
  verify(side, deps),
  change(side, deps),
  remove(side, deps),
]

const path = '/account/v1/organization-offers'
const own = { tag: 'self-service', isCredential: true } as const

/** Organizations that a person may join, because of the domain of an address. */
export const offerRoutes = ({ domains, limit }: DomainRoutesDeps & { readonly limit: number }): readonly AnyRoute[] => [
  route({
    ...own,
    method: 'GET',
    path,
    summary: 'Organizations that the person may join by the domain of a proved address',
    auth: signedIn,
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: {
      200: Type.Object({ organizations: Type.Array(Type.Object({ id, slug: Type.String(), name: Type.String(), domain: Type.String() })) }),
    },
    handle: async ({ actor }) => ({ status: 200, body: { organizations: await domains.offers(actor.userId) } }),
  }),
  route({
    ...own,
    method: 'POST',
    path: `${path}/:id/join`,
    summary: 'Join an organization by the domain of a proved address',
    auth: signedIn,
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { none: 'organization_member.added is written by the statement that makes the membership' },
    responses: { 204: empty },
    handle: async ({ actor: { userId }, params, events }) => {
      if (!(await domains.join(events, { userId, organizationId: uuidIn(params, 'id', 'offer') }))) throw notFoundError('offer')
      return { status: 204, body: undefined }
    },
  }),
]

import type { EventMaker } from '../events/events.ts'
import { AppError, lacksPermission, notFoundError } from '../http/errors.ts'
import { type Actor, type Administrator, type Auth, freshlySignedIn, freshPermission, permission, signedIn } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { MemberAdmin } from './members.job.ts'
import { everythingInside, type OrganizationPermission } from './organization-permissions.ts'
import { permissionsInside } from './organization-roles.ts'
import type { Acting, OrganizationAdmin } from './organizations.job.ts'

type Request = {
  readonly actor: Actor | Administrator | undefined
  readonly params: Readonly<Record<string, string>>
  readonly events: EventMaker
}
type Entered = { readonly organizationId: string; readonly acting: Acting }

/**
 * From where an organization is administered: by the tenant for any of them, or by its own people for theirs. The operations are the same; what lets
 * somebody in is not, and is asked for here alone.
 */
export type Side = {
  readonly kind: 'tenant' | 'own'
  readonly path: string
  readonly shared: { readonly tag: string; readonly cors?: 'never'; readonly failure: 'problem'; readonly isCredential: true }
  readonly perActor: { readonly by: 'actor'; readonly max: number; readonly seconds: number }
  readonly auth: (needs: OrganizationPermission, isFresh?: 'fresh') => Auth
  /** The organization of the path, and what may be done in it; throws for whoever may not do what is needed. */
  readonly enter: (request: Request, needs: OrganizationPermission) => Promise<Entered>
}

export const uuidIn = (params: Request['params'], member: string, what: string): string => {
  const id = params[member] ?? ''
  if (!isUuid(id)) throw notFoundError(what)
  return id
}

type SideDeps = { readonly limit: number; readonly organizations: OrganizationAdmin; readonly members: MemberAdmin }

const isReading = (needs: OrganizationPermission): boolean => needs.endsWith(':read')

export const tenantSide = ({ limit, organizations }: SideDeps): Side => ({
  kind: 'tenant',
  path: '/admin/v1/organizations',
  shared: { tag: 'organizations', cors: 'never', failure: 'problem', isCredential: true },
  perActor: { by: 'actor', max: limit, seconds: 60 },
  auth: (needs, isFresh) => {
    if (isReading(needs)) return permission('organizations:read')
    return isFresh === undefined ? permission('organizations:write') : freshPermission('organizations:write')
  },
  enter: async ({ params, events }) => {
    const organizationId = uuidIn(params, 'id', 'organization')
    if ((await organizations.find(organizationId)) === undefined) throw notFoundError('organization')
    return { organizationId, acting: { permissions: everythingInside, events } }
  },
})

const suspended = (): AppError =>
  new AppError({ status: 403, code: 'organization-suspended', detail: 'This organization is suspended. Ask the operator of this service.' })

// Roles are read for every request: one that was taken away counts at the next (attack case S-12).
export const ownSide = ({ limit, members }: SideDeps): Side => ({
  kind: 'own',
  path: '/organizations/v1',
  shared: { tag: 'organizations', failure: 'problem', isCredential: true },
  perActor: { by: 'actor', max: limit, seconds: 60 },
  auth: (_, isFresh) => (isFresh === undefined ? signedIn : freshlySignedIn),
  enter: async ({ actor, params, events }, needs) => {
    const organizationId = uuidIn(params, 'id', 'organization')
    const userId = actor?.userId
    const standing = userId === undefined ? undefined : await members.standing({ organizationId, userId })
    // One that is there and one that is not look alike from outside.
    if (standing === undefined) throw notFoundError('organization')
    if (standing.status !== 'active') throw suspended()
    const permissions = permissionsInside(standing)
    if (!permissions.has(needs)) throw lacksPermission(needs)
    const make: EventMaker['make'] = (input) => events.make({ ...input, actor: `user ${userId}` })
    return { organizationId, acting: { permissions, events: { make } } }
  },
})

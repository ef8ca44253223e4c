import type { EventMaker } from '../events/events.ts'
import { AppError, insufficientAuthentication, lacksPermission, notFoundError } from '../http/errors.ts'
import { type Actor, type Administrator, type Auth, freshlySignedIn, freshPermission, permission, signedIn } from '../http/route.ts'
import { isUuid } from '../platform/ids.ts'
import type { MemberAdmin, StandingNow } from './members.job.ts'
import { everythingInside, type OrganizationPermission } from './organization-permissions.ts'
import type { PolicyCheck, Shortfall, SignedInBy } from './organization-policy.ts'
import { permissionsInside } from './organization-roles.ts'
import type { Acting, OrganizationAdmin } from './organizations.job.ts'

type Request = {
  readonly actor: Actor | Administrator | undefined
  readonly params: Readonly<Record<string, string>>
  readonly events: EventMaker
}
type Entered = {
  readonly organizationId: string
  readonly acting: Acting
  /** How whoever acts signed in, where the policy of the organization binds them. */
  readonly session?: SignedInBy
}

/**
 * From where an organization is administered: by the tenant for any of them, or by its own people for theirs. The operations are the same; what lets
 * somebody in is not, and is asked for here alone.
 */
export type Side = {
  readonly kind: 'tenant' | 'own'
  readonly path: string
  readonly shared: { readonly tag: string; readonly cors?: 'never'; readonly failure: 'problem'; readonly isCredential: true }
  readonly perActor: { readonly by: 'actor'; readonly max: number; readonly seconds: number }
  readonly auth: (needs: OrganizationPermission, how?: 'fresh' | 'reading') => Auth
  /** The organization of the path, and what may be done in it; throws for whoever may not do what is needed. */
  readonly enter: (request: Request, needs: OrganizationPermission) => Promise<Entered>
}

export const uuidIn = (params: Request['params'], member: string, what: string): string => {
  const id = params[member] ?? ''
  if (!isUuid(id)) throw notFoundError(what)
  return id
}

type SideDeps = {
  readonly limit: number
  readonly organizations: OrganizationAdmin
  readonly members: MemberAdmin
  readonly checkPolicy: PolicyCheck
  readonly now: () => number
}

const isReading = (needs: OrganizationPermission): boolean => needs.endsWith(':read')

export const tenantSide = ({ limit, organizations }: Pick<SideDeps, 'limit' | 'organizations'>): Side => ({
  kind: 'tenant',
  path: '/admin/v1/organizations',
  shared: { tag: 'organizations', cors: 'never', failure: 'problem', isCredential: true },
  perActor: { by: 'actor', max: limit, seconds: 60 },
  auth: (needs, how) => {
    if (how === 'reading' || isReading(needs)) return permission('organizations:read')
    return how === undefined ? permission('organizations:write') : freshPermission('organizations:write')
  },
  enter: async ({ params, events }) => {
    const organizationId = uuidIn(params, 'id', 'organization')
    if ((await organizations.find(organizationId)) === undefined) throw notFoundError('organization')
    return { organizationId, acting: { permissions: everythingInside, events } }
  },
})

const suspended = (): AppError =>
  new AppError({ status: 403, code: 'organization-suspended', detail: 'This organization is suspended. Ask the operator of this service.' })

// Where it does not matter how long ago the sign-in was: as long as a policy can say.
const maxAgeMax = 2_592_000

const lacks: Readonly<Record<keyof Shortfall, string>> = {
  lacksMethod: 'sign in by a method that it accepts',
  lacksSecondFactor: 'sign in with a second factor; set one up first where you have none',
  isTooOld: 'sign in again',
}

/** RFC 9470: what the sign-in lacks of the policy of the organization. */
const weakSession = ({ policy }: StandingNow, shortfall: Shortfall): AppError => {
  const { lacksMethod, lacksSecondFactor } = shortfall
  const maxAgeSeconds = lacksMethod ? 0 : (policy.sessionSeconds ?? maxAgeMax)
  const todo = Object.entries(lacks).flatMap(([lack, sentence]) => (shortfall[lack as keyof Shortfall] ? [sentence] : []))
  const detail = `This organization demands more of a sign-in: ${todo.join('; ')}.`
  const members = policy.methods === null ? {} : { methods: policy.methods }
  return insufficientAuthentication({ maxAgeSeconds, acr: lacksSecondFactor ? 'aal2' : 'aal1' }, { detail, members })
}

// Roles are read for every request: one that was taken away counts at the next (attack case S-12).
export const ownSide = ({ limit, members, checkPolicy, now }: SideDeps): Side => ({
  kind: 'own',
  path: '/organizations/v1',
  shared: { tag: 'organizations', failure: 'problem', isCredential: true },
  perActor: { by: 'actor', max: limit, seconds: 60 },
  auth: (_, how) => (how === 'fresh' ? freshlySignedIn : signedIn),
  enter: async ({ actor, params, events }, needs) => {
    const organizationId = uuidIn(params, 'id', 'organization')
    const { userId, sessionId } = actor ?? {}
    const isSomebody = userId !== undefined && sessionId !== undefined
    const standing = isSomebody ? await members.standing({ organizationId, userId, sessionId }) : undefined
    // One that is there and one that is not look alike from outside.
    if (standing === undefined) throw notFoundError('organization')
    if (standing.status !== 'active') throw suspended()
    const permissions = permissionsInside(standing)
    if (!permissions.has(needs)) throw lacksPermission(needs)
    const { policy, session } = standing
    const shortfall = checkPolicy(policy, session, now())
    if (shortfall !== undefined) throw weakSession(standing, shortfall)
    const make: EventMaker['make'] = (input) => events.make({ ...input, actor: `user ${userId}` })
    return { organizationId, acting: { permissions, events: { make } }, session }
  },
})

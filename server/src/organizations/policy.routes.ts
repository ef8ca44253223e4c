import { type Static, Type } from 'typebox'
import { AppError, changedMeanwhile, invalid, notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { type AnyRoute, route } from '../http/route.ts'
import type { OrganizationPolicy, PolicyMethod, Shortfall } from './organization-policy.ts'
import type { PolicyAdmin, PolicyOutcome } from './policy.job.ts'
import type { Side } from './side.routes.ts'

export type PolicyRoutesDeps = { readonly policies: PolicyAdmin }

const names = ['password', 'passkey', 'totp', 'recovery-code', 'email-code', 'sms-code'] as const
const Methods = Type.Array(Type.Unsafe<(typeof names)[number]>({ type: 'string', enum: [...names] }), { uniqueItems: true })

const parts = {
  second_factor: Type.Unsafe<OrganizationPolicy['secondFactor']>({
    type: 'string',
    enum: ['off', 'required'],
    description: 'required: nobody gets in without a second factor. off: as the tenant has it.',
  }),
  session_seconds: Type.Union([Type.Integer({ minimum: 300, maximum: 2_592_000 }), Type.Null()], {
    description: 'How long ago the sign-in may be; null for as long as the session lasts.',
  }),
  methods: Type.Union([Methods, Type.Null()], {
    description: 'The methods that count, of those that the tenant offers; null for all of them.',
  }),
}

const PolicyBody = Type.Object(parts, {
  additionalProperties: false,
  examples: [{ second_factor: 'required', session_seconds: 28_800, methods: ['password', 'passkey', 'totp'] }],
})
const Policy = Type.Object({
  ...parts,
  version: Type.Integer({ description: '0 where nothing was decided.' }),
  tenant_methods: Type.Array(Type.String(), { description: 'The methods that the tenant offers now, of which a policy can name some.' }),
})

type Shown = { readonly policy: OrganizationPolicy; readonly version: number; readonly offered: readonly PolicyMethod[] }

const answer = ({ policy, version, offered }: Shown) => ({
  status: 200 as const,
  body: {
    second_factor: policy.secondFactor,
    session_seconds: policy.sessionSeconds,
    // Written by this route alone, or by the command line from the same list.
    methods: policy.methods === null ? null : ([...policy.methods] as Static<typeof Methods>),
    version,
    tenant_methods: offered.map(({ name }) => name),
  },
  headers: { etag: etagOf(version) },
})

const sentences: Readonly<Record<keyof Shortfall, readonly [name: string, sentence: string]>> = {
  lacksSecondFactor: ['second_factor', 'your sign-in had no second factor that would count: sign in with one first'],
  lacksMethod: ['methods', 'you signed in by a method that would not count: sign in by one that does first'],
  isTooOld: ['session_seconds', 'you signed in longer ago than it would allow: sign in again first'],
}

const lockOut = (shortfall: Shortfall): AppError => {
  const missing = Object.entries(sentences).flatMap(([lack, told]) => (shortfall[lack as keyof Shortfall] ? [told] : []))
  return new AppError({
    status: 409,
    code: 'locks-you-out',
    detail: `This policy would lock you out: ${missing.map(([, sentence]) => sentence).join('; ')}.`,
    members: { missing: missing.map(([name]) => name) },
  })
}

const wrong = (member: string, msg: string): AppError => invalid([{ type: 'value_error', loc: ['body', member], msg, input: null }])

const errorOf = (outcome: Exclude<PolicyOutcome, { kind: 'done' }>): AppError => {
  switch (outcome.kind) {
    case 'locks-out':
      return lockOut(outcome.shortfall)
    case 'method-off':
      return wrong('methods', `This service does not offer ${outcome.methods.join(', ')}. Leave it out.`)
    case 'no-way-in':
      return wrong('methods', 'Nobody could sign in: name at least one of password, passkey and email-code that this service offers.')
    case 'no-second-factor':
      return wrong('methods', 'Nobody could give a second factor: name passkey, or one more method that can be given beside the first.')
    case 'changed':
      return changedMeanwhile()
    default:
      return notFoundError('organization')
  }
}

const read = (side: Side, { policies }: PolicyRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'GET',
    path: `${side.path}/:id/policy`,
    summary: 'What an organization demands of the sign-in of its members',
    auth: side.auth('policy:write', 'reading'),
    limit: side.perActor,
    audit: { none: 'reads only' },
    responses: { 200: Policy },
    handle: async (context) => {
      const { organizationId } = await side.enter(context, 'policy:write')
      return answer({ ...(await policies.find(organizationId)), offered: await policies.offered() })
    },
  })

const replace = (side: Side, { policies }: PolicyRoutesDeps): AnyRoute =>
  route({
    ...side.shared,
    method: 'PUT',
    path: `${side.path}/:id/policy`,
    summary: 'Decide what an organization demands of the sign-in of its members',
    description:
      'It holds beside what the tenant demands: the stricter of both counts. It binds tokens for the organization, their refresh, and what its own people do in it. A policy that whoever writes it does not satisfy is refused.',
    auth: side.auth('policy:write', 'fresh'),
    limit: side.perActor,
    audit: { event: 'organization.policy_changed' },
    request: { body: PolicyBody },
    responses: { 200: Policy },
    handle: async (context) => {
      const { organizationId, acting, session } = await side.enter(context, 'policy:write')
      const { second_factor: secondFactor, session_seconds: sessionSeconds, methods } = context.body
      const policy = { secondFactor, sessionSeconds, methods }
      const outcome = await policies.change(acting, { organizationId, policy, session, version: demandedVersion(context.headers) })
      if (outcome.kind !== 'done') throw errorOf(outcome)
      return answer({ ...outcome, offered: await policies.offered() })
    },
  })

/** The sign-in policy of an organization, from either side. */
export const policyRoutes = (side: Side, deps: PolicyRoutesDeps): readonly AnyRoute[] => [read(side, deps), replace(side, deps)]

import { Type } from 'typebox'
import { type AnyRoute, administratorAuth, route } from '../http/route.ts'
import { allPermissions } from './permissions.ts'

type Person = { readonly id: string; readonly username: string | null; readonly email: string | null; readonly language: string | null }
type Tenant = { readonly id: string; readonly slug: string; readonly name: string; readonly isRoot: boolean }

export type MeRoutesDeps = {
  readonly limit: number
  readonly person: (userId: string) => Promise<Person | undefined>
  readonly tenant: () => Promise<Tenant>
  /** After so many seconds without use a person has to sign in again. */
  readonly idleSeconds: number
}

const orNull = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()])

const Me = Type.Object({
  kind: Type.String({ enum: ['user', 'token', 'client'], description: 'A person, a personal access token, or an application for itself.' }),
  id: Type.String({ description: 'Of the person, the token or the application.' }),
  user: Type.Union([
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      username: orNull(Type.String()),
      email: orNull(Type.String()),
      language: orNull(Type.String()),
    }),
    Type.Null(),
  ]),
  idle_seconds: Type.Union([Type.Integer(), Type.Null()], {
    description: 'After so long without use a new sign-in is asked for; null where nobody sits in front of it.',
  }),
  permissions: Type.Array(Type.String(), { description: 'What is allowed now; empty for somebody without a role.' }),
  tenant: Type.Object({
    id: Type.String({ format: 'uuid' }),
    slug: Type.String(),
    name: Type.String(),
    root: Type.Boolean({ description: 'Whether it is the tenant whose owners see to the others.' }),
  }),
})

/** Who asks, and what that allows: what a console needs to know before it shows anything. */
export const meAdminRoutes = ({ limit, person, tenant, idleSeconds }: MeRoutesDeps): readonly AnyRoute[] => [
  route({
    ...{ tag: 'access', cors: 'never', failure: 'problem', isCredential: true },
    method: 'GET',
    path: '/admin/v1/me',
    summary: 'Who this token speaks for, and what it allows',
    auth: administratorAuth('tells everybody what they may do, were it nothing'),
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: { 200: Me },
    handle: async ({ actor }) => {
      const [found, { isRoot, ...where }] = await Promise.all([actor.userId === undefined ? undefined : person(actor.userId), tenant()])
      const user = found === undefined ? null : { id: found.id, username: found.username, email: found.email, language: found.language }
      const permissions = allPermissions.filter((one) => actor.permissions.has(one))
      const who = { kind: actor.kind, id: actor.id, user, idle_seconds: actor.kind === 'user' ? idleSeconds : null }
      return { status: 200, body: { ...who, permissions, tenant: { ...where, root: isRoot } } }
    },
  }),
]

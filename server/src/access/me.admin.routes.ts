import { Type } from 'typebox'
import { type AnyRoute, administratorAuth, route } from '../http/route.ts'
import { allPermissions } from './permissions.ts'

type Person = { readonly id: string; readonly username: string | null; readonly email: string | null; readonly language: string | null }
type Tenant = { readonly id: string; readonly slug: string; readonly name: string; readonly isRoot: boolean }

export type MeRoutesDeps = {
  readonly limit: number
  readonly person: (userId: string) => Promise<Person | undefined>
  readonly tenant: () => Promise<Tenant>
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
  permissions: Type.Array(Type.String(), { description: 'What is allowed now; empty for somebody without a role.' }),
  tenant: Type.Object({
    id: Type.String({ format: 'uuid' }),
    slug: Type.String(),
    name: Type.String(),
    root: Type.Boolean({ description: 'Whether it is the tenant whose owners see to the others.' }),
  }),
})

/** Who asks, and what that allows: what a console needs to know before it shows anything. */
export const meAdminRoutes = ({ limit, person, tenant }: MeRoutesDeps): readonly AnyRoute[] => [
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
      return { status: 200, body: { kind: actor.kind, id: actor.id, user, permissions, tenant: { ...where, root: isRoot } } }
    },
  }),
]

import { Type } from 'typebox'
import { type AnyRoute, route, signedIn } from '../http/route.ts'
import type { OrganizationInvitations, ReceivedInvitation } from './invitations.job.ts'
import { refusalError } from './refusals.routes.ts'
import { id, instant } from './schemas.ts'
import { uuidIn } from './side.routes.ts'

type Deps = { readonly invitations: OrganizationInvitations; readonly limit: number }

const path = '/account/v1/organization-invitations'
const shared = { tag: 'self-service', isCredential: true } as const

const Received = Type.Object({
  id,
  organization: Type.Object({ id, slug: Type.String(), name: Type.String() }),
  roles: Type.Array(Type.String()),
  expires_at: instant,
})

const view = ({ id: own, organization_id: organization, slug, name, roles, expires_at: expires }: ReceivedInvitation) => ({
  ...{ id: own, organization: { id: organization, slug, name }, roles: [...roles] },
  expires_at: expires.toISOString(),
})

const list = ({ invitations, limit }: Deps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Invitations to organizations that wait for the person',
    description: 'Those of an e-mail address of the account that is proved, the newest 50.',
    auth: signedIn,
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: { 200: Type.Object({ invitations: Type.Array(Received) }) },
    handle: async ({ actor }) => ({ status: 200, body: { invitations: (await invitations.received(actor.userId)).map(view) } }),
  })

const accept = ({ invitations, limit }: Deps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/accept`,
    summary: 'Accept an invitation to an organization',
    description: 'Only one of an address that the account has proved.',
    auth: signedIn,
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { event: 'organization_invitation.accepted' },
    responses: { 200: Type.Object({ organization_id: id }) },
    handle: async ({ actor: { userId }, params, events }) => {
      const outcome = await invitations.accept(events, { id: uuidIn(params, 'id', 'invitation'), userId })
      if (outcome.kind !== 'accepted') throw refusalError(outcome, 'invitation')
      return { status: 200, body: { organization_id: outcome.organizationId } }
    },
  })

/** Invitations to organizations as whoever was invited meets them. */
export const receivedInvitationRoutes = (deps: Deps): readonly AnyRoute[] => [list(deps), accept(deps)]

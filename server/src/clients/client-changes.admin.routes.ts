import { Type } from 'typebox'
import { empty } from '../http/content.ts'
import { conflict, notFoundError } from '../http/errors.ts'
import { etagOf } from '../http/etag.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import {
  ClientBody,
  type ClientRoutesDeps,
  changeable,
  clientIdOf,
  path,
  perActor,
  savedClient,
  shared,
} from './client-view.admin.routes.ts'

const day = 86_400

const switchTo = (deps: ClientRoutesDeps, verb: 'disable' | 'enable'): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/${verb}`,
    summary:
      verb === 'disable' ? 'Shut an application: no sign-in and no token for it from now on' : 'Open an application that was disabled',
    auth: permission('clients:write'),
    limit: perActor(deps),
    audit: { none: `client.${verb}d is written where it was not so before` },
    responses: { 204: empty },
    handle: async ({ actor, events, params }) => {
      const id = changeable(params)
      if ((await deps.find(id)) === undefined) throw notFoundError('application')
      await deps.adminBy({ permissions: actor.permissions, events }).setStatus(id, verb === 'disable' ? 'disabled' : 'active')
      deps.forget()
      return { status: 204, body: undefined }
    },
  })

const Rotation = Type.Object(
  {
    overlap_seconds: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 90 * day, default: day, description: 'How long the present secrets go on to work.' }),
    ),
  },
  { additionalProperties: false, examples: [{ overlap_seconds: day }] },
)

const rotate = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/secrets`,
    summary: 'Give an application a new secret',
    description: 'It is in this answer and never again. The present ones end after the overlap.',
    auth: permission('clients:write'),
    limit: perActor(deps),
    audit: { event: 'client.secret_rotated' },
    isIdempotent: true,
    request: { body: Rotation },
    responses: { 201: Type.Object({ client_secret: Type.String(), overlap_seconds: Type.Integer() }) },
    handle: async ({ actor, events, body, params }) => {
      const { overlap_seconds: overlapSeconds = day } = body
      const rotated = await deps
        .adminBy({ permissions: actor.permissions, events })
        .rotateSecret({ id: changeable(params), overlapSeconds })
      if (rotated.kind === 'gone') throw notFoundError('application')
      if (rotated.kind === 'no-secret')
        throw conflict('no-secret', 'This application has no secret: it proves who it is otherwise, or not at all.')
      deps.forget()
      return { status: 201, body: { client_secret: rotated.secret, overlap_seconds: overlapSeconds } }
    },
  })

const NewRedirectUri = Type.Object(
  { redirect_uri: Type.String({ minLength: 1, maxLength: 2000 }) },
  { additionalProperties: false, examples: [{ redirect_uri: 'https://shop.example/callback' }] },
)

const addRedirectUri = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${path}/:id/redirect-uris`,
    summary: 'Let answers go to one more redirect URI',
    description: 'It is checked as at a registration. One that is registered already changes nothing.',
    auth: permission('clients:write'),
    limit: perActor(deps),
    audit: { none: 'client.updated is written in the transaction of the change, where there is one' },
    request: { body: NewRedirectUri },
    responses: { 200: ClientBody },
    handle: async ({ actor, events, body, params }) => {
      const admin = deps.adminBy({ permissions: actor.permissions, events })
      const { body: saved, client } = savedClient(await admin.addRedirectUri({ id: changeable(params), uri: body.redirect_uri }))
      deps.forget()
      return { status: 200, body: saved, headers: { etag: etagOf(client.version) } }
    },
  })

const firstSignIn = (deps: ClientRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: `${path}/:id/first-sign-in`,
    summary: 'Whether and when somebody first signed in to an application',
    description: 'As far back as its grants are kept. An application that gets tokens for itself alone has none.',
    auth: permission('clients:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: {
      200: Type.Object({ signed_in: Type.Boolean(), first_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]) }),
    },
    handle: async ({ params }) => {
      const id = clientIdOf(params)
      if ((await deps.find(id)) === undefined) throw notFoundError('application')
      const first = await deps.firstSignIn(id)
      return { status: 200, body: { signed_in: first !== undefined, first_at: first?.toISOString() ?? null } }
    },
  })

/** What is done with one application besides changing its metadata. */
export const clientChangeRoutes = (deps: ClientRoutesDeps): readonly AnyRoute[] => [
  switchTo(deps, 'disable'),
  switchTo(deps, 'enable'),
  rotate(deps),
  addRedirectUri(deps),
  firstSignIn(deps),
]

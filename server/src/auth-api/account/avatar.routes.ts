import { Type } from 'typebox'
import { content, empty } from '../../http/content.ts'
import { AppError, unavailableNow } from '../../http/errors.ts'
import { type AnyRoute, publicRoute, route, signedIn } from '../../http/route.ts'
import { sha256Text } from '../../platform/digest.ts'
import { isUuid } from '../../platform/ids.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { type AvatarImage, readAvatar } from './avatar-image.ts'
import { avatarUrl } from './me.routes.ts'
import { badField, notFound, perActor, shared } from './replies.routes.ts'

const path = '/account/v1/avatar'

/** The picture made anew; what a file carried besides it, and what only looks like one, does not get through. */
const encoded = async ({ encodePicture }: AccountDeps, { bytes }: AvatarImage): Promise<AvatarImage> => {
  const encoding = await encodePicture(bytes)
  if (encoding.kind === 'encoded') return encoding.image
  if (encoding.kind === 'busy') throw unavailableNow('pictures-busy', 2)
  if (encoding.kind === 'unavailable')
    throw new AppError({
      status: 503,
      code: 'no-picture-decoder',
      detail: 'This server cannot take pictures. Its operator can see why with: cip doctor',
    })
  throw badField([], 'value_error', 'This image could not be read. Save it anew as PNG, JPEG or WebP')
}

const put = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PUT',
    path,
    summary: 'Replace the picture',
    description:
      'The bytes of a PNG, JPEG or WebP image of at most 64 KiB and 1,024 by 1,024 pixels; its kind is told by its bytes. It is made anew as a WebP square of 256 pixels, from its middle.',
    auth: signedIn,
    limit: perActor(deps),
    audit: { event: 'avatar.changed' },
    request: { bytes: Type.String({ contentEncoding: 'binary' }) },
    responses: { 200: Type.Object({ avatar_url: Type.String({ format: 'uri' }) }) },
    handle: async ({ tenantId, actor, body, events }) => {
      const { userId } = actor
      const reading = readAvatar(body)
      if (reading.kind === 'refused') throw badField([], 'value_error', reading.sentence)
      const image = await encoded(deps, reading.image)
      const hash = sha256Text(image.bytes)
      const event = events.make({ type: 'avatar.changed', userId, payload: {} })
      await deps.avatars.save(tenantId, { userId, image, hash, event })
      return { status: 200, body: { avatar_url: avatarUrl(deps.issuer, userId, hash) } }
    },
  })

const remove = (deps: AccountDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path,
    summary: 'Remove the picture',
    auth: signedIn,
    limit: perActor(deps),
    audit: { event: 'avatar.removed' },
    responses: { 204: empty, 404: Detail },
    handle: async ({ tenantId, actor, events }) => {
      const { userId } = actor
      const isRemoved = await deps.avatars.remove(tenantId, { userId, event: events.make({ type: 'avatar.removed', userId, payload: {} }) })
      if (!isRemoved) throw notFound()
      return { status: 204, body: undefined }
    },
  })

// Whatever a browser makes of the bytes, it runs nothing, asks for nothing and belongs to no origin (attack case J-08).
const headersOf = (mediaType: string) => ({
  'content-type': mediaType,
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
  'content-disposition': `inline; filename="avatar.${mediaType.slice('image/'.length)}"`,
  'cross-origin-resource-policy': 'cross-origin',
})

const show = ({ avatars }: AccountDeps): AnyRoute =>
  route({
    tag: 'self-service',
    method: 'GET',
    path: `${path}/:userId/:hash`,
    summary: 'A picture, by its owner and its hash',
    auth: publicRoute('pages show it to whoever was told its address'),
    limit: { by: 'address', max: 600, seconds: 60 },
    audit: { none: 'reads only' },
    responses: { 200: content('negotiated'), 404: Detail },
    handle: async ({ tenantId, params }) => {
      const { userId = '', hash = '' } = params
      const avatar = isUuid(userId) && /^[\w-]{43}$/.test(hash) ? await avatars.find(tenantId, { userId, hash }) : undefined
      if (avatar === undefined) throw notFound()
      return { status: 200, body: avatar.bytes, headers: headersOf(avatar.mediaType) }
    },
  })

export const avatarRoutes = (deps: AccountDeps): readonly AnyRoute[] => [put(deps), remove(deps), show(deps)]

import { Type } from 'typebox'
import { logosOf } from '../../clients/clients.ts'
import { content, empty } from '../../http/content.ts'
import { packedReply } from '../../http/packed.ts'
import { type AnyRoute, publicRoute, route } from '../../http/route.ts'
import { brandStylesheet } from '../../pages/brand/brand-stylesheet.ts'
import { monogramPicture } from '../../pages/monogram-picture.ts'
import { isUuid } from '../../platform/ids.ts'
import { type NamedStylesheet, stylesheetOf, tokensOf } from '../../settings/settings.ts'
import { brandingOver, logoHashOf } from '../brand-paths.ts'
import { openDraft } from '../branding-draft.ts'
import type { LogoPicture } from '../client-logos.ts'
import { parseParameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import { cardName } from './page-reply.ts'

const css = content('text/css; charset=utf-8')
const forEver = 'public, max-age=31536000, immutable'

const shared = (provider: Provider) =>
  ({
    method: 'GET',
    tag: 'pages',
    auth: publicRoute('the pages that load it are for everybody'),
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads what every page shows' },
  }) as const

const nothing = new Uint8Array()

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

// As with the assets: during a change the page may name the look of before; it gets the present one, and nothing keeps it.
const stylesheetReply = (found: NamedStylesheet | undefined, hash: string | undefined, headers: Headers) =>
  packedReply(found?.bytes ?? nothing, headers, { 'cache-control': found?.hash === hash ? forEver : 'no-cache' })

const tenantStylesheet = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/branding/:hash.css',
    summary: 'The colours and shapes of the tenant',
    description: 'The name carries a hash of the content.',
    responses: { 200: css },
    handle: async ({ tenantId, params, headers }) =>
      stylesheetReply(stylesheetOf(await provider.branding(tenantId)), params['hash'], headers),
  })

const portalStylesheet = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/branding/portal/:hash.css',
    summary: 'The colours and corners of the tenant in the account portal',
    responses: { 200: css },
    handle: async ({ tenantId, params, headers }) => {
      const branding = await provider.branding(tenantId)
      return stylesheetReply(branding && tokensOf(branding), params['hash'], headers)
    },
  })

const clientStylesheet = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/branding/client/:clientId/:hash.css',
    summary: 'The colours of an application',
    responses: { 200: css, 404: empty },
    handle: async ({ tenantId, params, headers }) => {
      const client = await provider.findClient(tenantId, params['clientId'] ?? '')
      return client === undefined
        ? { status: 404, body: undefined }
        : stylesheetReply(stylesheetOf(client.branding), params['hash'], headers)
    },
  })

const organizationStylesheet = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/branding/organization/:id/:hash.css',
    summary: 'The colours of an organization, with the shapes of its tenant',
    responses: { 200: css, 404: empty },
    handle: async ({ tenantId, params, headers }) => {
      const { id = '', hash } = params
      const rules = isUuid(id) ? await provider.authorization.organizations.rules(tenantId, id) : undefined
      if (rules === undefined) return { status: 404, body: undefined }
      return stylesheetReply(stylesheetOf(brandingOver(rules.look, await provider.branding(tenantId))), hash, headers)
    },
  })

const draftStylesheet = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/branding/draft.css',
    summary: 'The colours and shapes of a draft, for its preview',
    description: 'A draft was checked and sealed by the command line.',
    request: { raw: Type.Object({ draft: Type.String() }) },
    responses: { 200: css, 404: empty },
    handle: ({ tenantId, body }) => {
      const draft = openDraft(provider, { tenantId, text: parseParameters(body.query).values.get('draft') })
      if (draft === undefined) return { status: 404, body: undefined }
      return { status: 200, body: brandStylesheet(draft), headers: { 'cache-control': 'no-store' } }
    },
  })

// A picture that somebody else chose is neither a page nor part of one, wherever it is opened.
const pictureHeaders = { 'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff' }
const picture = content('negotiated', { type: 'string', description: 'A picture; its media type is that of its bytes.' })

const tenantLogo = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/branding/logo/:hash',
    summary: 'The logo of the tenant',
    responses: { 200: picture, 404: empty },
    handle: async ({ tenantId, params }) => {
      const logo = await provider.findLogo(tenantId)
      if (logo === undefined || logo.hash !== params['hash']) return { status: 404, body: undefined }
      return {
        status: 200,
        body: Buffer.from(logo.base64, 'base64'),
        headers: { ...pictureHeaders, 'content-type': logo.mediaType, 'cache-control': forEver },
      }
    },
  })

const organizationLogo = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/branding/organization/:id/logo/:hash',
    summary: 'The logo of an organization',
    responses: { 200: picture, 404: empty },
    handle: async ({ tenantId, params }) => {
      const { id: organizationId = '', hash = '' } = params
      const logo = isUuid(organizationId) ? await provider.findOrganizationLogo(tenantId, { organizationId, hash }) : undefined
      if (logo === undefined) return { status: 404, body: undefined }
      const headers = { ...pictureHeaders, 'content-type': logo.mediaType, 'cache-control': forEver }
      return { status: 200, body: logo.bytes, headers }
    },
  })

/** An hour where it is the picture of the address that the page knew; five minutes for the letter in its place. */
const pictureReply = (found: LogoPicture | undefined, { name, isCurrent }: { name: string; isCurrent: boolean }) => {
  const { bytes, mediaType } = found ?? { bytes: Buffer.from(monogramPicture(name)), mediaType: 'image/svg+xml' }
  const keep = found === undefined ? 'public, max-age=300' : 'public, max-age=3600'
  return {
    status: 200 as const,
    body: bytes,
    headers: { ...pictureHeaders, 'content-type': mediaType, 'cache-control': isCurrent ? keep : 'no-cache' },
  }
}

const clientLogo = (provider: Provider): AnyRoute =>
  route({
    ...shared(provider),
    path: '/client-logo/:clientId/:hash',
    summary: 'The logo of an application, fetched by this server',
    description:
      'No browser loads anything from the host that the application names (security case B-10). Where the logo cannot be had, its initial stands there.',
    responses: { 200: picture, 404: empty },
    handle: async ({ tenantId, params }) => {
      const client = await provider.findClient(tenantId, params['clientId'] ?? '')
      const logos = client?.isEnabled ? logosOf(client) : []
      // One that has been replaced meanwhile is answered with the present one.
      const current = logos.find((uri) => logoHashOf(uri) === params['hash'])
      const logo = current ?? logos[0]
      if (client === undefined || logo === undefined) return { status: 404, body: undefined }
      const found = await provider.findClientLogo(logo)
      return pictureReply(found, { name: cardName(client), isCurrent: current !== undefined })
    },
  })

/** How the pages of a tenant and of its applications look: stylesheets and logos, all from this server. */
export const brandingRoutes = (provider: Provider): readonly AnyRoute[] => [
  draftStylesheet(provider),
  tenantStylesheet(provider),
  portalStylesheet(provider),
  clientStylesheet(provider),
  organizationStylesheet(provider),
  tenantLogo(provider),
  organizationLogo(provider),
  clientLogo(provider),
]

import { Type } from 'typebox'
import { drawQrCode } from '../../credentials/totp/totp.ts'
import { type AnyRoute, publicRoute, route } from '../../http/route.ts'
import type { Assets, Card, Frame } from '../../pages/frame.ts'
import { isPreviewName, previewNames, previewPage } from '../../pages/preview-page.ts'
import { brandOf } from '../brand-paths.ts'
import { openDraft } from '../branding-draft.ts'
import { parseParameters } from '../core/params.ts'
import type { Provider } from '../provider.ts'
import { cardOf, frameOf, languageReply, pageReply } from './page-reply.ts'
import { pageResponses } from './page-responses.routes.ts'

const sample: Card = { name: 'Example', host: 'app.example.com' }
const qr = drawQrCode('otpauth://totp/Example:maria?secret=JBSWY3DPEHPK3PXP&issuer=Example')
const text = Type.Optional(Type.String())

/** The frame with the look of a draft, which somebody who may change it has had checked and sealed. */
const withDraft = (provider: Provider, frame: Frame, { tenantId, draft }: { tenantId: string; draft: string | undefined }): Frame => {
  const branding = openDraft(provider, { tenantId, text: draft })
  if (branding === undefined) return frame
  const stylesheet = `${provider.basePath}/branding/draft.css?draft=${encodeURIComponent(draft ?? '')}`
  return { ...frame, brand: brandOf(provider.basePath, branding, stylesheet) }
}

/**
 * Open to everybody: it shows what every page of the tenant shows, with sample data, and takes nothing in. A draft opens only sealed by this installation,
 * for whoever may change the look, so that nobody can show words of their own under this address.
 */
export const previewRoutes = (provider: Provider, assets: Assets): readonly AnyRoute[] => [
  route({
    method: 'GET',
    path: '/interaction/preview',
    summary: 'A page as it would look, with sample data',
    description: `Pages: ${previewNames.join(', ')}. The look is the saved one, or that of a draft by "cip branding preview" or /admin/v1/settings/branding/preview.`,
    tag: 'pages',
    auth: publicRoute('shows what every page of the tenant shows'),
    limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
    audit: { none: 'reads only' },
    cors: 'never',
    failure: 'page',
    request: { raw: Type.Object({ page: text, client_id: text, draft: text }) },
    responses: pageResponses,
    handle: async ({ tenantId, body, headers }) => {
      const inOtherLanguage = languageReply(provider, { body })
      if (inOtherLanguage !== undefined) return inOtherLanguage
      const { values } = parseParameters(body.query)
      const [page, clientId] = [values.get('page'), values.get('client_id')]
      const client = clientId === undefined || clientId.length > 512 ? undefined : await provider.findClient(tenantId, clientId)
      const frame = withDraft(provider, await frameOf(provider, assets, { tenantId, headers, body }), {
        tenantId,
        draft: values.get('draft'),
      })
      const card = client === undefined ? sample : cardOf(client, frame)
      return formless(pageReply(200, previewPage(isPreviewName(page) ? page : 'sign-in', { ...frame, client: card, qr })))
    },
  }),
]

type PageReply = ReturnType<typeof pageReply<200>>

// Whatever a browser makes of the page, it sends no form from it. Pages of this origin alone show it within themselves: the console does.
const formless = (reply: PageReply): PageReply => ({
  ...reply,
  headers: {
    ...reply.headers,
    'content-security-policy': `${String(reply.headers['content-security-policy']).replace("frame-ancestors 'none'", "frame-ancestors 'self'")}; form-action 'none'`,
    'x-frame-options': 'SAMEORIGIN',
  },
})

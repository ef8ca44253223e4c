import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { html, printHtml } from '../platform/html.ts'
import { content, empty } from './content.ts'
import { AppError } from './errors.ts'
import { type AnyRoute, publicRoute, route, unlimited } from './route.ts'

const folder = fileURLToPath(new URL('../../../web/account/dist/', import.meta.url))

const contentSecurityPolicy = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'",
  "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
].join('; ')

const mediaTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

type Asset = { readonly bytes: Buffer; readonly packed: Buffer; readonly mediaType: string }
type Portal = { readonly page: string; readonly assets: ReadonlyMap<string, () => Asset> }

const packed = (bytes: Buffer): Buffer => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })

/** Read and packed at its first request, and kept. */
const lazily = (path: string, mediaType: string): (() => Asset) => {
  let made: Asset | undefined
  return () => {
    if (made === undefined) {
      const bytes = readFileSync(path)
      made = { bytes, packed: packed(bytes), mediaType }
    }
    return made
  }
}

let opened: Portal | undefined

/** The built portal; one build is served as long as the process lives, so that its parts belong together. */
const openPortal = (): Portal => {
  if (opened !== undefined) return opened
  if (!existsSync(`${folder}index.html`))
    throw new AppError({ status: 503, code: 'portal-not-built', detail: 'The account portal is not built. Run: npm run build:portal' })
  const names = readdirSync(`${folder}assets`)
  const assets = names.flatMap((name) => {
    const mediaType = mediaTypes[name.split('.').at(-1) ?? '']
    return mediaType === undefined ? [] : [[name, lazily(`${folder}assets/${name}`, mediaType)] as const]
  })
  opened = { page: readFileSync(`${folder}index.html`, 'utf8'), assets: new Map(assets) }
  return opened
}

const pagePolicy = {
  tag: 'pages',
  auth: publicRoute('the program is for everybody; what it shows comes from the account API'),
  limit: unlimited('static bytes from memory'),
  audit: { none: 'reads nothing that belongs to anybody' },
} as const

const notFound = (): AppError => new AppError({ status: 404, code: 'not-found', detail: 'Not Found' })

const pageRoutes = (issuer: string): readonly AnyRoute[] => {
  let made: { readonly body: string; readonly etag: string } | undefined
  const read = () => {
    if (made === undefined) {
      const body = openPortal().page.replace('__ISSUER__', printHtml(html`${issuer}`))
      made = { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
    }
    return made
  }
  const at = (path: string, summary: string): AnyRoute =>
    route({
      ...pagePolicy,
      method: 'GET',
      path,
      summary,
      responses: { 200: content('text/html; charset=utf-8'), 304: empty },
      handle: ({ headers: sent, params }) => {
        // The account API answers below this name.
        if (params['page'] === 'v1') throw notFound()
        const { body, etag } = read()
        const headers = { etag, 'cache-control': 'no-cache', 'content-security-policy': contentSecurityPolicy }
        if (sent['if-none-match'] === etag) return { status: 304, body: undefined, headers }
        return { status: 200, body, headers }
      },
    })
  return [at('/account', 'The account portal'), at('/account/:page', 'A page of the account portal')]
}

const assetRoute = (): AnyRoute =>
  route({
    ...pagePolicy,
    method: 'GET',
    path: '/account/assets/:file',
    summary: 'A part of the account portal; its name carries a hash of the content',
    responses: { 200: content('negotiated') },
    handle: ({ headers: sent, params }) => {
      const asset = openPortal().assets.get(params['file'] ?? '')?.()
      if (asset === undefined) throw notFound()
      const headers = {
        'content-type': asset.mediaType,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
      }
      if (!/\bbr\b/.test(String(sent['accept-encoding'] ?? ''))) return { status: 200, body: asset.bytes, headers }
      return { status: 200, body: asset.packed, headers: { ...headers, 'content-encoding': 'br' } }
    },
  })

/** The account portal at `/account`, for the tenant of the issuer. */
export const portalRoutes = (issuer: string): readonly AnyRoute[] => [...pageRoutes(issuer), assetRoute()]

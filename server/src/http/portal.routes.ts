import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
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

/** Read at its first request, as the build packed it, and kept. */
const lazily = (path: string, mediaType: string): (() => Asset) => {
  let made: Asset | undefined
  return () => {
    made ??= { bytes: readFileSync(path), packed: readFileSync(`${path}.br`), mediaType }
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

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** What stands in the page before its program runs. */
export type PortalShell = {
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  readonly title: string
  /** Said while the program is on its way. */
  readonly opening: string
  /** Said to browsers that run no script. */
  readonly needsScript: string
  /** Name, logo and links of the tenant. */
  readonly brand: Readonly<Record<string, string | undefined>>
  /** The path of its colours and corners. */
  readonly stylesheet: string | undefined
}

export type PortalDeps = {
  readonly issuer: string
  readonly readShell: (request: { readonly tenantId: string; readonly headers: Headers }) => Promise<PortalShell>
}

type Filled = { readonly body: string; readonly etag: string }

const fill = (page: string, issuer: string, { language, direction, stylesheet, ...shell }: PortalShell): Filled => {
  const places: readonly (readonly [string, string])[] = [
    ['<html lang="en">', printHtml(html`<html lang="${language}" dir="${direction}">`)],
    ['<title>Your account</title>', printHtml(html`<title>${shell.title}</title>`)],
    ['__ISSUER__', printHtml(html`${issuer}`)],
    ['__BRAND__', printHtml(html`${JSON.stringify(shell.brand)}`)],
    ['Opening your account …', printHtml(html`${shell.opening}`)],
    [/(?<=<noscript><p class="boot">)[^<]*/.exec(page)?.[0] ?? '', printHtml(html`${shell.needsScript}`)],
    // After the look of the portal, so that it wins.
    ['</head>', stylesheet === undefined ? '</head>' : printHtml(html`<link rel="stylesheet" href="${stylesheet}">\n</head>`)],
  ]
  const body = places.reduce((text, [from, to]) => text.replace(from, () => to), page)
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

const pageRoutes = ({ issuer, readShell }: PortalDeps): readonly AnyRoute[] => {
  // One page for each language, made anew where the branding has changed.
  const made = new Map<string, Filled & { readonly from: string }>()
  const read = async (request: Parameters<PortalDeps['readShell']>[0]): Promise<Filled> => {
    const shell = await readShell(request)
    const from = JSON.stringify(shell)
    const known = made.get(shell.language)
    if (known?.from === from) return known
    const filled = { ...fill(openPortal().page, issuer, shell), from }
    made.set(shell.language, filled)
    return filled
  }
  const at = (path: string, summary: string): AnyRoute =>
    route({
      ...pagePolicy,
      method: 'GET',
      path,
      summary,
      responses: { 200: content('text/html; charset=utf-8'), 304: empty },
      handle: async ({ tenantId, headers: sent, params }) => {
        // The account API answers below this name.
        if (params['page'] === 'v1') throw notFound()
        const { body, etag } = await read({ tenantId, headers: sent })
        const headers = {
          ...{ etag, 'cache-control': 'no-cache', 'content-security-policy': contentSecurityPolicy },
          vary: 'Accept-Language, Cookie',
        }
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
export const portalRoutes = (deps: PortalDeps): readonly AnyRoute[] => [...pageRoutes(deps), assetRoute()]

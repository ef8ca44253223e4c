import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { html, printHtml } from '../platform/html.ts'
import { content, empty } from './content.ts'
import { AppError } from './errors.ts'
import { type AnyRoute, publicRoute, route, unlimited } from './route.ts'

/** A program of ours that runs in the browser. */
export type WebApp = {
  /** The path that it answers at, and the name of its folder in `web`. */
  readonly name: 'account' | 'console'
  /** As sentences call it. */
  readonly title: string
  /** The paths of its pages, besides the first one. */
  readonly pages: readonly string[]
  readonly why: string
  /** Where its forms may go without its script. */
  readonly formAction: "'none'" | "'self'"
}

const portal: WebApp = {
  ...{ name: 'account', title: 'account portal', pages: ['/account/:page', '/account/organizations/*'] },
  why: 'the program is for everybody; what it shows comes from the account API',
  formAction: "'none'",
}

const consoleApp: WebApp = {
  ...{ name: 'console', title: 'administration console', pages: ['/console/*'] },
  why: 'the program is for everybody; what it shows comes from the admin API',
  // Forms bring the ticket to act as somebody into a tab of its own, and a mail into the frame of its preview.
  formAction: "'self'",
}

// The console shows previews of the hosted pages and of mails within its own.
const contentSecurityPolicy = ({ name, formAction }: WebApp): string =>
  [
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'",
    ...(name === 'console' ? ["frame-src 'self'"] : []),
    "frame-ancestors 'none'; base-uri 'none'",
    `form-action ${formAction}`,
  ].join('; ')

const mediaTypes: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
}

type Asset = { readonly bytes: Buffer; readonly packed: Buffer; readonly mediaType: string }
type Built = { readonly page: string; readonly assets: ReadonlyMap<string, () => Asset> }

/** Read at its first request, as the build packed it, and kept. */
const lazily = (path: string, mediaType: string): (() => Asset) => {
  let made: Asset | undefined
  return () => {
    made ??= { bytes: readFileSync(path), packed: readFileSync(`${path}.br`), mediaType }
    return made
  }
}

const opened = new Map<string, Built>()

const readBuild = ({ name, title }: WebApp): Built => {
  const folder = fileURLToPath(new URL(`../../../web/${name}/dist/`, import.meta.url))
  if (!existsSync(`${folder}index.html`))
    throw new AppError({ status: 503, code: 'not-built', detail: `The ${title} is not built. Run: npm run build:web` })
  const assets = readdirSync(`${folder}assets`).flatMap((file) => {
    const mediaType = mediaTypes[file.split('.').at(-1) ?? '']
    return mediaType === undefined ? [] : [[file, lazily(`${folder}assets/${file}`, mediaType)] as const]
  })
  return { page: readFileSync(`${folder}index.html`, 'utf8'), assets: new Map(assets) }
}

/** The built program; one build is served as long as the process lives, so that its parts belong together. */
const openBuild = (app: WebApp): Built => {
  const built = opened.get(app.name) ?? readBuild(app)
  opened.set(app.name, built)
  return built
}

const policyOf = ({ why }: WebApp) =>
  ({
    tag: 'pages',
    auth: publicRoute(why),
    limit: unlimited('static bytes from memory'),
    audit: { none: 'reads nothing that belongs to anybody' },
  }) as const

const notFound = (): AppError => new AppError({ status: 404, code: 'not-found', detail: 'Not Found' })

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** What stands in the page before its program runs. */
export type WebAppShell = {
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

export type WebAppDeps = {
  readonly issuer: string
  readonly readShell: (request: { readonly tenantId: string; readonly headers: Headers }) => Promise<WebAppShell>
}

type Filled = { readonly body: string; readonly etag: string }

const fill = (page: string, issuer: string, { language, direction, stylesheet, ...shell }: WebAppShell): Filled => {
  const places: readonly (readonly [string, string])[] = [
    ['<html lang="en">', printHtml(html`<html lang="${language}" dir="${direction}">`)],
    [/<title>[^<]*<\/title>/.exec(page)?.[0] ?? '', printHtml(html`<title>${shell.title}</title>`)],
    ['__ISSUER__', printHtml(html`${issuer}`)],
    ['__BRAND__', printHtml(html`${JSON.stringify(shell.brand)}`)],
    [/(?<=<p class="boot" role="status">)[^<]*/.exec(page)?.[0] ?? '', printHtml(html`${shell.opening}`)],
    [/(?<=<noscript><p class="boot">)[^<]*/.exec(page)?.[0] ?? '', printHtml(html`${shell.needsScript}`)],
    // After the look of the program, so that it wins.
    ['</head>', stylesheet === undefined ? '</head>' : printHtml(html`<link rel="stylesheet" href="${stylesheet}">\n</head>`)],
  ]
  const body = places.reduce((text, [from, to]) => text.replace(from, () => to), page)
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

// The account API answers below the name of the portal; what is no part is no page either.
const isNoPage = ({ page, '*': rest = '' }: Readonly<Record<string, string>>): boolean =>
  page === 'v1' || /^(?:v1|assets)(?:\/|$)/.test(rest)

const pageRoutes = (app: WebApp, { issuer, readShell }: WebAppDeps): readonly AnyRoute[] => {
  // One page for each language, made anew where the branding has changed.
  const made = new Map<string, Filled & { readonly from: string }>()
  const read = async (request: Parameters<WebAppDeps['readShell']>[0]): Promise<Filled> => {
    const shell = await readShell(request)
    const from = JSON.stringify(shell)
    const known = made.get(shell.language)
    if (known?.from === from) return known
    const filled = { ...fill(openBuild(app).page, issuer, shell), from }
    made.set(shell.language, filled)
    return filled
  }
  const at = (path: string, summary: string): AnyRoute =>
    route({
      ...policyOf(app),
      method: 'GET',
      path,
      summary,
      responses: { 200: content('text/html; charset=utf-8'), 304: empty },
      handle: async ({ tenantId, headers: sent, params }) => {
        if (isNoPage(params)) throw notFound()
        const { body, etag } = await read({ tenantId, headers: sent })
        const headers = {
          ...{ etag, 'cache-control': 'no-cache', 'content-security-policy': contentSecurityPolicy(app) },
          vary: 'Accept-Language, Cookie',
        }
        if (sent['if-none-match'] === etag) return { status: 304, body: undefined, headers }
        return { status: 200, body, headers }
      },
    })
  return [at(`/${app.name}`, `The ${app.title}`), ...app.pages.map((path) => at(path, `A page of the ${app.title}`))]
}

const assetRoute = (app: WebApp): AnyRoute =>
  route({
    ...policyOf(app),
    method: 'GET',
    path: `/${app.name}/assets/:file`,
    summary: `A part of the ${app.title}; its name carries a hash of the content`,
    responses: { 200: content('negotiated') },
    handle: ({ headers: sent, params }) => {
      const asset = openBuild(app).assets.get(params['file'] ?? '')?.()
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

const routesOf =
  (app: WebApp) =>
  (deps: WebAppDeps): readonly AnyRoute[] => [...pageRoutes(app, deps), assetRoute(app)]

/** The account portal at `/account`, for the tenant of the issuer. */
export const portalRoutes = routesOf(portal)

/** The administration console at `/console`, for the tenant of the issuer. */
export const consoleRoutes = routesOf(consoleApp)

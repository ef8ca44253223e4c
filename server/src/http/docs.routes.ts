import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { content, empty } from './content.ts'
import { type OpenApiOptions, openApi } from './openapi.ts'
import { type AnyRoute, publicRoute, route, unlimited } from './route.ts'

const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const startScript = `const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
follow()
dark.addEventListener('change', follow)
window.addEventListener('load', () => {
  window.ui = SwaggerUIBundle({
    url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, persistAuthorization: false, displayRequestDuration: true,
    tryItOutEnabled: true, validatorUrl: null, presets: [SwaggerUIBundle.presets.apis], layout: 'BaseLayout',
    // Hundreds of operations: the first section is open, and those that are opened.
    docExpansion: 'none', onComplete: () => window.ui.layoutActions.show(['operations-tag', 'account'], true),
  })
})
`

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API documentation</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/page.css">
</head>
<body>
<noscript><p class="notice">This page draws the document at <a href="/openapi.json">/openapi.json</a> with a script. Without one, read the document itself.</p></noscript>
<main id="swagger-ui"></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

const pageStyle = `body { margin: 0; }
.notice { font: 16px/1.5 ui-sans-serif, system-ui, sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem; }
.swagger-ui, .swagger-ui .info .title, .swagger-ui .opblock-tag, .swagger-ui .btn, .swagger-ui label, .swagger-ui table thead tr th {
  font-family: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.swagger-ui .wrapper { max-width: 1100px; }
.swagger-ui .info { margin: 32px 0 16px; }
.swagger-ui .info .title { font-size: 2rem; letter-spacing: -.015em; }
.swagger-ui .scheme-container { padding: 12px 0; box-shadow: none; border-bottom: 1px solid #dde3e1; }
.swagger-ui .servers > label, .swagger-ui .servers-title { display: none; }
.swagger-ui .btn.authorize { border-color: #0a6b5c; color: #0a6b5c; min-height: 40px; border-radius: 10px; }
.swagger-ui .btn.authorize svg { fill: #0a6b5c; }
.swagger-ui .btn.execute { background: #0a6b5c; border-color: #0a6b5c; }
.swagger-ui .btn:focus-visible, .swagger-ui button:focus-visible, .swagger-ui a:focus-visible { outline: 2px solid #0a6b5c; outline-offset: 2px; }
html.dark-mode { color-scheme: dark; }
html.dark-mode body { background: #0d1210; }
html.dark-mode .swagger-ui .btn.authorize { border-color: #3cc3a5; color: #3cc3a5; }
html.dark-mode .swagger-ui .btn.authorize svg { fill: #3cc3a5; }
`

const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

type Asset = { readonly bytes: Buffer; readonly packed: Buffer; readonly etag: string }

const asset = (bytes: Buffer): Asset => ({
  bytes,
  packed: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
})

/** Packed at its first request and kept: the start pays nothing for it. */
const lazily = (read: () => Buffer): (() => Asset) => {
  let made: Asset | undefined
  return () => {
    made ??= asset(read())
    return made
  }
}

type Static = { readonly path: string; readonly mediaType: string; readonly read: () => Buffer; readonly headers?: Record<string, string> }

const staticRoute = ({ path, mediaType, read, headers = {} }: Static): AnyRoute => {
  const get = lazily(read)
  return route({
    method: 'GET',
    path,
    summary: `Documentation page: ${path}`,
    tag: 'documentation',
    auth: publicRoute('documentation is for everybody'),
    limit: unlimited('static bytes from memory'),
    audit: { none: 'reads nothing that belongs to anybody' },
    responses: { 200: content(mediaType), 304: empty },
    handle: ({ headers: sent }) => {
      const { bytes, packed, etag } = get()
      const common = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding', ...headers }
      if (sent['if-none-match'] === etag) return { status: 304, body: undefined, headers: common }
      const isPacked = String(sent['accept-encoding'] ?? '').includes('br')
      return isPacked
        ? { status: 200, body: packed, headers: { ...common, 'content-encoding': 'br' } }
        : { status: 200, body: bytes, headers: common }
    },
  })
}

const file = (name: string) => () => readFileSync(join(assets, name))
const text = (value: string) => () => Buffer.from(value)

/** `/docs`, its assets from this machine, and `/openapi.json`. */
export const docsRoutes = (routes: readonly AnyRoute[], options: OpenApiOptions): readonly AnyRoute[] => [
  staticRoute({
    path: '/docs',
    mediaType: 'text/html; charset=utf-8',
    read: text(page),
    headers: { 'content-security-policy': contentSecurityPolicy },
  }),
  staticRoute({ path: '/docs/start.js', mediaType: 'text/javascript; charset=utf-8', read: text(startScript) }),
  staticRoute({ path: '/docs/page.css', mediaType: 'text/css; charset=utf-8', read: text(pageStyle) }),
  staticRoute({ path: '/docs/swagger-ui.css', mediaType: 'text/css; charset=utf-8', read: file('swagger-ui.css') }),
  staticRoute({ path: '/docs/swagger-ui-bundle.js', mediaType: 'text/javascript; charset=utf-8', read: file('swagger-ui-bundle.js') }),
  staticRoute({
    path: '/openapi.json',
    mediaType: 'application/json; charset=utf-8',
    read: () =>
      Buffer.from(
        JSON.stringify(
          openApi(
            routes.filter(({ tag }) => tag !== 'pages'),
            options,
          ),
        ),
      ),
  }),
]

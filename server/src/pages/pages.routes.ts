import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { content } from '../http/content.ts'
import { packedReply } from '../http/packed.ts'
import { type AnyRoute, publicRoute, route, unlimited } from '../http/route.ts'
import type { Assets } from './frame.ts'

type Asset = { readonly url: string; readonly name: string; readonly mediaType: string; readonly bytes: Buffer }

const asset = (name: string, mediaType: string): Asset => {
  const bytes = readFileSync(new URL(`./assets/${name}`, import.meta.url))
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  return { url: `/assets/${name.replace('.', `.${hash}.`)}`, name, mediaType, bytes }
}

const files = {
  stylesheet: asset('pages.css', 'text/css; charset=utf-8'),
  icon: asset('icon.svg', 'image/svg+xml'),
  formPost: asset('form-post.js', 'text/javascript; charset=utf-8'),
  logoutFrames: asset('logout-frames.js', 'text/javascript; charset=utf-8'),
  passkey: asset('passkey.js', 'text/javascript; charset=utf-8'),
} satisfies Record<keyof Assets, Asset>

/** The URLs of the assets, for the model of every page. A URL names its content and may be kept for ever. */
export const assetUrls: Assets = {
  stylesheet: files.stylesheet.url,
  icon: files.icon.url,
  formPost: files.formPost.url,
  logoutFrames: files.logoutFrames.url,
  passkey: files.passkey.url,
}

const forEver = 'public, max-age=31536000, immutable'

const assetRoute = ({ url, name, mediaType, bytes }: Asset): AnyRoute =>
  route({
    method: 'GET',
    path: `/assets/${name.replace('.', '.:hash.')}`,
    summary: `An asset of the hosted pages: ${name}`,
    description: 'The name carries a hash of the content.',
    tag: 'pages',
    auth: publicRoute('the pages that load it are for everybody'),
    limit: unlimited('static bytes from memory'),
    audit: { none: 'reads nothing that belongs to anybody' },
    responses: { 200: content(mediaType) },
    // While an upgrade is under way the page may come from a node of the other version: it gets the nearest thing, and nothing keeps it.
    handle: ({ params, headers }) =>
      packedReply(bytes, headers, { 'cache-control': url.includes(`.${params['hash']}.`) ? forEver : 'no-cache' }),
  })

/** The style, the scripts and the icon of the hosted pages. */
export const pagesRoutes = (): readonly AnyRoute[] => Object.values(files).map(assetRoute)

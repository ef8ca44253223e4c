import type { IncomingMessage } from 'node:http'

/** An address taken apart: the tenant that it names, and the path as the tenant at the root would have it. */
export type TenantPath = { readonly slug: string | undefined; readonly url: string }

const below = /^\/t\/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(\/.*)$/s
// RFC 8414 section 3.1: the well-known part stands before the path of the issuer.
const inserted =
  /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))\/t\/([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(\?.*)?$/s

/** Reads the tenant out of `/t/{slug}/...` and of the metadata addresses with the issuer's path behind. */
export const splitTenantPath = (url: string): TenantPath => {
  if (url.startsWith('/t/')) {
    const [, slug, rest = '/'] = below.exec(url) ?? []
    return slug === undefined ? { slug: undefined, url } : { slug, url: rest }
  }
  if (url.startsWith('/.well-known/')) {
    const [, path = '', slug, query = ''] = inserted.exec(url) ?? []
    return slug === undefined ? { slug: undefined, url } : { slug, url: path + query }
  }
  return { slug: undefined, url }
}

const slugs = new WeakMap<IncomingMessage, string>()

/** Takes the tenant out of a request's address before it is routed; `tenantSlugOf` knows it afterwards. */
export const routeByTenant = (request: IncomingMessage): string => {
  const { slug, url } = splitTenantPath(request.url ?? '/')
  if (slug !== undefined) slugs.set(request, slug)
  return url
}

/** The tenant that the address names; undefined at the root. */
export const tenantSlugOf = (request: IncomingMessage): string | undefined => slugs.get(request)

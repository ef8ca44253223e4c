import { type Client, clientInLanguage } from '../../clients/clients.ts'
import { chooseLanguage } from '../../pages/choose-language.ts'
import type { Assets, Card, Frame } from '../../pages/frame.ts'
import { languageParameter } from '../../pages/language-menu.ts'
import { languageWish, queryWithoutWish } from '../../pages/language-query.ts'
import { brandOf, brandOfOrganization, clientPaths } from '../brand-paths.ts'
import type { Provider } from '../provider.ts'

// No form-action: the answer to a form may send the browser on to the application, and browsers check that redirect against it.
const policy = (frames: readonly string[]): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self' data:",
    ...(frames.length > 0 ? [`frame-src ${frames.join(' ')}`] : []),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

type Options = { readonly cookies?: readonly string[]; readonly frames?: readonly string[] }

/** Headers of a hosted page. An application that opened it in a popup keeps its handle on it. */
export const pageHeaders = ({ cookies = [], frames = [] }: Options = {}): Record<string, string | readonly string[]> => ({
  'content-security-policy': policy(frames),
  'cross-origin-opener-policy': 'unsafe-none',
  'cache-control': 'no-store',
  vary: 'Accept-Language, Cookie',
  ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
})

const languageOfPage = /^<!doctype html>\n<html lang="([a-z-]+)"/

/** The language that a page says it is in. */
export const contentLanguage = (page: string): Record<string, string> => {
  const tag = languageOfPage.exec(page)?.[1]
  return tag === undefined ? {} : { 'content-language': tag }
}

export const pageReply = <S extends 200 | 400 | 403 | 422 | 429>(status: S, body: string, options: Options = {}) => ({
  status,
  body,
  headers: { ...pageHeaders(options), ...contentLanguage(body) },
})

export const redirectReply = <S extends 302 | 303>(status: S, location: string, cookies: readonly string[] = []) => ({
  status,
  body: undefined,
  headers: {
    location,
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'unsafe-none',
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
  },
})

const hostOf = (uri: string | undefined): string | undefined =>
  uri !== undefined && URL.canParse(uri) ? new URL(uri).host || undefined : undefined

const usualUri = (client: Client): string | undefined => client.redirectUris[0] ?? client.clientUri

/** What people call an application. */
export const cardName = (client: Client, redirectUri: string | undefined = usualUri(client)): string =>
  client.name ?? hostOf(redirectUri) ?? client.id

/**
 * A client as a person sees it on a page, in the language of that page where the client speaks it. Its host is where the answer goes, not what the client says
 * of itself; its logo comes from us.
 */
export const cardOf = (client: Client, { lang }: Pick<Frame, 'lang'>, redirectUri: string | undefined = usualUri(client)): Card => {
  const shown = clientInLanguage(client, lang)
  const { clientUri, policyUri, tosUri } = shown
  return { ...clientPaths(shown), name: cardName(shown, redirectUri), clientUri, policyUri, tosUri, host: hostOf(redirectUri) }
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** A request for a page. `query` is the one by which a GET shows the page again, where it is not the request's own. */
export type PageRequest = {
  readonly tenantId: string
  readonly headers: Headers
  readonly body: { readonly query: string; readonly form: string | undefined }
  readonly query?: string | undefined
  /** The organization that the request names, whose look the page has. */
  readonly organization?: string | undefined
}

type LanguageWishes = {
  /** What the application asks for. */
  readonly uiLocales?: readonly string[] | undefined
  /** The language of the person's account. */
  readonly person?: string | null | undefined
}

const yearSeconds = 31_536_000

/** The language of a page, by every wish for one. */
export const pageLanguage = (
  provider: Provider,
  { headers, uiLocales = [], person }: Pick<PageRequest, 'headers'> & LanguageWishes,
): string =>
  chooseLanguage({
    chosen: provider.jar.read(headers['cookie'], languageParameter),
    uiLocales,
    person,
    acceptLanguage: headers['accept-language'],
  })

/** How the pages of a tenant look, or those of a request for one of its organizations. */
export const brandAt = async (provider: Provider, tenantId: string, organization: string | undefined): Promise<Frame['brand']> => {
  const branding = await provider.branding(tenantId)
  const rules = organization === undefined ? undefined : await provider.authorization.organizations.rules(tenantId, organization)
  if (rules !== undefined) return brandOfOrganization(provider.basePath, rules, branding)
  return branding && brandOf(provider.basePath, branding)
}

/** What a page is drawn with: its language, and the look of the organization or the tenant. */
export const frameOf = async (provider: Provider, assets: Assets, request: PageRequest & LanguageWishes): Promise<Frame> => {
  const { tenantId, body, query, organization } = request
  return {
    lang: pageLanguage(provider, request),
    assets,
    basePath: provider.basePath,
    brand: await brandAt(provider, tenantId, organization),
    query: query ?? (body.form === undefined ? queryWithoutWish(body.query) : undefined),
  }
}

/** Where the menu of a page was used: the same address without the wish, and a cookie that keeps it. Undefined for every other request. */
export const languageReply = (provider: Provider, { body }: Pick<PageRequest, 'body'>) => {
  const wish = body.form === undefined ? languageWish(body.query) : undefined
  return wish && redirectReply(303, `?${wish.query}`, [provider.jar.write(languageParameter, wish.tag, yearSeconds)])
}

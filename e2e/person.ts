import { randomBytes } from 'node:crypto'

/** What a page of the server asks of somebody whose browser runs no script. */
type Page = { readonly url: string; readonly name: string; readonly html: string }

const plain = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : plain(value)
}

/** The fields that the form of the page holds already, and the address it goes to. */
const readForm = ({ html, url, name }: Page): { readonly action: string; readonly fields: Record<string, string> } => {
  const [, head, inside] = /(<form[^>]*>)([\s\S]*?)<\/form>/.exec(html) ?? []
  if (head === undefined || inside === undefined) throw new Error(`The page "${name}" has no form:\n${html.slice(0, 2000)}`)
  const tags = [...inside.matchAll(/<input(?![^>]*type="checkbox")[^>]*>/g)].map(([tag]) => [
    attribute(tag, 'name') ?? '',
    attribute(tag, 'value') ?? '',
  ])
  return { action: new URL(attribute(head, 'action') ?? '', url).href, fields: Object.fromEntries(tags) }
}

export type Account = { readonly username: string; readonly email: string; readonly password: string }

export const registerAccount = async (server: string, name = 'person'): Promise<Account> => {
  const username = `${name}-${randomBytes(6).toString('hex')}`
  const account = { username, email: `${username}@example.com`, password: 'correct horse battery' }
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${server}/auth/register`, { method: 'POST', headers, body: JSON.stringify(account) })
  if (answer.status !== 200) throw new Error(`The account was not made: ${answer.status} ${await answer.text()}`)
  await answer.body?.cancel()
  return account
}

/** Requests of a browser without script: it keeps the cookies of each origin that it visits, and follows no redirect by itself. */
const cookieJar = (origins: readonly string[]) => {
  const visited = new Map(origins.map((origin) => [origin, new Map<string, string>()]))

  const keep = (cookies: Map<string, string>, line: string): void => {
    const [pair = '', ...attributes] = line.split(/; */)
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    if (attributes.some((one) => one.toLowerCase() === 'max-age=0')) cookies.delete(name)
    else cookies.set(name, value)
  }

  const request = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const { origin } = new URL(url)
    const cookies = visited.get(origin) ?? new Map<string, string>()
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, ...(body === undefined ? {} : { origin, 'sec-fetch-site': 'same-origin' }) }
    const answer = await fetch(url, { method: body === undefined ? 'GET' : 'POST', headers, redirect: 'manual', ...(body && { body }) })
    for (const line of answer.headers.getSetCookie()) keep(cookies, line)
    return answer
  }

  return { request, visits: (origin: string): boolean => visited.has(origin) }
}

/**
 * Somebody with an account and a browser without script, who signs in and allows whatever is asked.
 * Other origins than the server's are visited only where `visits` names them.
 */
export const newPerson = async (server: string, visits: readonly string[] = []) => {
  const account = await registerAccount(server)
  const jar = cookieJar([server, ...visits])

  /** Follows redirects among the visited; a page without a name stands for an address elsewhere, which is not visited. */
  const open = async (url: string, body?: URLSearchParams): Promise<Page> => {
    const answer = await jar.request(url, body)
    const html = await answer.text()
    const location = answer.headers.get('location')
    if (location === null) return { url, html, name: /data-page="([^"]+)"/.exec(html)?.[1] ?? `status ${answer.status}` }
    const next = new URL(location, url)
    return jar.visits(next.origin) ? open(next.href) : { url: next.href, name: '', html: '' }
  }

  const submit = (page: Page, answers: Readonly<Record<string, string>>): Promise<Page> => {
    const { action, fields } = readForm(page)
    return open(action, new URLSearchParams({ ...fields, ...answers }))
  }

  const answersTo = ({ name, html }: Page): Readonly<Record<string, string>> | undefined => {
    if (name === 'sign-in') return { username: account.username, password: account.password, action: 'sign-in' }
    if (name === 'logout') return { decision: 'logout' }
    if (html.includes('id="consent-allow"')) return { decision: 'allow' }
    return html.includes('id="device-continue"') ? {} : undefined
  }

  /** Goes from page to page until the server sends the browser elsewhere or has nothing more to ask. */
  const follow = async (url: URL | string): Promise<Page> => {
    let page = await open(String(url))
    for (let pages = 0; pages < 6; pages += 1) {
      const answers = answersTo(page)
      if (answers === undefined) return page
      page = await submit(page, answers)
    }
    throw new Error(`The pages do not end: ${page.name} at ${page.url}`)
  }

  /** Where the browser is sent back to. */
  const followBack = async (url: URL | string): Promise<URL> => {
    const page = await follow(url)
    if (page.name !== '') throw new Error(`The browser was not sent back; it stands at ${page.url}:\n${page.html.slice(0, 2000)}`)
    return new URL(page.url)
  }

  return { account, open, follow, followBack }
}

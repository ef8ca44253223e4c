import assert from 'node:assert/strict'
import { type Answer, type HttpRequest, request } from './http.ts'

/** A page as a browser without script sees it. */
export type Page = Answer & { readonly url: string; readonly name: string | undefined; readonly form: Form | undefined }
export type Form = { readonly action: string; readonly fields: Readonly<Record<string, string>> }

const decodeEntities = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | undefined => {
  const match = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)
  return match?.[1] === undefined ? undefined : decodeEntities(match[1])
}

const formIn = (html: string): Form | undefined => {
  const match = /<form[^>]*>([\s\S]*?)<\/form>/.exec(html)
  if (match === null) return undefined
  const fields: Record<string, string> = {}
  for (const [tag] of (match[1] ?? '').matchAll(/<input[^>]*>/g)) {
    const name = attribute(tag, 'name')
    // A box that nobody has ticked is not sent.
    if (/type="checkbox"/.test(tag)) continue
    if (name !== undefined) fields[name] = attribute(tag, 'value') ?? ''
  }
  return { action: attribute(match[0].slice(0, match[0].indexOf('>') + 1), 'action') ?? '', fields }
}

/** A browser: keeps cookies, follows redirects within the server, and stops at the first address elsewhere. */
export const openBrowser = (origin: string, transport: typeof request = request) => {
  const cookies = new Map<string, string>()

  const send = async (url: string, options: HttpRequest = {}): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await transport(url, { ...options, headers: { ...options.headers, ...(cookie === '' ? {} : { cookie }) } })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair = '', ...rest] = line.split('; ')
      const mark = pair.indexOf('=')
      if (rest.includes('Max-Age=0')) cookies.delete(pair.slice(0, mark))
      else cookies.set(pair.slice(0, mark), pair.slice(mark + 1))
    }
    return answer
  }

  /** Follows redirects; `url` of the result is where it ended, which may be the client's address that was not visited. */
  const follow = async (url: string, options: HttpRequest = {}): Promise<Page> => {
    let [address, sent] = [new URL(url, origin).href, options]
    for (let hops = 0; hops < 10; hops += 1) {
      const answer = await send(address, sent)
      const { location } = answer.headers
      if (location === undefined) {
        const name = /<body[^>]*data-page="([^"]+)"/.exec(answer.text)?.[1]
        return { ...answer, url: address, name, form: formIn(answer.text) }
      }
      const next = URL.canParse(location) ? location : new URL(location, address).href
      if (!next.startsWith(`${origin}/`)) return { ...answer, url: next, name: undefined, form: undefined }
      ;[address, sent] = [next, {}]
    }
    throw new Error('too many redirects')
  }

  const submit = (page: Page, fields: Readonly<Record<string, string>>): Promise<Page> => {
    assert.ok(page.form, `no form on the page ${page.name}: ${page.text.slice(0, 400)}`)
    return follow(new URL(page.form.action, page.url).href, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams({ ...page.form.fields, ...fields }).toString(),
    })
  }
  return { cookies, send, follow, submit }
}
export type Browser = ReturnType<typeof openBrowser>

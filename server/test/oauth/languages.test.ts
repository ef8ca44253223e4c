import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newAccount } from '../harness/account-api.ts'
import { request } from '../harness/http.ts'
import { authorizeUrl, callback, type Fields, newPerson, parametersOf, passPages } from '../harness/oauth.ts'
import { failuresIn, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own, {
  isFirstParty: false,
  metadata: { client_name: 'Acme Notes', post_logout_redirect_uris: ['https://app.example.test/bye'] },
})
const languageOf = (page: string): string | undefined => /<html lang="([^"]+)"/.exec(page)?.[1]

const openIn = async (headers: Readonly<Record<string, string>>, parameters: Fields = {}) => {
  const { browser, account } = await newPerson(url)
  return { browser, account, page: await browser.follow(authorizeUrl(url, client, parameters), { headers }) }
}

/** What the link of the menu leads to. */
const menuLink = (page: { readonly text: string; readonly url: string }, tag: string): string => {
  const href = new RegExp(`<a href="(\\?[^"]*cip_language=${tag})"`).exec(page.text)?.[1]
  assert.ok(href, page.text)
  return new URL(href.replaceAll('&amp;', '&'), page.url).href
}

describe('the language of a page', () => {
  test('is what the browser prefers among those that there are, and English otherwise', async () => {
    for (const [accepted, expected] of [
      ['de-CH, en;q=0.5', 'de'],
      ['tlh, sw;q=0.1', 'sw'],
      ['ar-EG;q=0.9, fr;q=0.95', 'fr'],
      ['tlh', 'en'],
      ['*', 'en'],
    ] as const) {
      // The redirect to the page is followed without the header: the error page needs none.
      const answer = await request(`${url}/oauth2/authorize?client_id=nobody`, { headers: { 'accept-language': accepted } })
      assert.equal(languageOf(answer.text), expected, accepted)
      assert.deepEqual([answer.headers['content-language'], answer.headers['vary']], [expected, 'Accept-Language, Cookie'], accepted)
    }
  })

  test('is the first that the application asks for and we have, on every page of its flow', async () => {
    const { browser, account, page } = await openIn({}, { ui_locales: 'tlh pt-BR de' })
    assert.equal(languageOf(page.text), 'pt')
    const wrong = await browser.submit(page, { username: account.username, password: 'wrong', action: 'sign-in' })
    assert.equal(languageOf(wrong.text), 'pt')
    assert.match(wrong.text, /Nome de usuário ou senha incorretos/)
    const consent = await browser.submit(wrong, { username: account.username, password: account.password, action: 'sign-in' })
    assert.deepEqual([consent.name, languageOf(consent.text)], ['consent', 'pt'])
    assert.match(consent.text, /Saber que você tem uma conta aqui/)
  })

  test('is what the person chose in the menu, from then on in this browser, whatever the application asks for', async () => {
    const { browser, account, page } = await openIn({}, { ui_locales: 'de' })
    assert.equal(languageOf(page.text), 'de')
    const again = await browser.follow(menuLink(page, 'ar'))
    assert.deepEqual([languageOf(again.text), again.name, again.url], ['ar', 'sign-in', page.url])
    assert.match(again.text, /<html lang="ar" dir="rtl">/)
    assert.equal(browser.cookies.get('cip_language'), 'ar')
    const done = await passPages(browser, again, account)
    assert.ok(parametersOf(done)['code'], 'the flow goes on')
    assert.equal(languageOf((await browser.follow('/oauth2/logout')).text), 'ar')
  })

  test('is chosen also on a page that a form was sent to, and the flow is kept', async () => {
    const { browser, account, page } = await openIn({})
    const wrong = await browser.submit(page, { username: account.username, password: 'wrong', action: 'sign-in' })
    const again = await browser.follow(menuLink(wrong, 'ja'))
    assert.deepEqual([again.name, languageOf(again.text)], ['sign-in', 'ja'])
    assert.ok(parametersOf(await passPages(browser, again, account))['code'])
  })

  test('is chosen on the pages of signing out and of a device, too', async () => {
    const { browser } = await signedIn(url, client)
    for (const path of ['/oauth2/logout', '/device', '/interaction/signed-out', '/interaction/preview?page=error']) {
      const page = await browser.follow(path)
      const again = await browser.follow(menuLink(page, 'fr'))
      assert.deepEqual([again.name, languageOf(again.text), again.url.replace(/\?$/, '')], [page.name, 'fr', page.url], path)
      browser.cookies.delete('cip_language')
    }
  })

  test('of signing out is what the application asks for, over the redirect too', async () => {
    const { browser } = await signedIn(url, client)
    const body = new URLSearchParams({ client_id: client.id, ui_locales: 'es' }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const page = await browser.follow(`${url}/oauth2/logout`, { method: 'POST', headers, body })
    assert.deepEqual([page.name, languageOf(page.text)], ['logout', 'es'])
  })
})

describe('B-09 V-06 a choice of a language', () => {
  const wishes = [
    'cip_language=de',
    'a=//evil.example&cip_language=de',
    'cip_language=de&//evil.example',
    'cip_language=de&x=%0d%0aset-cookie:a=b',
  ]

  test('leads to the same address and nowhere else', async () => {
    for (const path of [
      '/oauth2/authorize',
      '/interaction/sign-in',
      '/interaction/sign-up',
      '/interaction/consent',
      '/oauth2/logout',
      '/device',
    ])
      for (const wish of wishes) {
        const { status, headers } = await request(`${url}${path}?${wish}`)
        assert.equal(status, 303, path)
        const target = new URL(headers.location ?? '', `${url}${path}`)
        assert.deepEqual([target.origin, target.pathname], [url, path])
        assert.ok(!target.search.includes('cip_language'), target.search)
        assert.deepEqual(headers['set-cookie'], ['cip_language=de; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000'])
      }
  })

  test('for a language that there is not changes nothing and sets nothing', async () => {
    for (const wish of ['tlh', '', '..%2f', '%0d%0a', 'de;Path=/', '__proto__', 'x'.repeat(5000)]) {
      const { status, headers } = await request(`${url}/oauth2/authorize?cip_language=${wish}`)
      assert.deepEqual([status, headers['set-cookie']], [400, undefined], wish)
    }
  })

  test('by a cookie that somebody else wrote is one of those that there are', async () => {
    for (const value of ['tlh', '"><script>', 'de; cip_language=fr', 'x'.repeat(5000)]) {
      const { text } = await request(`${url}/oauth2/authorize`, { headers: { cookie: `cip_language=${value}` } })
      assert.equal(languageOf(text), 'en', value)
    }
  })
})

test('what is wrong with a new account is told in the language of the page, and in English by the API', async () => {
  const { browser, page } = await openIn({}, { prompt: 'create', ui_locales: 'de' })
  assert.equal(page.name, 'sign-up')
  const refused = await browser.submit(page, { username: 'a', email: 'nobody', password: 'zq1Xw' })
  assert.equal(refused.status, 422)
  for (const words of [/Ein Benutzername hat 3 bis 64 Zeichen\./, /Das ist keine E-Mail-Adresse\./, /Verwenden Sie mindestens 8 Zeichen\./])
    assert.match(refused.text, words)
  const body = JSON.stringify({ username: 'a', email: 'nobody', password: 'zq1Xw' })
  const headers = { 'content-type': 'application/json', 'accept-language': 'de' }
  const { json } = await request(`${url}/auth/register`, { method: 'POST', headers, body })
  const { detail } = json as { detail: { type: string; msg: string }[] }
  assert.deepEqual(
    detail.map(({ type, msg }) => [type, msg]),
    [
      ['value_error', 'A user name has 3 to 64 characters'],
      ['value_error', 'This is not an e-mail address'],
      ['password_too_short', 'Use at least 8 characters.'],
    ],
  )
})

test('a name that is taken is told in the language of the page', async () => {
  const { browser, account, page } = await openIn({}, { prompt: 'create', ui_locales: 'sw' })
  const taken = await browser.submit(page, { ...newAccount(), username: account.username })
  assert.match(taken.text, /Jina hilo la mtumiaji limeshachukuliwa/)
})

test('a refusal before the handler is told in the language of the browser', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'de' }
  const answer = await request(`${url}/interaction/sign-in`, { method: 'POST', headers, body: 'x'.repeat(70_000) })
  assert.deepEqual([answer.status, languageOf(answer.text), answer.headers['content-language']], [413, 'de', 'de'])
  assert.match(answer.text, /Fehler in der Anfrage/)
})

test('discovery lists the languages of the pages', async () => {
  const { json } = await request(`${url}/.well-known/openid-configuration`)
  const { ui_locales_supported: listed } = json as { ui_locales_supported: string[] }
  assert.deepEqual([...listed].sort(), ['ar', 'de', 'en', 'es', 'fr', 'ja', 'pt', 'sw'])
})

test('nothing of this was a failure of the server', () => {
  assert.deepEqual(failuresIn(own), [])
  assert.equal(client.redirectUri, callback)
})

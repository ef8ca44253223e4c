import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { clientFromRow } from '../../src/clients/from-row.ts'
import { clientInLanguage } from '../../src/clients/in-language.ts'
import type { Page } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { authorizeUrl, type Fields, newPerson, passPages } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const site = 'https://shop.example.test'
const metadata = {
  ...{ client_name: 'Corner Shop', 'client_name#de': 'Eckladen', 'client_name#ja-Jpan-JP': '角の店', 'client_name#FR': 'Épicerie' },
  ...{ client_uri: `${site}/`, policy_uri: `${site}/privacy`, 'policy_uri#de-CH': `${site}/de-ch/datenschutz`, tos_uri: `${site}/terms` },
  ...{ 'policy_uri#de': `${site}/de/datenschutz`, 'tos_uri#de-CH': `${site}/de-ch/agb`, 'client_uri#de': `${site}/de/` },
  ...{ logo_uri: `${site}/logo.png`, 'logo_uri#de': `${site}/logo-de.png` },
}

const own = await startProvider()
const { url } = own
const client = await operatorClient(own, { isFirstParty: false, metadata: { ...metadata, post_logout_redirect_uris: [`${site}/bye`] } })

const linksOf = ({ text }: Pick<Page, 'text'>): string[] =>
  [...text.matchAll(/href="(https:\/\/shop\.example\.test[^"]*)"/g)].map(([, href]) => href ?? '')
const logoOf = ({ text }: Pick<Page, 'text'>): string => /<img class="logo" src="([^"]+)"/.exec(text)?.[1] ?? ''

describe('what an application says of itself in the language of the page', () => {
  const german = [`${site}/de/`, `${site}/de/datenschutz`, `${site}/de-ch/agb`]
  const english = [`${site}/`, `${site}/privacy`, `${site}/terms`]
  const open = async (parameters: Fields) => {
    const person = await newPerson(url)
    return { ...person, page: await person.browser.follow(authorizeUrl(url, client, parameters)) }
  }

  test('stands on the pages of signing in, consent and signing out', async () => {
    const { account, browser, page } = await open({ ui_locales: 'de' })
    const consent = await browser.submit(page, { ...account, action: 'sign-in' })
    await passPages(browser, consent, account)
    const logout = await browser.follow(`/oauth2/logout?client_id=${client.id}&ui_locales=de`)
    for (const [one, name] of [
      [page, 'sign-in'],
      [consent, 'consent'],
      [logout, 'logout'],
    ] as const) {
      assert.equal(one.name, name)
      assert.match(one.text, /<title>[^<]* · Eckladen<\/title>/, name)
      assert.ok(!one.text.includes('Corner Shop'), name)
      assert.deepEqual(linksOf(one), german, name)
    }
  })

  test('is that without a language where there is none in it', async () => {
    const { page } = await open({ ui_locales: 'sw' })
    assert.match(page.text, /Corner Shop/)
    assert.deepEqual(linksOf(page), english)
    const { page: japanese } = await open({ ui_locales: 'ja' })
    assert.match(japanese.text, /角の店/)
    assert.deepEqual(linksOf(japanese), english, 'each of them by itself')
    assert.match((await open({ ui_locales: 'fr' })).page.text, /Épicerie/, 'tags are the same in capitals')
  })

  test('U-01 B-10 has a logo of its own, from this server like every other, and none of an address that is not registered', async () => {
    const [inGerman, inEnglish] = [logoOf((await open({ ui_locales: 'de' })).page), logoOf((await open({})).page)]
    assert.notEqual(inGerman, inEnglish)
    for (const path of [inGerman, inEnglish]) {
      assert.match(path, new RegExp(`^/client-logo/${client.id}/`))
      const answer = await request(`${url}${path}`)
      assert.deepEqual([answer.status, answer.headers['content-type']], [200, 'image/svg+xml'], 'the initial, where it cannot be fetched')
      assert.match(answer.headers['cache-control'] ?? '', /max-age/)
    }
    const stale = await request(`${url}/client-logo/${client.id}/0000000000000000`)
    assert.equal(stale.headers['cache-control'], 'no-cache')
  })
})

test('a client without words in further languages is the same object, and one with them loses nothing', () => {
  const row = { id: 'a', name: 'A', status: 'active', is_first_party: false, created_via: 'cli', secrets: null } as const
  const plain = clientFromRow('t', { ...row, metadata: { client_name: 'A' } })
  assert.equal(clientInLanguage(plain, 'de'), plain)
  const tagged = clientFromRow('t', { ...row, metadata: { 'client_name#de-AT': 'AT', 'client_name#de-CH': 'CH', 'contacts#de': ['x'] } })
  assert.deepEqual(tagged.translations, { 'de-at': { name: 'AT' }, 'de-ch': { name: 'CH' } })
  assert.equal(clientInLanguage(tagged, 'de').name, 'AT', 'the first of several regions, always the same')
  for (const language of ['d', 'en', 'constructor', '__proto__', 'toString'])
    assert.equal(clientInLanguage(tagged, language).name, 'A', language)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

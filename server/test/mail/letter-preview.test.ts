import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { letterKeyPurpose, sealLetter } from '../../src/mail/sealed-letter.ts'
import { administrator } from '../harness/admin.ts'
import { type Answer, form, request } from '../harness/http.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const provider = await startProvider()
const { url, config, platform } = provider
const owner = await administrator(provider, 'owner')
const admin = await administrator(provider, 'administrator')
const support = await administrator(provider, 'support')

const at = 'mail/templates/sign-in-code/de'
const html = '<h1>Hoi</h1><p style="color:#9b2c5e">{code} &amp; <a href="{link}">weiter</a></p>'
type Printed = { html: string; letter: string | null }
const printed = async (who: typeof admin, body: unknown): Promise<Printed> => (await who.post(`${at}/preview`, body)).json as Printed
const letterOf = async (body: unknown): Promise<string> => (await printed(admin, body)).letter ?? assert.fail('no letter')

const show = (letter: string, { base = url, headers = {} }: { base?: string; headers?: Record<string, string> } = {}): Promise<Answer> => {
  const sent = form({ letter })
  return request(`${base}/mail/preview`, { ...sent, headers: { ...sent.headers, ...headers } })
}

const isNothing = (answer: Answer): void => {
  assert.equal(answer.status, 404, answer.text)
  assert.doesNotMatch(answer.text, /Hoi|<p|<h1/)
  isSealedOff(answer)
}

const isSealedOff = ({ headers }: Answer): void => {
  assert.equal(
    headers['content-security-policy'],
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  )
  assert.equal(headers['x-frame-options'], 'SAMEORIGIN')
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['cache-control'], 'no-store')
  assert.equal(headers['content-type'], 'text/html; charset=utf-8')
  assert.equal(headers['set-cookie'], undefined)
  assert.equal(headers['access-control-allow-origin'], undefined)
}

describe('the HTML of a mail', () => {
  test('is shown as it was printed, in a sandbox, within pages of this origin', async () => {
    const { html: source, letter } = await printed(admin, { html })
    assert.match(source, /^<h1>Hoi<\/h1><p style="color:#9b2c5e">\d+ &amp; <a href="http/)
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }]) {
      const shown = await show(letter ?? '', { headers })
      assert.deepEqual([shown.status, shown.text], [200, `${source}\n<base target="_blank">\n`])
      isSealedOff(shown)
    }
  })

  test('is shown of the text that came with the platform too, to whoever may read it', async () => {
    const { html: source, letter } = await printed(support, {})
    assert.match(source, /<html lang="de"/)
    assert.ok((await show(letter ?? '')).text.startsWith(source))
  })

  test('is sealed for whoever could save it alone: its words stand under the name of the tenant', async () => {
    assert.equal((await printed(support, { html })).letter, null)
    assert.equal((await admin.call('PUT', at, { body: { html } })).status, 200)
    for (const body of [{}, { html }, { only_these: true }])
      assert.equal(typeof (await printed(support, body)).letter, 'string', JSON.stringify(body))
    assert.equal((await printed(support, { html: `${html}.` })).letter, null)
    assert.equal((await admin.remove(at)).status, 204)
  })

  test('is not shown where it was changed by a letter, or never sealed', async () => {
    const letter = await letterOf({ html })
    for (const other of [`${letter.slice(0, -2)}${letter.endsWith('AA') ? 'QQ' : 'AA'}`, letter.slice(1), '', html, '<p>Hoi</p>'])
      isNothing(await show(other))
  })

  test('T-01 is not shown by another tenant', async () => {
    assert.equal((await owner.post('tenants', { slug: 'blue', name: 'Blue' })).status, 201)
    await until(async () => (await request(`${url}/t/blue/.well-known/jwks.json`)).status === 200, 5000, 'blue is served')
    isNothing(await show(await letterOf({ html }), { base: `${url}/t/blue` }))
    assert.equal((await show(await letterOf({ html }))).status, 200)
  })

  test('is not shown after ten minutes', async () => {
    const sealedAt = (now: number): string =>
      sealLetter(config.key(letterKeyPurpose), { tenantId: platform.base.tenantId, html: '<p>Hoi</p>', now }) ?? assert.fail()
    assert.equal((await show(sealedAt(Date.now() - 590_000))).status, 200)
    isNothing(await show(sealedAt(Date.now() - 601_000)))
  })

  test('is not shown as a page of its own, nor where another site asks for it', async () => {
    const letter = await letterOf({ html })
    for (const headers of [
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'iframe' },
      { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'document' },
      { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' },
    ])
      isNothing(await show(letter, { headers: headers as Record<string, string> }))
  })

  test('comes by a form of one field, and in no address', async () => {
    const letter = await letterOf({ html })
    assert.equal((await request(`${url}/mail/preview?letter=${letter}`)).status, 405)
    assert.equal((await request(`${url}/mail/preview?letter=${letter}`, form({}))).status, 422)
    assert.equal((await request(`${url}/mail/preview`, form({ letter, html: '<p>Hoi</p>' }))).status, 422)
    assert.equal((await show('A'.repeat(131_073))).status, 422)
    assert.equal((await show('A'.repeat(140_000))).status, 413)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(provider), []))

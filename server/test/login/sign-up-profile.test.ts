import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { openBrowser, type Page } from '../harness/browser.ts'
import { authorizeUrl, parametersOf } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { newcomersOf } from './newcomers-of.ts'
import { peopleOf } from './people-of.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const { arrive, invite, userOf, eventsOf } = newcomersOf(own, client)
const { decide, policy } = peopleOf(own, client)

const asked = { 'x-sign-up': true }
await decide('attribute-schema', {
  type: 'object',
  properties: {
    given_name: { type: 'string', maxLength: 20, ...asked },
    website: { type: 'string', format: 'web-url', ...asked },
    birthdate: { type: 'string', format: 'birthdate', ...asked },
    department: { enum: ['Sales', 'Research'], title: 'Department', 'x-titles': { de: 'Abteilung' } },
    terms: { type: 'boolean', const: true, title: 'I accept the terms', ...asked },
    staff_number: { type: 'string', 'x-sign-up': false },
    phone_number_verified: { type: 'boolean' },
  },
  required: ['given_name', 'department', 'terms', 'staff_number'],
})

const right = {
  'attribute.given_name': 'Ada',
  'attribute.birthdate': '1990-12-31',
  'attribute.department': 'Research',
  'attribute.terms': 'true',
}
const fill = (account: ReturnType<typeof newAccount>, more: Record<string, string> = {}) => ({
  ...{ ...account, action: 'sign-up', ...right },
  ...more,
})
const noteOf = ({ text }: Page, name: string): string | undefined => new RegExp(`id="attribute-${name}-note"[^>]*>([^<]*)<`).exec(text)?.[1]

describe('a sign-up that asks for a profile', () => {
  test('shows each field in the way of its kind, named in the language of the page', async () => {
    const page = await arrive(openBrowser(url))
    for (const pattern of [
      /<label for="attribute-given_name">First name<\/label>\s*<input id="attribute-given_name" name="attribute\.given_name" type="text" autocomplete="given-name" required maxlength="20"/,
      /<label for="attribute-website">Website \(optional\)<\/label>\s*<input [^>]*type="url" autocomplete="url"(?! required)/,
      /<input id="attribute-birthdate" [^>]*type="date" autocomplete="bday"/,
      /<label for="attribute-department">Department<\/label>\s*<select id="attribute-department" name="attribute\.department" required>/,
      /<input type="checkbox" id="attribute-terms" name="attribute\.terms" value="true" required>\s*<span>I accept the terms<\/span>/,
    ])
      assert.match(page.text, pattern)
    assert.doesNotMatch(page.text, /staff_number|phone_number_verified/)
    const german = await openBrowser(url).follow(authorizeUrl(url, client, { prompt: 'create', ui_locales: 'de' }))
    assert.match(german.text, /<label for="attribute-department">Abteilung<\/label>/)
    assert.match(german.text, /<label for="attribute-given_name">Vorname<\/label>/)
  })

  test('writes it with the account, and tells the names of what was written alone', async () => {
    const [browser, account] = [openBrowser(url), newAccount()]
    const done = await browser.submit(await arrive(browser), fill(account))
    assert.ok(parametersOf(done)['code'], done.text.slice(0, 500))
    const user = await userOf(account)
    assert.deepEqual(user?.attributes, { given_name: 'Ada', birthdate: '1990-12-31', department: 'Research', terms: true })
    const id = user?.id ?? ''
    assert.ok((await eventsOf(id)).includes('user.updated sign-up'))
    const [event] = await sql.text<{ payload: object }>(`select payload from events where user_id = $1 and type = 'user.updated'`, [id])
    assert.deepEqual(event?.payload, { attributes: ['given_name', 'birthdate', 'department', 'terms'], via: 'sign-up' })
  })

  test('says every problem beside its field at once, keeps what was typed, and writes nothing', async () => {
    const [browser, account] = [openBrowser(url), newAccount()]
    const wrong = {
      ...{ 'attribute.given_name': 'x'.repeat(21), 'attribute.website': 'example', 'attribute.birthdate': '31.12.1990' },
      ...{ 'attribute.department': 'Kitchen', 'attribute.terms': '', password: 'short' },
    }
    const page = await browser.submit(await arrive(browser), fill(account, wrong))
    assert.deepEqual([page.status, page.name], [422, 'sign-up'])
    assert.equal(noteOf(page, 'given_name'), 'Use at most 20 characters.')
    assert.equal(noteOf(page, 'website'), 'Enter a full URL, such as https://example.com.')
    assert.equal(noteOf(page, 'birthdate'), 'Enter a date, such as 1990-12-31.')
    assert.equal(noteOf(page, 'department'), 'This is not accepted here. Enter something else.')
    assert.equal(noteOf(page, 'terms'), 'Tick this box to continue.')
    assert.match(page.text, /id="password-note" role="alert"/)
    assert.equal(page.form?.fields['attribute.website'], 'example')
    assert.equal(page.form?.fields['username'], account.username)
    assert.equal(await userOf(account), undefined)
    const mended = await browser.submit(page, fill(account, { 'attribute.website': '' }))
    assert.ok(parametersOf(mended)['code'])
  })

  test('keeps the choice and the ticked box where another field is wrong', async () => {
    const [browser, account] = [openBrowser(url), newAccount()]
    const page = await browser.submit(await arrive(browser), fill(account, { 'attribute.given_name': '' }))
    assert.equal(noteOf(page, 'given_name'), 'Fill this in.')
    assert.match(page.text, /<option value="Research" selected>/)
    assert.match(page.text, /id="attribute-terms" name="attribute\.terms" value="true" required checked>/)
  })

  test('K-05 reads nothing that it did not ask for', async () => {
    const [browser, account] = [openBrowser(url), newAccount()]
    const more = {
      'attribute.staff_number': '7',
      'attribute.phone_number_verified': 'true',
      'attribute.email_verified': 'true',
      staff_number: '7',
    }
    await browser.submit(await arrive(browser), fill(account, more))
    const user = await userOf(account)
    assert.deepEqual(Object.keys(user?.attributes ?? {}).sort(), ['birthdate', 'department', 'given_name', 'terms'])
    assert.equal(user?.isVerified, false)
  })

  test('text that is markup is text, in the field and in the row', async () => {
    const [browser, account] = [openBrowser(url), newAccount()]
    const name = '"><b>&'
    const page = await browser.submit(await arrive(browser), fill(account, { 'attribute.given_name': name, password: 'short' }))
    assert.ok(!page.text.includes('<b>'))
    assert.equal(page.form?.fields['attribute.given_name'], name)
    await browser.submit(page, fill(account, { 'attribute.given_name': name }))
    assert.equal((await userOf(account))?.attributes?.['given_name' as never], name)
  })

  test('writes neither account nor profile where the name is taken', async () => {
    const [browser, account, taken] = [openBrowser(url), newAccount(), newAccount()]
    await accountApi(url).register(taken)
    const page = await browser.submit(await arrive(browser), fill(account, { username: taken.username }))
    assert.match(page.text, /That user name is taken/)
    assert.equal((await sql.text('select 1 from profiles p left join users u on u.id = p.user_id where u.id is null')).length, 0)
  })
})

test('an invitation asks for the same, and is not used up by what does not fit', async () => {
  const { browser, link, account } = await invite()
  const { username, password } = account
  const page = await browser.submit(await browser.follow(link), { username, password })
  assert.deepEqual([page.status, noteOf(page, 'given_name')], [422, 'Fill this in.'])
  await browser.submit(page, { username, password, ...right })
  assert.equal((await userOf(account))?.attributes?.['given_name' as never], 'Ada')
})

test('a proof first asks for the same afterwards', async () => {
  await policy({ emailProof: 'first' })
  const page = await arrive(openBrowser(url))
  assert.equal(page.name, 'sign-up-address')
  assert.doesNotMatch(page.text, /attribute/)
  await policy({})
})

test('the account API asks for nothing of it: its contract stands', async () => {
  const account = newAccount()
  assert.equal((await accountApi(url).register(account)).status, 200)
  assert.equal((await userOf(account))?.attributes, null)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const link = `${url}/first-run?token=${own.claim ?? ''}`
const owner = { username: 'owner', email: 'owner@example.com', password: 'correct horse battery' }

const owners = async (): Promise<number> => (await sql.text(`select 1 from role_assignments where role = 'owner'`)).length

test('S-11 a wrong, shortened or foreign link opens nothing, and there is no other way', async () => {
  for (const bad of ['', 'x', (own.claim ?? '').slice(0, -1), `${own.claim}A`, (own.claim ?? '').replace('cip_ln_', 'cip_it_')])
    assert.equal((await request(`${url}/first-run?token=${bad}`)).status, 400, bad)
  assert.equal((await request(`${url}/first-run`, { method: 'POST' })).status, 400)
  assert.equal(await owners(), 0)
})

test('opening the link spends nothing, and what does not fit is said without losing it', async () => {
  const browser = openBrowser(url)
  for (let count = 0; count < 3; count += 1) assert.equal((await request(link)).status, 200)
  const page = await browser.follow(link)
  assert.equal(page.name, 'first-run')
  const short = await browser.submit(page, { ...owner, password: 'short' })
  assert.equal(short.status, 422)
  assert.equal(await owners(), 0)
  assert.equal((await request(link)).status, 200)
})

test('S-11 of two claims at once one makes the owner, who is signed in, and the link is closed for ever', async () => {
  const browsers = [openBrowser(url), openBrowser(url)]
  const pages = await Promise.all(browsers.map((browser) => browser.follow(link)))
  const done = await Promise.all(
    browsers.map((browser, index) => {
      const page = pages[index]
      assert.ok(page)
      return browser.submit(page, { ...owner, username: `owner${index}`, email: `owner${index}@example.com` })
    }),
  )
  assert.deepEqual(done.map(({ status }) => status).sort(), [200, 400])
  assert.equal(await owners(), 1)
  const winner = done.findIndex(({ status }) => status === 200)
  assert.equal(done[winner]?.name, 'next-steps')
  assert.ok(browsers[winner]?.cookies.has('cip_session'))
  assert.equal((await accountApi(url).token({ ...owner, username: `owner${winner}` })).status, 200)
  assert.equal((await sql.text('select 1 from users')).length, 1, 'the loser left no account behind')
  assert.equal((await request(link)).status, 400)
  const events = await sql.text<{ type: string }>(`select type from events where type = 'administrator.claimed'`)
  assert.equal(events.length, 1)
})

test('the link is written nowhere but at the terminal', async () => {
  assert.ok(!own.logs().includes(own.claim ?? 'none'))
  const [row] = await sql.text<{ text: string }>('select string_agg(proofs::text, chr(10)) as text from proofs')
  assert.ok(!row?.text.includes(own.claim ?? 'none'))
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

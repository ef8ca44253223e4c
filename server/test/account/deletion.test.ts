import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountDeletion } from '../../src/compose-tenant.ts'
import { accountApi } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { request } from '../harness/http.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { countOf, eventsOf, isRefusal, newOwner, type Owner } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const { db } = own.platform.base

const isThere = async ({ userId }: Owner): Promise<boolean> =>
  (await own.sql.text('select 1 from users where id = $1', [userId])).length > 0
const letTimePass = ({ userId }: Owner) =>
  own.sql.text(`update users set deletion_due_at = now() - interval '1 second' where id = $1`, [userId])

describe('the deletion of the account', () => {
  test('is planned in two weeks and told by mail, once', async () => {
    const ann = await newOwner(url)
    const answers = await Promise.all([1, 2, 3].map(() => ann.post('deletion')))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409, 409])
    const due = Date.parse((await ann.me()).deletion_due_at ?? '')
    assert.ok(Math.abs(due - Date.now() - 14 * 86_400_000) < 60_000)
    assert.equal((await messagesOf(own, ann.account.email)).filter(({ template }) => template === 'deletion-planned').length, 1)
    assert.equal(countOf(await eventsOf(own, ann), 'deletion.planned'), 1)
    assert.equal((await accountApi(url).token(ann.account)).status, 200, 'who has second thoughts signs in')
  })

  test('is called off by its owner, and by the link of the mail, which then works no more', async () => {
    const ann = await newOwner(url)
    isRefusal(await ann.remove('deletion'), 404)
    await ann.post('deletion')
    assert.equal((await ann.remove('deletion')).status, 204)
    isRefusal(await ann.remove('deletion'), 404)
    const { link: old } = await latestMessage(own, { template: 'deletion-planned', to: ann.account.email })
    await ann.post('deletion')
    assert.equal((await openBrowser(url).follow(old)).status, 400)
    const { link } = await latestMessage(own, { template: 'deletion-planned', to: ann.account.email })
    const browser = openBrowser(url)
    const page = await browser.follow(link)
    assert.ok((await ann.me()).deletion_due_at, 'looking at the page changes nothing')
    assert.equal((await browser.submit(page, {})).name, 'outcome')
    assert.equal((await ann.me()).deletion_due_at, null)
    assert.equal(countOf(await eventsOf(own, ann), 'deletion.cancelled'), 2)
  })

  test('is done when its time has come, and not before; from then on it is not called off', async () => {
    const [ann, bob] = [await newOwner(url), await newOwner(url)]
    for (const one of [ann, bob]) await one.post('deletion')
    await letTimePass(ann)
    isRefusal(await ann.remove('deletion'), 404)
    await Promise.all([1, 2, 3, 4].map(() => accountDeletion(db).run(db)))
    assert.deepEqual([await isThere(ann), await isThere(bob)], [false, true])
    assert.equal((await ann.get('me')).status, 401)
    assert.equal((await accountApi(url).token(ann.account)).status, 401)
    const events = await own.sql.text<{ payload: { via: string } }>(
      `select payload from events where user_id = $1 and type = 'user.deleted'`,
      [ann.userId],
    )
    assert.deepEqual(
      events.map(({ payload }) => payload.via),
      ['account'],
    )
  })
})

describe('well-known addresses', () => {
  test('the pages that may use the passkeys of this place are named', async () => {
    const answer = await request(`${url}/.well-known/webauthn`)
    assert.equal(answer.status, 200)
    assert.match(String(answer.headers['content-type']), /^application\/json/)
    assert.deepEqual(answer.json, { origins: [url.replace('127.0.0.1', 'localhost')] })
  })

  test('password managers are led to the page of the portal', async () => {
    const answer = await request(`${url}/.well-known/change-password`)
    assert.deepEqual([answer.status, answer.headers.location], [302, `${url}/account/password`])
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

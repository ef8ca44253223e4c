import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { countOf, eventsOf, isRefusal, newOwner, type Owner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own

type Event = { id: string; at: string; type: string; sentence: string; ip: string | null; device: string | null; client: string | null }
type Page = { events: Event[]; next: string | null }

const pageOf = async (owner: Owner, query = ''): Promise<Page> => {
  const answer = await owner.get(`activity${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Page
}

describe('the activity', () => {
  test('tells what happened in words, the newest first, page by page, nothing twice and nothing left out', async () => {
    const ann = await newOwner(url)
    for (const language of ['de', 'en', 'fr', 'es', null]) await ann.put('language', { language })
    const whole = await pageOf(ann)
    assert.equal(whole.next, null)
    assert.deepEqual(
      whole.events.map(({ type }) => type),
      [...Array.from({ length: 5 }, () => 'user.updated'), 'sign_in.succeeded', 'user.registered'],
    )
    const { sentence, ip, client } = whole.events.find(({ type }) => type === 'sign_in.succeeded') ?? {}
    assert.deepEqual([sentence, ip, client], ['A sign-in succeeded and began a session.', '127.0.0.1', 'account-api'])
    const collected: Event[] = []
    let before = ''
    for (let pages = 0; pages < 10; pages += 1) {
      const { events, next } = await pageOf(ann, `?limit=2${before}`)
      collected.push(...events)
      if (next === null) break
      before = `&before=${encodeURIComponent(next)}`
    }
    assert.deepEqual(collected, whole.events)
  })

  test('S-07 takes no limit beyond its bounds and no cursor that was not made for this person', async () => {
    const [ann, eve] = [await newOwner(url), await newOwner(url)]
    await signInAgain(url, ann.account)
    const { next } = await pageOf(ann, '?limit=1')
    assert.ok(next)
    for (const limit of ['0', '-1', '201', '1e9', 'NaN', '1.5', '', '01', ' 1'])
      isRefusal(await ann.get(`activity?limit=${encodeURIComponent(limit)}`), 422)
    const [place = '', mac = ''] = next.split('.')
    const later = Buffer.from(JSON.stringify(['2099-01-01T00:00:00.000000Z', ann.userId])).toString('base64url')
    for (const cursor of [
      '',
      'x',
      place,
      `${place}.`,
      `.${mac}`,
      `${later}.${mac}`,
      `${next}A`,
      `${next}.x`,
      `${place}=.${mac}`,
      `${next.slice(0, -2)}`,
    ])
      isRefusal(await ann.get(`activity?before=${encodeURIComponent(cursor)}`), 422)
    isRefusal(await eve.get(`activity?before=${encodeURIComponent(next)}`), 422)
    isRefusal(await ann.get(`activity?before=${next}&before=${next}`), 422)
    isRefusal(await ann.get(`activity?userId=${eve.userId}`), 422)
  })

  test('holds nothing of others', async () => {
    const [ann, eve] = [await newOwner(url), await newOwner(url)]
    const mine = new Set((await pageOf(ann)).events.map(({ id }) => id))
    assert.ok((await pageOf(eve)).events.every(({ id }) => !mine.has(id)))
  })
})

describe('the export', () => {
  test('holds everything of the person as a file, and no secret', async () => {
    const ann = await newOwner(url)
    await ann.patch('profile', { attributes: { given_name: 'Ann' } })
    await ann.post('email/verification')
    await ann.post('totp')
    await ann.post('recovery-codes')
    const answer = await ann.get('export')
    assert.equal(answer.status, 200, answer.text)
    assert.equal(answer.headers['content-disposition'], 'attachment; filename="account.json"')
    assert.equal(answer.headers['cache-control'], 'no-store')
    const found = answer.json as Record<string, unknown[]> & { account: { id: string; attributes: object } }
    assert.deepEqual([found.account.id, found.account.attributes], [ann.userId, { given_name: 'Ann' }])
    for (const part of ['identifiers', 'sessions', 'devices', 'consents', 'grants', 'passkeys', 'messages', 'events'])
      assert.ok(Array.isArray(found[part]), part)
    assert.ok((found['events'] ?? []).length >= 4)
    assert.doesNotMatch(answer.text, /argon2|"(?:encoded|hash|sealed|secret\w*|public_key|code_mac|trust_hash|browser)"/)
    assert.equal(countOf(await eventsOf(own, ann), 'account.exported'), 1)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

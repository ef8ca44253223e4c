import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { countOf, eventsOf, isRefusal, newOwner } from '../harness/own-account.ts'
import { personalDataOf } from '../harness/personal-data.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own

describe('the own account', () => {
  test('is answered whole, with what can be set and nothing that guards it', async () => {
    const ann = await newOwner(url)
    const answer = await ann.get('me')
    assert.equal(answer.headers['cache-control'], 'no-store')
    const { id, number, session_id, created_at, attribute_schema, ...rest } = answer.json as Record<string, unknown>
    assert.deepEqual(rest, {
      username: ann.account.username,
      email: ann.account.email,
      email_verified: false,
      phone: null,
      phone_verified: false,
      language: null,
      avatar_url: null,
      attributes: {},
      deletion_due_at: null,
      reauthenticated: true,
      second_factor: false,
      acting: null,
    })
    assert.deepEqual([id, session_id, typeof number], [ann.userId, ann.sessionId, 'number'])
    assert.ok(Math.abs(Date.parse(String(created_at)) - Date.now()) < 60_000)
    const { properties } = attribute_schema as { properties: object }
    assert.ok('given_name' in properties && !('phone_number_verified' in properties))
  })
})

describe('the profile', () => {
  test('keeps what fits the schema, and an event names it', async () => {
    const ann = await newOwner(url)
    const answer = await ann.patch('profile', { attributes: { given_name: 'Ann', birthdate: '1990-05-17', nickname: 'A' } })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual((await ann.me()).attributes, { given_name: 'Ann', birthdate: '1990-05-17', nickname: 'A' })
    assert.equal((await ann.patch('profile', { attributes: { nickname: null } })).status, 200)
    assert.deepEqual((await ann.me()).attributes, { given_name: 'Ann', birthdate: '1990-05-17' })
    const events = await own.sql.text<{ payload: object }>(
      `select payload from events where user_id = $1 and type = 'user.updated' order by at, id`,
      [ann.userId],
    )
    assert.deepEqual(events[1], { payload: { attributes: ['nickname'], via: 'account' } })
    const [, event] = await personalDataOf(own.sql, `e.user_id = $1 and e.type = 'user.updated'`, [ann.userId])
    assert.equal(event?.ip, '127.0.0.1')
  })

  test('answers the same and tells of nothing where nothing is changed', async () => {
    const ann = await newOwner(url)
    assert.equal((await ann.patch('profile', { attributes: {} })).status, 200)
    assert.equal(countOf(await eventsOf(own, ann), 'user.updated'), 0)
  })

  test('refuses what the schema does not know or allow, by its place', async () => {
    const ann = await newOwner(url)
    for (const attributes of [
      { shoe_size: 44 },
      { birthdate: 'yesterday' },
      { given_name: 5 },
      { given_name: 'a\u0000b' },
      { ['__proto__x']: 1 },
    ]) {
      const answer = await ann.patch('profile', { attributes })
      isRefusal(answer, 422)
      assert.deepEqual((answer.json as { detail: { loc: string[] }[] }).detail[0]?.loc.slice(0, 2), ['body', 'attributes'])
    }
    assert.deepEqual((await ann.me()).attributes, {})
  })

  test('K-05 takes no verified mark, address, number or subject from its owner', async () => {
    const ann = await newOwner(url)
    for (const name of ['email', 'email_verified', 'phone_number', 'phone_number_verified', 'sub', 'preferred_username', 'updated_at'])
      isRefusal(await ann.patch('profile', { attributes: { [name]: name === 'email' ? 'other@example.com' : true } }), 422)
    isRefusal(await ann.patch('profile', { attributes: { phone_number: '+4915112345678', phone_number_verified: true } }), 422)
    assert.deepEqual((await ann.me()).attributes, {})
    assert.equal((await ann.me()).email_verified, false)
  })

  test('S-04 a whole account that is sent back is refused by the member that is too much', async () => {
    const ann = await newOwner(url)
    const everything = { ...(await ann.me()) }
    isRefusal(await ann.patch('profile', everything), 422)
    for (const member of ['id', 'tenantId', 'status', 'role', 'email_verified', 'deletion_due_at'])
      isRefusal(await ann.patch('profile', { attributes: {}, [member]: 'x' }), 422)
    isRefusal(await ann.put('language', { language: 'de', userId: ann.userId }), 422)
  })

  test('S-03 nobody names whose account it is: the token does', async () => {
    const [ann, bob] = [await newOwner(url), await newOwner(url)]
    for (const path of ['profile', `profile?userId=${bob.userId}`]) await ann.patch(path, { attributes: { given_name: 'Ann' } })
    isRefusal(await ann.patch('profile', { attributes: { given_name: 'Eve' }, user_id: bob.userId }), 422)
    assert.deepEqual((await bob.me()).attributes, {})
  })
})

describe('the language', () => {
  test('is one that mails are written in, or left to the browser', async () => {
    const ann = await newOwner(url)
    assert.equal(((await ann.put('language', { language: 'de' })).json as { language: string }).language, 'de')
    isRefusal(await ann.put('language', { language: 'tlh' }), 422)
    isRefusal(await ann.put('language', { language: 5 }), 422)
    assert.equal(((await ann.put('language', { language: null })).json as { language: null }).language, null)
    assert.equal(countOf(await eventsOf(own, ann), 'user.updated'), 2)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { bearer, request } from '../harness/http.ts'
import { countOf, eventsOf, isRefusal, newOwner, type Owner } from '../harness/own-account.ts'
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
    const events = await own.sql.text<{ payload: object; ip: string | null }>(
      `select payload, host(ip) as ip from events where user_id = $1 and type = 'user.updated' order by at, id`,
      [ann.userId],
    )
    assert.deepEqual(events[1], { payload: { attributes: ['nickname'], via: 'account' }, ip: '127.0.0.1' })
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

const chunk = (type: string, bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, Buffer.from(type), bytes, Buffer.alloc(4)])
}

const png = (width: number, height = width): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(16))), chunk('IEND', Buffer.alloc(0))])
}

const jpeg = (width: number): Buffer =>
  Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0, 16, width >> 8, width & 255, 1, 1, 0x11, 0, 0xff, 0xd9])

const webp = (width: number): Buffer => {
  const bytes = Buffer.alloc(30)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(22, 4)
  bytes.write('WEBPVP8X', 8, 'latin1')
  bytes.writeUIntLE(width - 1, 24, 3)
  bytes.writeUIntLE(15, 27, 3)
  return bytes
}

const upload = ({ token }: Owner, body: Buffer, type = 'image/png') =>
  request(`${url}/account/v1/avatar`, { method: 'PUT', headers: { ...bearer(token), 'content-type': type }, body })

describe('the picture', () => {
  test('is stored, shown to whoever has its address with headers that let it run nothing, and removed', async () => {
    const ann = await newOwner(url)
    for (const [bytes, type] of [
      [png(64), 'image/png'],
      [jpeg(64), 'image/jpeg'],
      [webp(64), 'image/webp'],
    ] as const) {
      const answer = await upload(ann, bytes, 'image/png')
      assert.equal(answer.status, 200, answer.text)
      const { avatar_url: address } = answer.json as { avatar_url: string }
      assert.equal((await ann.me()).avatar_url, address)
      const shown = await request(address)
      const { headers } = shown
      assert.deepEqual([shown.status, headers['content-type'], headers['x-content-type-options']], [200, type, 'nosniff'])
      assert.deepEqual(
        [headers['cache-control'], headers['content-security-policy'], headers['content-disposition']],
        ['public, max-age=31536000, immutable', "default-src 'none'; sandbox", `inline; filename="avatar.${type.slice(6)}"`],
      )
      assert.equal(headers['content-length'], String(bytes.length))
    }
    const { avatar_url: last } = await ann.me()
    assert.equal((await ann.remove('avatar')).status, 204)
    isRefusal(await ann.remove('avatar'), 404)
    assert.equal((await request(last ?? '')).status, 404)
    const events = await eventsOf(own, ann)
    assert.deepEqual([countOf(events, 'avatar.changed'), countOf(events, 'avatar.removed')], [3, 1])
  })

  test('J-08 a page, a drawing, something large or nothing is no picture, whatever it is called', async () => {
    const ann = await newOwner(url)
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for (const bytes of [Buffer.from('<script>alert(1)</script>'), Buffer.from(svg), Buffer.from('GIF89a'), Buffer.alloc(0), png(0)])
      isRefusal(await upload(ann, bytes), 422)
    for (const bytes of [png(1025, 16), png(16, 1025), jpeg(2000), webp(4000)]) isRefusal(await upload(ann, bytes), 422)
    for (const bytes of [png(64).subarray(0, 20), jpeg(64).subarray(0, 9), webp(64).subarray(0, 20)])
      isRefusal(await upload(ann, bytes), 422)
    isRefusal(await upload(ann, Buffer.concat([png(64), Buffer.alloc(65_536)])), 413)
    for (const type of ['image/svg+xml', 'text/html', 'application/json']) isRefusal(await upload(ann, png(64), type), 415)
    assert.equal((await ann.me()).avatar_url, null)
  })

  test('is found by owner and hash together alone', async () => {
    const [ann, bob] = [await newOwner(url), await newOwner(url)]
    await upload(ann, png(32))
    const address = (await ann.me()).avatar_url ?? ''
    for (const other of [
      address.replace(ann.userId, bob.userId),
      `${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`,
      address.slice(0, -1),
      `${url}/account/v1/avatar/x/y`,
    ])
      assert.equal((await request(other)).status, 404, other)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { unseal } from '../../src/platform/seal.ts'
import { type Account, newAccount, type Pair, pairOf } from '../harness/account-api.ts'
import { adminApi, administrator } from '../harness/admin.ts'
import { type Answer, bearer, form, type HttpRequest, json, request } from '../harness/http.ts'
import { codeFor, newPerson, postAs } from '../harness/oauth.ts'
import { personalDataOf, testSecrets } from '../harness/personal-data.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const own = await startProvider({ TRUSTED_PROXIES: '127.0.0.1' })
const { url, sql } = own
const { tenantId } = own.platform.base
const admin = await administrator(own, 'owner')

type Shown = { id: string; type: string; ip: string | null; user_agent: string | null; personal_data: string }
type Place = { readonly ip: string; readonly agent: string }

let count = 0
/** An address and a browser that nobody else of the file has. */
const newPlace = (): Place => {
  count += 1
  return { ip: `198.51.100.${count}`, agent: `Browser-${process.pid}-${count}/1.0` }
}
const sendFrom = ({ ip, agent }: Place, path: string, sent: HttpRequest): Promise<Answer> =>
  request(`${url}${path}`, { ...sent, headers: { ...sent.headers, 'x-forwarded-for': ip, 'user-agent': agent } })
const signIn = async (place: Place, { username, password }: Account): Promise<Pair> =>
  pairOf(await sendFrom(place, '/auth/token', form({ username, password })))
const idOf = async (pair: Pair): Promise<string> => {
  const me = await request(`${url}/account/v1/me`, { headers: bearer(pair.access_token) })
  return (me.json as { id: string }).id
}
/** Somebody who registered and signed in from this place, and once mistyped the password there. */
const personAt = async (place: Place) => {
  const account = newAccount()
  assert.equal((await sendFrom(place, '/auth/register', json(account))).status, 200)
  assert.equal((await sendFrom(place, '/auth/token', form({ username: account.username, password: 'mistyped-one' }))).status, 401)
  const pair = await signIn(place, account)
  return { account, pair, userId: await idOf(pair) }
}
const shown = async (query: string): Promise<readonly Shown[]> => {
  const answer = await admin.get(`events?limit=200&${query}`)
  assert.equal(answer.status, 200, answer.text)
  return (answer.json as { events: Shown[] }).events
}
const remove = async (userId: string): Promise<void> => assert.equal((await admin.remove(`users/${userId}`)).status, 204)
const statesOf = async (condition: string, values: readonly unknown[]): Promise<readonly string[]> =>
  (await personalDataOf(sql, condition, values)).map(({ type, personal_data: state }) => `${type} ${state}`)

/** Every value of every table, as text; bytes in hexadecimal. */
const dump = async (): Promise<ReadonlyMap<string, string>> => {
  const tables = await sql.text<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')`,
  )
  const found = new Map<string, string>()
  for (const { name } of tables)
    found.set(name, (await sql.text<{ line: string }>(`select t::text as line from "${name}" t`)).map(({ line }) => line).join('\n'))
  return found
}
/** Tables that hold the text as such, in hexadecimal, or in Base64. */
const tablesWith = (whole: ReadonlyMap<string, string>, text: string): readonly string[] => {
  const bytes = Buffer.from(text)
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64url')
      .slice(shift === 0 ? 0 : 4, -4),
  )
  const forms = [text, bytes.toString('hex'), ...base64]
  return [...whole].filter(([, rows]) => forms.some((one) => rows.includes(one))).map(([name]) => name)
}

describe('Y-08 a person who was deleted', () => {
  test('has left no address and no browser in the whole database, also for who has the key of the installation', async () => {
    const [place, elsewhere] = [newPlace(), newPlace()]
    const ann = await personAt(place)
    const bob = await personAt(elsewhere)
    const before = await shown(`user=${ann.userId}`)
    assert.deepEqual(before.map(({ type }) => type).toSorted(), ['sign_in.refused', 'sign_in.succeeded', 'user.registered'])
    for (const event of before) assert.deepEqual([event.ip, event.user_agent, event.personal_data], [place.ip, place.agent, 'readable'])
    const while_ = await dump()
    assert.ok(tablesWith(while_, place.agent).includes('sessions'), 'a dump shows what is not sealed')
    assert.deepEqual(
      tablesWith(while_, place.agent).filter((name) => name.startsWith('event')),
      [],
    )

    await remove(ann.userId)
    const after = await dump()
    assert.deepEqual([tablesWith(after, place.agent), tablesWith(after, place.ip)], [[], []])
    const sealed = await sql.text<{ sealed: Buffer; key_id: string }>('select sealed, key_id from events where id = any($1::uuid[])', [
      before.map(({ id }) => id),
    ])
    assert.equal(sealed.length, before.length)
    const keys = await sql.text<{ id: string; sealed: Buffer }>('select id, sealed from event_keys')
    const opened = keys.map(({ id, sealed: bytes }) => unseal(testSecrets.keys, bytes, `event key ${id}`))
    assert.ok(opened.length > 10 && opened.every((key) => key !== undefined), 'the other keys are there')
    for (const { sealed: bytes, key_id: id } of sealed)
      for (const key of opened) assert.equal(key && unseal(key, bytes, `event data ${tenantId} ${id}`), undefined)

    for (const event of (await shown(`user=${ann.userId}`)).filter(({ id }) => before.some((one) => one.id === id)))
      assert.deepEqual([event.ip, event.user_agent, event.personal_data], [null, null, 'erased'])
    for (const event of await shown(`user=${bob.userId}`)) assert.equal(event.personal_data, 'readable')
    assert.deepEqual(await shown(`ip=${place.ip}`), [])
  })

  test('took along the keys of a hundred thousand events within the time that a statement has', async () => {
    const ann = await personAt(newPlace())
    for (let first = 1; first <= 100_000; first += 10_000)
      await sql.text(
        `insert into events (tenant_id, at, id, type, user_id, key_id, sealed)
         select $1, now() - interval '1 hour' + n * interval '1 microsecond', gen_random_uuid(), 'sign_in.succeeded', $2,
           ('019a0000-0000-7000-9000-' || lpad((n / 10)::text, 12, '0'))::uuid, '' from generate_series($3::int, $3::int + 9999) n`,
        [tenantId, ann.userId, first],
      )
    await sql.text(`insert into event_keys (id, sealed) select distinct key_id, ''::bytea from events where user_id = $1 and sealed = ''`, [
      ann.userId,
    ])
    await remove(ann.userId)
    assert.deepEqual(await sql.text(`select id from event_keys where id::text like '019a0000-0000-7000-9000-%'`), [])
  })
})

describe('address and browser in an event belong to', () => {
  test('the administrator who acted, and go with them and not with the person', async () => {
    const ann = await personAt(newPlace())
    const other = await administrator(own, 'owner')
    const changed = `e.user_id = $1 and e.type = 'user.updated'`
    assert.equal((await other.patch(`users/${ann.userId}`, { attributes: { nickname: 'x' } })).status, 200)
    await remove(ann.userId)
    assert.deepEqual(await statesOf(changed, [ann.userId]), ['user.updated readable'])
    await remove(other.userId)
    assert.deepEqual(await statesOf(changed, [ann.userId]), ['user.updated erased'])
  })

  test('the owner of the personal token that acted', async () => {
    const ann = await personAt(newPlace())
    const other = await administrator(own, 'owner')
    const made = await other.post('tokens', { name: 'robot', permissions: ['users:write'], expires_in_days: 1 })
    assert.equal(made.status, 201, made.text)
    const robot = adminApi(url, (made.json as { token: string }).token)
    assert.equal((await robot.patch(`users/${ann.userId}`, { attributes: { nickname: 'y' } })).status, 200)
    const changed = `e.user_id = $1 and e.type = 'user.updated'`
    assert.deepEqual(await statesOf(changed, [ann.userId]), ['user.updated readable'])
    await remove(ann.userId)
    assert.deepEqual(await statesOf(changed, [ann.userId]), ['user.updated readable'])
    await remove(other.userId)
    assert.deepEqual(await statesOf(changed, [ann.userId]), ['user.updated erased'])
  })

  test('the person whom the statement found: a code that was redeemed, a refresh token that came twice', async () => {
    const place = newPlace()
    const ann = await personAt(place)
    for (let round = 0; round < 3; round += 1) await sendFrom(place, '/auth/token/refresh', form({ refresh_token: ann.pair.refresh_token }))
    const second = await signIn(place, ann.account)
    const rotated = pairOf(await sendFrom(place, '/auth/token/refresh', form({ refresh_token: second.refresh_token })))
    await sendFrom(place, '/auth/token/refresh', form({ refresh_token: rotated.refresh_token }))
    await sql.text(`update grants set rotated_at = now() - interval '1 hour'`)
    await sendFrom(place, '/auth/token/refresh', form({ refresh_token: second.refresh_token }))
    const client = await operatorClient(own)
    const person = await newPerson(url)
    const code = await codeFor(url, client, { person })
    const fields = { grant_type: 'authorization_code', redirect_uri: client.redirectUri, code }
    assert.equal((await postAs(`${url}/oauth2/token`, client, fields)).status, 200)
    const [owner] = await sql.text<{ user_id: string }>(`select user_id from identifiers where written = $1`, [person.account.username])
    const killed = [`e.user_id = $1 and e.type = 'grant.killed'`, [ann.userId]] as const
    const redeemed = [`e.user_id = $1 and e.type = 'grant.redeemed'`, [owner?.user_id]] as const
    assert.deepEqual(await statesOf(...killed), ['grant.killed readable'])
    assert.deepEqual(await statesOf(...redeemed), ['grant.redeemed readable'])
    await remove(ann.userId)
    assert.deepEqual(await statesOf(...killed), ['grant.killed erased'])
    assert.deepEqual(await statesOf(...redeemed), ['grant.redeemed readable'])
    await remove(String(owner?.user_id))
    assert.deepEqual(await statesOf(...redeemed), ['grant.redeemed erased'])
  })

  test('nobody, where nobody is known: they stay as they are', async () => {
    const place = newPlace()
    assert.equal((await sendFrom(place, '/auth/token', form({ username: 'nobody-at-all', password: 'mistyped-one' }))).status, 401)
    const found = await shown(`ip=${place.ip}`)
    assert.deepEqual(
      found.map(({ type, user_agent: agent }) => [type, agent]),
      [['sign_in.refused', place.agent]],
    )
    const [row] = await sql.text<{ ip: string }>('select host(ip) as ip from events where id = $1', [found[0]?.id])
    assert.equal(row?.ip, place.ip)
  })
})

describe('the search by address', () => {
  const pages = async (query: string): Promise<readonly Shown[]> => {
    const found: Shown[] = []
    for (let cursor = ''; ; ) {
      const answer = await admin.get(`events?${query}${cursor}`)
      const { events, next } = answer.json as { events: Shown[]; next: string | null }
      found.push(...events)
      if (next === null) return found
      cursor = `&cursor=${encodeURIComponent(next)}`
    }
  }

  test('finds what is sealed and what an older release wrote, each once and in order, and nothing of a neighbour in the bucket', async () => {
    const place = newPlace()
    const ann = await personAt(place)
    // Sealed for another address, in the same bucket: as one of 65,536 addresses is.
    await sql.text(
      `insert into events (tenant_id, at, id, type, user_id, key_id, sealed, ip_bucket)
       select e.tenant_id, now() + n * interval '1 microsecond', gen_random_uuid(), 'sign_in.succeeded', e.user_id, e.key_id, e.sealed, b.ip_bucket
       from generate_series(1, 5000) n, (select * from events where user_id = $1 and key_id is not null limit 1) e,
         (select ip_bucket from events where user_id = $2 and ip_bucket is not null limit 1) b`,
      [(await personAt(newPlace())).userId, ann.userId],
    )
    await sql.text(
      `insert into events (tenant_id, at, id, type, user_id, ip, user_agent) select $1, now() - n * interval '1 day', gen_random_uuid(), 'sign_in.refused', $2, $3::inet, 'Old/1.0'
       from generate_series(1, 7) n`,
      [tenantId, ann.userId, place.ip],
    )
    await sql.text(
      `insert into events (tenant_id, id, type, ip) select gen_random_uuid(), gen_random_uuid(), 'sign_in.refused', $1::inet`,
      [place.ip],
    )
    // However busy the neighbour is, a page takes bounded time: this one ends before it came to anything.
    const first = (await admin.get(`events?ip=${place.ip}&limit=2`)).json as { events: unknown[]; next: string | null }
    assert.deepEqual([first.events.length, typeof first.next], [0, 'string'])
    const exported = await admin.get(`events/export?format=jsonl&ip=${place.ip}`)
    assert.equal(exported.text.trim().split('\n').length, 10)
    const found = await pages(`ip=${place.ip}&limit=2`)
    assert.equal(found.length, 10)
    assert.equal(new Set(found.map(({ id }) => id)).size, 10)
    assert.deepEqual(
      found.map(({ user_agent: agent }) => agent).slice(-7),
      Array.from({ length: 7 }, () => 'Old/1.0'),
    )
    for (const { ip, personal_data: state } of found) assert.deepEqual([ip, state], [place.ip, 'readable'])
    assert.equal((await pages(`ip=${place.ip}&type=user.registered`)).length, 1)
  })

  test('takes an address in any way of writing it', async () => {
    const place = { ip: '2001:db8:0:0::77', agent: 'Six/1.0' }
    await personAt(place)
    for (const written of ['2001:DB8::77', '2001:db8:0000::0077'])
      assert.deepEqual(new Set((await pages(`ip=${encodeURIComponent(written)}`)).map(({ ip }) => ip)), new Set(['2001:db8::77']))
  })

  test('shows nothing of another tenant, which has another bucket and other keys', async () => {
    const place = newPlace()
    const ann = await personAt(place)
    await sql.text(`insert into tenants (slug, name) values ('neighbour', 'Neighbour') on conflict do nothing`)
    // What somebody with the database could try: the events of another tenant under the own one.
    const moved = await sql.text<{ id: string }>(
      `insert into events (tenant_id, at, id, type, user_id, key_id, sealed, ip_bucket)
       select (select tenant_id from tenants where slug = 'neighbour'), at, id, type, user_id, key_id, sealed, ip_bucket from events where user_id = $1 returning id`,
      [ann.userId],
    )
    assert.ok(moved.length > 0)
    const [neighbour] = await sql.text<{ tenant_id: string }>(`select tenant_id from tenants where slug = 'neighbour'`)
    assert.deepEqual(
      [...new Set((await personalDataOf(sql, 'e.tenant_id = $1', [neighbour?.tenant_id])).map((row) => row.personal_data))],
      ['erased'],
    )
    assert.equal((await pages(`ip=${place.ip}`)).length, 3)
  })
})

test('nothing of this was a failure of the server', () => {
  assert.deepEqual(failuresIn(own), [])
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { newOwner } from '../harness/own-account.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const admin = await administrator(provider, 'administrator')
const support = await administrator(provider, 'support')
const auditor = await administrator(provider, 'auditor')

type Listed = { id: string; number: number; username: string; email: string; status: string }
type Page = { users: Listed[]; next: string | null }
type Detail = Listed & { attributes: Record<string, unknown>; roles: string[]; live_sessions: number; email_verified: boolean }

const join = async (username: string) => {
  const account = { ...newAccount(), username, email: `${username}@people.example` }
  assert.equal((await accountApi(url).register(account)).status, 200)
  const [row] = await sql.text<{ user_id: string }>('select user_id from identifiers where canonical = $1', [username])
  return row?.user_id ?? ''
}
const detailOf = async (id: string): Promise<Detail> => (await owner.get(`users/${id}`)).json as Detail
const allPages = async (query: string): Promise<Listed[]> => {
  const found: Listed[] = []
  for (let next: string | null = ''; next !== null; ) {
    const answer = await owner.get(`users?${query}${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`)
    assert.equal(answer.status, 200, answer.text)
    const page = answer.json as Page
    found.push(...page.users)
    next = page.next
  }
  return found
}

describe('the list of accounts', () => {
  test('comes page by page, the newest first or the oldest, each account once', async () => {
    for (let index = 0; index < 7; index += 1) await join(`paged${index}`)
    const [row] = await sql.text<{ users: number }>('select count(*) as users from users')
    for (const [order, sign] of [
      ['newest', -1],
      ['oldest', 1],
    ] as const) {
      const numbers = (await allPages(`order=${order}&limit=3`)).map(({ number }) => number)
      assert.equal(numbers.length, row?.users)
      assert.deepEqual(
        numbers,
        [...new Set(numbers)].sort((left, right) => sign * (left - right)),
      )
    }
  })

  test('finds by how a user name or an e-mail address begins, in any case, each account once', async () => {
    for (const name of ['Zebra-one', 'Zebra-two', 'zebra-three', 'zebrafish']) await join(name.toLowerCase())
    const names = async (query: string) => (await allPages(query)).map(({ username }) => username).sort()
    assert.deepEqual(await names('prefix=ZEBRA-&limit=1'), ['zebra-one', 'zebra-three', 'zebra-two'])
    assert.deepEqual(await names('prefix=zebra-t&limit=1'), ['zebra-three', 'zebra-two'])
    assert.deepEqual(await names('prefix=zebra-one%40people'), ['zebra-one'])
    assert.deepEqual(await names('prefix=zebra-nobody'), [])
  })

  test('finds by an attribute and by status', async () => {
    const id = await join('attributed')
    assert.equal((await owner.patch(`users/${id}`, { attributes: { nickname: 'Sunny' } })).status, 200)
    assert.deepEqual(
      (await allPages('attribute=nickname:Sunny')).map((one) => one.id),
      [id],
    )
    assert.deepEqual(await allPages('attribute=nickname:Rainy'), [])
    assert.equal((await owner.post(`users/${id}/disable`)).status, 204)
    assert.ok((await allPages('status=disabled')).some((one) => one.id === id))
    assert.deepEqual(await allPages('attribute=nickname:Sunny&status=active'), [])
  })

  test('S-06, W-01: takes no operator, no hidden field and no SQL for anything but text', async () => {
    for (const query of [
      'sort=password',
      'filter=x',
      'attribute=nickname',
      'order=random',
      'status=secret',
      'prefix=',
      'prefix=a&attribute=b:c',
    ])
      isProblem(await owner.get(`users?${query}`), 422, 'invalid-request')
    for (const text of ["'", '%', '_', "' or 1=1--", '\\', '"', '$1', '*', "a'); drop table users;--", '\u{10FFFF}', '😀'])
      assert.deepEqual(await allPages(`prefix=${encodeURIComponent(text)}`), [], text)
    for (const text of ["x:' or true", 'encoded:$argon2id', 'x:{"$gt":""}', '$.x:1', "x':y"])
      assert.deepEqual(await allPages(`attribute=${encodeURIComponent(text)}`), [], text)
  })

  test('S-07: takes no cursor of another search', async () => {
    const { next } = (await owner.get('users?limit=1')).json as Page
    for (const query of ['order=oldest', 'prefix=a', 'status=active', 'attribute=a:b'])
      isProblem(await owner.get(`users?${query}&cursor=${encodeURIComponent(next ?? '')}`), 422, 'invalid-request')
  })
})

describe('an account', () => {
  test('shows what guards it and never a secret', async () => {
    const person = await newOwner(url)
    const answer = await owner.get(`users/${person.userId}`)
    const user = answer.json as Detail & { password: { set: boolean } }
    assert.deepEqual([user.password.set, user.live_sessions, user.roles], [true, 1, []])
    assert.doesNotMatch(answer.text, /argon2|encoded|hash|secret/i)
  })

  test('is changed by whoever may, with the event and who it was', async () => {
    const id = await join('changed')
    const answer = await admin.patch(`users/${id}`, { attributes: { given_name: 'Alex' }, email_verified: true })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual([(answer.json as Detail).attributes, (answer.json as Detail).email_verified], [{ given_name: 'Alex' }, true])
    const rows = await sql.text<{ type: string; actor: string; payload: { via: string } }>(
      'select type, actor, payload from events where user_id = $1 and actor is not null order by at, id',
      [id],
    )
    assert.deepEqual(
      rows.map(({ type, actor, payload }) => [type, actor, payload.via]),
      [
        ['user.updated', `user ${admin.userId}`, 'admin'],
        ['user.email_verified', `user ${admin.userId}`, 'admin'],
      ],
    )
    isProblem(await admin.patch(`users/${id}`, { attributes: { birthdate: 'yesterday' } }), 422, 'invalid-request')
    isProblem(await support.patch(`users/${id}`, { attributes: {} }), 403, 'missing-permission')
  })

  test('S-08: is not changed over what somebody else changed meanwhile', async () => {
    const id = await join('contested')
    const tag = { 'if-match': String((await owner.get(`users/${id}`)).headers['etag']) }
    assert.equal((await admin.patch(`users/${id}`, { attributes: { nickname: 'First' } }, tag)).status, 200)
    isProblem(await owner.patch(`users/${id}`, { attributes: { nickname: 'Second' } }, tag), 412, 'changed-meanwhile')
    assert.equal((await detailOf(id)).attributes['nickname'], 'First')
  })

  test('S-04: takes no member that is not settable', async () => {
    const id = await join('assigned')
    for (const extra of ['id', 'number', 'tenant_id', 'status', 'roles', 'password', 'created_at', 'is_system'])
      isProblem(await owner.patch(`users/${id}`, { attributes: {}, [extra]: 'x' }), 422, 'invalid-request')
  })

  test('is shut and opened again: its sessions end at once', async () => {
    const person = await newOwner(url)
    assert.equal((await admin.post(`users/${person.userId}/disable`)).status, 204)
    assert.equal((await person.get('me')).status, 401)
    assert.equal((await accountApi(url).token(person.account)).status, 401)
    assert.equal((await admin.post(`users/${person.userId}/disable`)).status, 204)
    assert.equal((await admin.post(`users/${person.userId}/enable`)).status, 204)
    assert.equal((await accountApi(url).token(person.account)).status, 200)
    const types = await sql.text<{ type: string }>(`select type from events where user_id = $1 and actor = $2 order by at, id`, [
      ...[person.userId, `user ${admin.userId}`],
    ])
    assert.deepEqual(types.map(({ type }) => type).sort(), ['session.ended', 'user.disabled', 'user.enabled'])
  })

  test('is deleted after a fresh sign-in alone, and gone', async () => {
    const person = await newOwner(url)
    await sql.text(
      `update sessions set auth_time = auth_time - interval '1 hour', created_at = created_at - interval '1 hour' where user_id = $1`,
      [admin.userId],
    )
    isProblem(await admin.remove(`users/${person.userId}`), 403, 'insufficient-authentication')
    assert.equal((await owner.remove(`users/${person.userId}`)).status, 204)
    isProblem(await owner.get(`users/${person.userId}`), 404, 'not-found')
    isProblem(await owner.remove(`users/${person.userId}`), 404, 'not-found')
    assert.equal((await person.get('me')).status, 401)
  })
})

describe('S-02: somebody who may do more', () => {
  test('is neither changed nor shut nor deleted by somebody who may do less', async () => {
    const other = await administrator(provider, 'owner')
    for (const answer of [
      await admin.patch(`users/${other.userId}`, { attributes: { nickname: 'x' } }),
      await admin.post(`users/${other.userId}/disable`),
      await admin.post(`users/${other.userId}/enable`),
    ])
      isProblem(answer, 403, 'more-than-held')
    assert.equal((await other.get('roles')).status, 200)
  })

  test('is not shut either where the power comes through a group', async () => {
    const group = ((await owner.post('groups', { name: 'Strong' })).json as { id: string }).id
    await owner.post('roles', { id: 'strong', name: 'Strong', permissions: ['tenants:write'] })
    await owner.put(`groups/${group}/roles/strong`)
    const id = await join('strong-one')
    await owner.put(`groups/${group}/members/${id}`)
    isProblem(await admin.post(`users/${id}/disable`), 403, 'more-than-held')
  })

  test('the last owner is neither shut nor deleted', async () => {
    const own = await startProvider()
    const last = await administrator(own, 'owner')
    isProblem(await last.post(`users/${last.userId}/disable`), 409, 'last-owner')
    isProblem(await last.remove(`users/${last.userId}`), 409, 'last-owner')
    assert.equal((await last.get('roles')).status, 200)
  })
})

test('T-01: ids that are not there, or no ids at all, are not found', async () => {
  for (const id of [newId(), 'x', '1', '%00', "'--"])
    for (const answer of [
      await owner.get(`users/${id}`),
      await owner.patch(`users/${id}`, { attributes: { nickname: 'x' } }),
      await owner.post(`users/${id}/disable`),
      await owner.post(`users/${id}/enable`),
      await owner.remove(`users/${id}`),
    ])
      assert.equal(answer.status, 404, `${id} ${answer.text}`)
})

test('an auditor sees accounts and changes none', async () => {
  const id = await join('audited')
  assert.equal((await auditor.get(`users/${id}`)).status, 200)
  isProblem(await auditor.post(`users/${id}/disable`), 403, 'missing-permission')
})

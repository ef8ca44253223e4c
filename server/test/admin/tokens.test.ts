import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { adminApi, administrator, isProblem } from '../harness/admin.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql, logs } = provider
const owner = await administrator(provider, 'owner')

const make = async (by = owner, permissions: readonly string[] = ['roles:read']) => {
  const answer = await by.post('tokens', { name: 'a script', permissions })
  assert.equal(answer.status, 201, answer.text)
  return answer.json as { id: string; token: string; expires_at: string }
}

describe('a personal access token', () => {
  test('is shown once, allows what it was made for, and is never written down', async () => {
    const { id, token } = await make()
    assert.match(token, /^cip_pat_[A-Za-z0-9_-]{64}$/)
    assert.equal((await adminApi(url, token).get('roles')).status, 200)
    isProblem(await adminApi(url, token).get('groups'), 403, 'missing-permission')
    const listed = await owner.get('tokens')
    assert.ok(listed.text.includes(id) && !listed.text.includes(token))
    const [row] = await sql.text<{ found: boolean }>(
      `select exists (select from events where payload::text like '%' || $1 || '%') or exists (select from personal_access_tokens t where t::text like '%' || $1 || '%') as found`,
      [token.slice(-20)],
    )
    assert.equal(row?.found, false)
    assert.ok(!logs().includes(token.slice(-20)))
  })

  test('allows less where its owner may do less, and nothing when the owner may not sign in', async () => {
    const person = await administrator(provider, 'auditor', 'developer')
    const { token } = await make(person, ['roles:read'])
    const api = adminApi(url, token)
    assert.equal((await api.get('roles')).status, 200)
    await owner.remove(`users/${person.userId}/roles/auditor`)
    isProblem(await api.get('roles'), 403, 'missing-permission')
    await sql.text(`update users set status = 'disabled' where id = $1`, [person.userId])
    isProblem(await api.get('roles'), 401, 'not-authenticated')
  })

  test('ends when it is removed and when its time is up', async () => {
    const [removed, expired] = [await make(), await make()]
    assert.equal((await owner.remove(`tokens/${removed.id}`)).status, 204)
    isProblem(await adminApi(url, removed.token).get('roles'), 401, 'not-authenticated')
    await sql.text('update personal_access_tokens set expires_at = now() where id = $1', [expired.id])
    isProblem(await adminApi(url, expired.token).get('roles'), 401, 'not-authenticated')
  })

  test('S-02: is never wider than whoever makes it', async () => {
    const support = await administrator(provider, 'support')
    isProblem(await support.post('tokens', { name: 'x', permissions: ['users:read', 'keys:write'] }), 403, 'more-than-held')
  })

  test('S-03: makes and removes no other, and nobody names whose it shall be', async () => {
    const { token, id } = await make(owner, ['tokens:write'])
    isProblem(await adminApi(url, token).post('tokens', { name: 'x', permissions: ['tokens:write'] }), 403, 'person-needed')
    isProblem(await adminApi(url, token).remove(`tokens/${id}`), 403, 'person-needed')
    isProblem(await owner.post('tokens', { name: 'x', permissions: ['users:read'], user_id: owner.userId }), 422, 'invalid-request')
    const other = await administrator(provider, 'owner')
    isProblem(await other.remove(`tokens/${id}`), 404, 'not-found')
  })

  test('is made after a fresh sign-in alone', async () => {
    const person = await administrator(provider, 'auditor', 'support')
    await sql.text(
      `update sessions set auth_time = auth_time - interval '1 hour', created_at = created_at - interval '1 hour' where user_id = $1`,
      [person.userId],
    )
    isProblem(await person.post('tokens', { name: 'x', permissions: ['users:read'] }), 403, 'insufficient-authentication')
  })

  test('with another last letter, cut off or with something behind it is none', async () => {
    const { token } = await make()
    const other = token.endsWith('A') ? 'B' : 'A'
    for (const wrong of [token.slice(0, -1) + other, token.slice(0, -1), `${token}A`, token.toUpperCase()])
      isProblem(await adminApi(url, wrong).get('roles'), 401, 'not-authenticated')
  })
})

describe('Idempotency-Key', () => {
  const body = (name: string) => ({ name })

  test('gives a retry the answer of the first, which alone took effect', async () => {
    const key = { 'idempotency-key': 'the first key' }
    isProblem(await owner.post('groups', body('Once'), key), 400, 'bad-idempotency-key')
    const good = { 'idempotency-key': 'first-key' }
    const [first, second] = [await owner.post('groups', body('Once'), good), await owner.post('groups', body('Once'), good)]
    assert.deepEqual([second.status, second.json, second.headers['location']], [201, first.json, first.headers['location']])
    const [row] = await sql.text<{ made: number }>(`select count(*) as made from groups where name = 'Once'`)
    assert.equal(row?.made, 1)
  })

  test('is refused for another request, and free again after a refusal', async () => {
    const key = { 'idempotency-key': 'second-key' }
    assert.equal((await owner.post('groups', body('Twice'), key)).status, 201)
    isProblem(await owner.post('groups', body('Thrice'), key), 422, 'idempotency-key-reused')
    const other = { 'idempotency-key': 'third-key' }
    isProblem(await owner.post('groups', body('Twice'), other), 409, 'taken')
    assert.equal((await owner.post('groups', body('Fourth'), other)).status, 201)
  })

  test('of one administrator means nothing for another', async () => {
    const key = { 'idempotency-key': 'shared-key' }
    const other = await administrator(provider, 'owner')
    assert.equal((await owner.post('groups', body('Mine'), key)).status, 201)
    assert.equal((await other.post('groups', body('Theirs'), key)).status, 201)
  })

  test('lets one of many equal requests at once take effect', async () => {
    const key = { 'idempotency-key': 'raced-key' }
    const answers = await Promise.all(Array.from({ length: 12 }, () => owner.post('groups', body('Raced'), key)))
    const [row] = await sql.text<{ made: number }>(`select count(*) as made from groups where name = 'Raced'`)
    assert.equal(row?.made, 1)
    for (const { status, json } of answers)
      assert.ok(status === 201 || (status === 409 && (json as { code: string }).code === 'request-under-way'))
  })

  test('keeps a new secret sealed', async () => {
    const key = { 'idempotency-key': 'secret-key' }
    const made = await owner.post('tokens', { name: 'kept', permissions: ['roles:read'] }, key)
    const again = await owner.post('tokens', { name: 'kept', permissions: ['roles:read'] }, key)
    assert.deepEqual(again.json, made.json)
    const { token } = made.json as { token: string }
    const [row] = await sql.text<{ answer: Buffer }>(`select answer from idempotency_keys where key = 'secret-key'`)
    assert.ok(row !== undefined && !row.answer.toString('latin1').includes(token))
  })
})

describe('lists', () => {
  test('S-07: take no cursor of another list, of another key, or out of range', async () => {
    for (let index = 0; index < 4; index += 1) await owner.post('groups', { name: `Listed ${index}` })
    const first = (await owner.get('groups?limit=2')).json as { groups: { id: string }[]; next: string }
    assert.equal(first.groups.length, 2)
    const second = (await owner.get(`groups?limit=2&cursor=${first.next}`)).json as { groups: { id: string }[] }
    assert.ok(second.groups.every(({ id }) => !first.groups.some((one) => one.id === id)))
    const group = first.groups[0]?.id
    for (const query of [
      ...['limit=0', 'limit=-1', 'limit=201', 'limit=1e9', 'limit=NaN', 'limit=2&limit=3', 'sort=secret'],
      ...[`cursor=${first.next}x`, 'cursor=x', `cursor=${Buffer.from('["A"]').toString('base64url')}.AAAA`],
    ])
      isProblem(await owner.get(`groups?${query}`), 422, 'invalid-request')
    isProblem(await owner.get(`groups/${group}/members?cursor=${first.next}`), 422, 'invalid-request')
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator, isProblem } from '../harness/admin.ts'
import { bearer, request } from '../harness/http.ts'
import { parametersOf } from '../harness/oauth.ts'
import { age } from '../harness/own-account.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { peopleOf } from '../login/people-of.ts'
import { callAs, newMember, newOrganization, type Somebody } from './organizations-of.ts'
import { policiesOf } from './policy-of.ts'

const own = await startProvider()
const { url, sql } = own
const admin = await administrator(own, 'owner')
const client = await operatorClient(own)
const { newPerson, plain, arrive, byPassword, byCode, tokensFrom } = policiesOf(own, { admin, client })
const { policy: ofTenant } = peopleOf(own, client)
const boss = await newMember(own)
const open = { second_factor: 'off', session_seconds: null, methods: null }

const asOwner = async () => {
  const person = await newMember(own)
  const organization = await newOrganization(admin, { owner: person })
  const path = `/organizations/v1/${organization.id}/policy`
  const put = (body: object, headers: Readonly<Record<string, string>> = {}) =>
    request(`${url}${path}`, {
      method: 'PUT',
      headers: { ...bearer(person.token), 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ ...open, ...body }),
    })
  return { person, organization, put, get: () => callAs(url, person.token, 'GET', path) }
}
const prove = ({ userId }: Somebody, amr: string, methods: string) =>
  sql.text('update sessions set amr = $2, methods = $3 where user_id = $1', [userId, amr, methods])

describe('the policy of an organization', () => {
  test('is read and replaced by its own people and by the tenant, with its event in the same transaction', async () => {
    const { person, organization, put, get } = await asOwner()
    const offered = ['passkey', 'totp', 'password', 'email-code', 'sms-code', 'recovery-code']
    const nothing = await get()
    assert.deepEqual(nothing.json, { ...open, version: 0, tenant_methods: offered })
    assert.equal(nothing.headers['etag'], '"0"')
    const mine = { session_seconds: 28_800, methods: ['password', 'passkey'] }
    const saved = await put(mine, { 'if-match': '"0"' })
    assert.deepEqual(saved.json, { second_factor: 'off', ...mine, version: 1, tenant_methods: offered }, saved.text)
    const path = `organizations/${organization.id}/policy`
    assert.deepEqual((await admin.get(path)).json, saved.json)
    const byTenant = await admin.put(path, { ...open, second_factor: 'required' })
    assert.equal(byTenant.status, 200, byTenant.text)
    const events = await sql.text<{ actor: string; payload: unknown }>(
      `select actor, payload from events where type = 'organization.policy_changed' and payload ->> 'organization' = $1 order by at`,
      [organization.id],
    )
    assert.deepEqual(events, [
      { actor: `user ${person.userId}`, payload: { organization: organization.id, second_factor: 'off', ...mine } },
      { actor: `user ${admin.userId}`, payload: { organization: organization.id, ...open, second_factor: 'required' } },
    ])
  })

  test('S-08 is not replaced where somebody has changed it meanwhile', async () => {
    const { put } = await asOwner()
    assert.equal((await put({ session_seconds: 600 })).status, 200)
    isProblem(await put({ session_seconds: 900 }, { 'if-match': '"0"' }), 412, 'changed-meanwhile')
    assert.equal((await put({ session_seconds: 900 }, { 'if-match': '"1"' })).status, 200)
  })

  test('is written only after signing in a short while ago', async () => {
    const { person, put } = await asOwner()
    const [row] = await sql.text<{ id: string }>('select id from sessions where user_id = $1', [person.userId])
    await age(own, { sessionId: row?.id ?? '' }, 11)
    isProblem(await put({ session_seconds: 600 }), 403, 'insufficient-authentication')
  })

  test('T-10 is refused where it would lock out whoever writes it, which it says how to mend', async () => {
    const { person, put, get } = await asOwner()
    const missing = async (body: object) => {
      const answer = await put(body)
      isProblem(answer, 409, 'locks-you-out')
      return (answer.json as { missing: string[] }).missing
    }
    assert.deepEqual(await missing({ second_factor: 'required' }), ['second_factor'])
    assert.deepEqual(await missing({ methods: ['passkey'] }), ['methods'])
    await sql.text(`update sessions set created_at = now() - interval '400 seconds', auth_time = null where user_id = $1`, [person.userId])
    assert.deepEqual(await missing({ second_factor: 'required', session_seconds: 300 }), ['second_factor', 'session_seconds'])
    assert.equal((await get()).status, 200)
    await prove(person, '{pop,user,mfa}', '{passkey}')
    assert.equal((await put({ second_factor: 'required', methods: ['passkey'] })).status, 200)
  })

  test('is refused where nobody could satisfy it, or names what the tenant does not offer', async () => {
    const { put } = await asOwner()
    const refused = async (body: object, sentence: RegExp) => {
      const answer = await put(body)
      isProblem(answer, 422, 'invalid-request')
      assert.match(answer.text, sentence)
    }
    await refused({ methods: [] }, /Nobody could sign in/)
    await refused({ methods: ['totp', 'sms-code'] }, /Nobody could sign in/)
    await refused({ second_factor: 'required', methods: ['password'] }, /second factor/)
    await refused({ methods: ['carrier-pigeon'] }, /methods/)
    await refused({ session_seconds: 299 }, /session_seconds/)
    await refused({ session_seconds: 2_592_001 }, /session_seconds/)
    await ofTenant({ methods: { 'email-code': false } })
    await refused({ methods: ['password', 'email-code'] }, /does not offer email-code/)
    await ofTenant({})
  })
})

describe('T-10 the stricter of tenant and organization counts', () => {
  test('where the tenant asks for a second factor and the organization does not', async () => {
    const person = await newPerson()
    const organization = await newOrganization(admin, { owner: boss, member: { ...boss, userId: person.userId } })
    await ofTenant({ secondFactor: 'always' })
    const page = await byPassword(person, await arrive(person, { organization: organization.id }))
    assert.equal(page.name, 'second-factor')
    await tokensFrom(await byCode(person, page))
    await ofTenant({})
  })

  test('where the organization takes a method that the tenant has taken away meanwhile', async () => {
    const person = await plain()
    const organization = await newOrganization(admin, { owner: boss, member: { ...boss, userId: person.userId } })
    assert.equal((await admin.put(`organizations/${organization.id}/policy`, { ...open, methods: ['password', 'passkey'] })).status, 200)
    await ofTenant({ methods: { password: false } })
    const page = await arrive(person, { organization: organization.id })
    const forced = await person.browser.submit(page, { ...person.account, action: 'sign-in' })
    assert.equal(parametersOf(forced)['code'], undefined)
    assert.equal(person.browser.cookies.has('cip_session'), false)
    await ofTenant({})
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

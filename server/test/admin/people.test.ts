import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AnyRoute } from '../../src/http/route.ts'
import { newId } from '../../src/platform/ids.ts'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { type AdminApi, administrator, isProblem } from '../harness/admin.ts'
import { openBrowser } from '../harness/browser.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { countOf, eventsOf, newOwner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql, platform } = own
const owner = await administrator(own, 'owner')
const admin = await administrator(own, 'administrator')
const support = await administrator(own, 'support')
const auditor = await administrator(own, 'auditor')

type User = { id: string; username: string; email: string; email_verified: boolean; language: string | null; attributes: object }

const names = () => {
  const { username, email } = newAccount()
  return { username, email }
}
const made = async (api: AdminApi, body: object): Promise<User> => {
  const answer = await api.post('users', body)
  assert.equal(answer.status, 201, answer.text)
  return answer.json as User
}
const detail = async (id: string): Promise<User> => (await owner.get(`users/${id}`)).json as User
const sentTo = async (address: string, template: string) =>
  (await messagesOf(own, address)).filter((one) => one.template === template).length

describe('an account that an administrator makes', () => {
  test('has what was given, no password, and events that name who made it', async () => {
    const wanted = { ...names(), email_verified: true, attributes: { given_name: 'Alex' } }
    const user = await made(admin, wanted)
    assert.deepEqual(
      [user.username, user.email, user.email_verified, user.attributes],
      [wanted.username, wanted.email, true, { given_name: 'Alex' }],
    )
    const events = await sql.text<{ type: string; actor: string }>('select type, actor from events where user_id = $1 order by type', [
      user.id,
    ])
    assert.deepEqual(
      events.map(({ type }) => type),
      ['user.email_verified', 'user.registered', 'user.updated'],
    )
    for (const { actor } of events) assert.equal(actor, `user ${admin.userId}`)
    assert.equal(await sentTo(wanted.email, 'reset-password'), 0)
    assert.equal((await accountApi(url).token({ username: wanted.username, password: 'correct horse battery' })).status, 401)
  })

  test('S-10: gets its password from nobody but its owner, by the link of a mail', async () => {
    const wanted = { ...names(), send_reset: true }
    const user = await made(admin, wanted)
    const { link } = await latestMessage(own, { template: 'reset-password', to: wanted.email })
    const browser = openBrowser(url)
    const choose = await browser.submit(await browser.follow(link), {})
    assert.equal(choose.name, 'new-password', choose.text)
    const saved = await browser.submit(choose, { password: 'a password of their own' })
    assert.equal(saved.status, 200, saved.text)
    assert.equal((await accountApi(url).token({ ...wanted, password: 'a password of their own' })).status, 200)
    assert.equal((await detail(user.id)).email_verified, true)
    assert.ok(
      !JSON.stringify(user).includes(new URL(link).searchParams.get('token') ?? link),
      'who makes the account does not get the link',
    )
  })

  test('S-10: no route of the admin API takes a password', () => {
    const routes = platform.routes.filter(({ auth, path }) => auth.kind === 'permission' && path.includes('/users'))
    assert.ok(routes.length > 15)
    const taken = ({ request }: AnyRoute) => Object.keys((request?.body as { properties?: object } | undefined)?.properties ?? {})
    for (const route of routes) assert.ok(!taken(route).some((name) => /password|hash|secret/i.test(name)), `${route.method} ${route.path}`)
  })

  test('S-04, S-10: takes no member that is not settable', async () => {
    for (const extra of ['password', 'password_hash', 'id', 'number', 'status', 'roles', 'tenant_id', 'groups'])
      isProblem(await owner.post('users', { ...names(), [extra]: 'x' }), 422, 'invalid-request')
  })

  test('is not made with a name that is taken, malformed or reserved, and nothing is left behind', async () => {
    const first = names()
    await made(admin, first)
    isProblem(await admin.post('users', { ...names(), username: first.username.toUpperCase() }), 409, 'username-taken')
    isProblem(await admin.post('users', { ...names(), email: first.email }), 409, 'email-taken')
    for (const wrong of [
      { username: 'x' },
      { username: 'admin istrator' },
      { email: 'nowhere' },
      { attributes: { birthdate: 'soon' } },
      { username: 7 },
    ])
      isProblem(await admin.post('users', { ...names(), ...wrong }), 422, 'invalid-request')
    for (const api of [support, auditor]) isProblem(await api.post('users', names()), 403, 'missing-permission')
  })

  test('is made once by a call and its retry', async () => {
    const wanted = { ...names(), send_reset: true }
    const key = { 'idempotency-key': newId() }
    const [first, again] = [await admin.post('users', wanted, key), await admin.post('users', wanted, key)]
    assert.deepEqual([first.status, again.status, again.text], [201, 201, first.text])
    assert.equal(await sentTo(wanted.email, 'reset-password'), 1)
  })

  test('twenty calls at once for one name make one account', async () => {
    const { username } = names()
    const answers = await Promise.all(Array.from({ length: 20 }, () => admin.post('users', { username, email: names().email })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array.from({ length: 19 }, () => 409)])
  })
})

describe('a reset that support sends', () => {
  test('goes to the address of the account and nowhere else', async () => {
    const person = await newOwner(url)
    const answer = await support.post(`users/${person.userId}/password-reset`)
    assert.deepEqual([answer.status, answer.text], [202, ''])
    assert.equal(await sentTo(person.account.email, 'reset-password'), 1)
    assert.equal(countOf(await eventsOf(own, person), 'proof.sent'), 1)
    assert.equal((await person.get('me')).status, 200)
  })

  test('is refused for an account that is shut, and takes no address from the caller', async () => {
    const person = await newOwner(url)
    isProblem(await support.call('POST', `users/${newId()}/password-reset`), 404, 'not-found')
    await admin.post(`users/${person.userId}/disable`)
    isProblem(await support.post(`users/${person.userId}/password-reset`), 409, 'account-shut')
    isProblem(await auditor.post(`users/${person.userId}/password-reset`), 403, 'missing-permission')
    assert.equal(await sentTo(person.account.email, 'reset-password'), 0)
  })
})

describe('an account that wrong passwords have locked', () => {
  test('is opened by support, once, with its event', async () => {
    const person = await newOwner(url)
    await sql.text(
      `insert into sign_in_states (tenant_id, user_id, failures, locked_until) select tenant_id, id, 100, now() + interval '1 hour' from users where id = $1
       on conflict (tenant_id, user_id) do update set failures = 100, locked_until = excluded.locked_until`,
      [person.userId],
    )
    assert.notEqual((await accountApi(url).token(person.account)).status, 200)
    assert.equal((await support.post(`users/${person.userId}/unlock`)).status, 204)
    assert.equal((await accountApi(url).token(person.account)).status, 200)
    assert.equal((await support.post(`users/${person.userId}/unlock`)).status, 204)
    assert.equal(countOf(await eventsOf(own, person), 'user.unlocked'), 1)
    isProblem(await support.post(`users/${owner.userId}/unlock`), 403, 'more-than-held')
  })
})

describe('names that an administrator changes', () => {
  test('a user name and a language are the new ones at once', async () => {
    const person = await newOwner(url)
    const { username } = names()
    const answer = await admin.patch(`users/${person.userId}`, { username, language: 'de' })
    assert.equal(answer.status, 200, answer.text)
    assert.deepEqual([(answer.json as User).username, (answer.json as User).language], [username, 'de'])
    assert.equal((await accountApi(url).token(person.account)).status, 401)
    await signInAgain(url, { ...person.account, username })
    const types = await eventsOf(own, person)
    assert.deepEqual([countOf(types, 'user.renamed'), countOf(types, 'user.updated')], [1, 1])
    assert.equal((await admin.patch(`users/${person.userId}`, { username, language: 'de' })).status, 200)
    assert.deepEqual(await eventsOf(own, person).then((all) => countOf(all, 'user.renamed')), 1)
  })

  test('N-07: an address: the earlier one is told and takes it back, and what went there opens nothing', async () => {
    const person = await newOwner(url)
    await support.post(`users/${person.userId}/password-reset`)
    const { link: reset } = await latestMessage(own, { template: 'reset-password', to: person.account.email })
    const { email } = names()
    const answer = await admin.patch(`users/${person.userId}`, { email })
    assert.deepEqual([(answer.json as User).email, (answer.json as User).email_verified], [email, false])
    assert.equal((await openBrowser(url).follow(reset)).status, 400)
    const told = await latestMessage(own, { template: 'email-changed', to: person.account.email })
    assert.equal(told.email, email)
    const browser = openBrowser(url)
    await browser.submit(await browser.follow(told.link), {})
    assert.equal((await detail(person.userId)).email, person.account.email)
    assert.equal(countOf(await eventsOf(own, person), 'user.address_replaced'), 1)
  })

  test('are refused where another account has them, and nothing of the change stays', async () => {
    const [one, other] = [await newOwner(url), await newOwner(url)]
    const change = { attributes: { nickname: 'Kept' }, username: names().username }
    isProblem(await admin.patch(`users/${one.userId}`, { ...change, email: other.account.email }), 409, 'email-taken')
    isProblem(await admin.patch(`users/${one.userId}`, { ...change, username: other.account.username }), 409, 'username-taken')
    for (const wrong of [{ username: 'a' }, { email: 'x' }, { language: 'klingonisch!' }, { username: null }, {}])
      isProblem(await admin.patch(`users/${one.userId}`, wrong), 422, 'invalid-request')
    const user = await detail(one.userId)
    assert.deepEqual([user.username, user.email, user.attributes], [one.account.username, one.account.email, {}])
    assert.equal(await sentTo(one.account.email, 'email-changed'), 0)
  })

  test('S-02: are not those of somebody who may do more', async () => {
    for (const change of [{ email: names().email }, { username: names().username }, { language: 'de' }])
      isProblem(await admin.patch(`users/${owner.userId}`, change), 403, 'more-than-held')
  })
})

test('no request of this file made the server fail', () => {
  assert.deepEqual(failuresIn(own), [])
})

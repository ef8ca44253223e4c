import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { beforeEach, describe, test } from 'node:test'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { openBrowser } from '../harness/browser.ts'
import { authorizeUrl, claimsOf, newPerson, parametersOf, passPages, postAs, redeem } from '../harness/oauth.ts'
import { operatorClient, startProvider } from '../harness/provider.ts'
import { type Receiver, receive } from '../harness/receiver.ts'

const provider = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.0/8' })
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const auditor = await administrator(provider, 'auditor')
const machine = await operatorClient(provider, {
  metadata: { grant_types: ['client_credentials'], redirect_uris: undefined, response_types: [], scope: 'reports' },
})
const app = await operatorClient(provider)
const implicit = await operatorClient(provider, {
  metadata: { grant_types: ['implicit'], response_types: ['id_token'], redirect_uris: ['https://app.example.test/callback'] },
})
const api = accountApi(url)
const receiver: Receiver = await receive(200)

type Hook = { url?: string; on_failure: 'allow' | 'refuse'; timeout_ms?: number; enabled?: boolean; secret_version?: number }
type Point = 'before_registration' | 'before_token' | 'after_sign_in'
const put = async (body: object, by = owner) =>
  by.call('PUT', 'settings/hooks', { body, headers: { 'if-match': String((await owner.get('settings/hooks')).headers['etag']) } })
const hook = async (point: Point, one: Hook): Promise<void> => {
  const saved = await put({ [point]: { url: receiver.url, timeout_ms: 300, ...one } })
  assert.equal(saved.status, 200, saved.text)
}
const says = (value: unknown, answer: Receiver['answer'] = 200): void => {
  receiver.answer = answer
  receiver.text = typeof value === 'string' ? value : JSON.stringify(value)
}
const sent = (): { type: string; data: Record<string, unknown> } => JSON.parse(receiver.got.at(-1)?.body ?? '{}')
const clientCredentials = () => postAs(`${url}/oauth2/token`, machine, { grant_type: 'client_credentials', scope: 'reports' })
const countOf = async (type: string): Promise<number> => (await sql.text('select 1 from events where type = $1', [type])).length

beforeEach(() => {
  receiver.got.length = 0
  says({})
})

/** Everything that a receiver can do wrong. */
const wrongs: readonly (readonly [string, () => void])[] = [
  ['hangs', () => says('', 'hang')],
  ['vanishes', () => says('', 'drop')],
  ['fails', () => says('', 500)],
  ['sends elsewhere', () => says('', 302)],
  ['answers no JSON', () => says('<p>yes</p>')],
  ['answers another action', () => says({ action: 'maybe' })],
  ['answers members that it may not', () => says({ user_id: 'x' })],
  ['answers too much', () => says({ message: 'x'.repeat(20_000) })],
]

describe('a hook before registration', () => {
  test('is asked, signed, before the account is written, and refuses with its sentence', async () => {
    await hook('before_registration', { on_failure: 'allow' })
    says({ action: 'refuse', message: 'Only people of Acme register here.' })
    const account = newAccount()
    const refused = await api.register(account)
    assert.deepEqual([refused.status, refused.json], [403, { detail: 'Only people of Acme register here.' }])
    assert.deepEqual(sent().data, { username: account.username, email: account.email, via: 'account-api', attributes: {} })
    const { secret } = (await owner.post('hooks/before_registration/secret')).json as { secret: string }
    const { headers, body } = receiver.got[0] ?? { headers: {}, body: '' }
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    const mac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(signed)
      .digest('base64')
    assert.equal(headers['webhook-signature'], `v1,${mac}`)
    assert.doesNotMatch(body, /correct horse/)
    says({})
    assert.equal((await api.register(account)).status, 200)
  })

  test('is asked on the pages as well, which show its sentence', async () => {
    await hook('before_registration', { on_failure: 'refuse' })
    says({ action: 'refuse', message: 'Ask your teacher first.' })
    const browser = openBrowser(url)
    const start = await browser.follow(authorizeUrl(url, app, { prompt: 'create' }))
    const { username, email, password } = newAccount()
    const page = await browser.submit(start, { username, email, password, action: 'sign-up' })
    assert.match(page.text, /Ask your teacher first\./)
    assert.equal(sent().data['via'], 'browser')
  })

  test('sets attributes of the schema, and no others', async () => {
    await hook('before_registration', { on_failure: 'refuse' })
    const account = newAccount()
    says({ attributes: { nickname: 'Al' } })
    assert.equal((await api.register(account)).status, 200)
    const [row] = await sql.text<{ attributes: object }>(
      `select p.attributes from profiles p join identifiers i on i.user_id = p.user_id where i.kind = 'username' and i.written = $1`,
      [account.username],
    )
    assert.deepEqual(row?.attributes, { nickname: 'Al' })
    for (const attributes of [{ is_admin: true }, { nickname: 7 }]) {
      says({ attributes })
      assert.equal((await api.register(newAccount())).status, 403)
    }
    await hook('before_registration', { on_failure: 'allow' })
    assert.equal((await api.register(newAccount())).status, 200)
  })

  for (const [name, fail] of wrongs)
    test(`that ${name} lets people through or not, as was decided`, async () => {
      await hook('before_registration', { on_failure: 'refuse' })
      fail()
      const refused = await api.register(newAccount())
      assert.deepEqual(
        [refused.status, (refused.json as { detail: string }).detail],
        [403, 'This cannot be checked at the moment. Try again later.'],
      )
      await hook('before_registration', { on_failure: 'allow' })
      fail()
      assert.equal((await api.register(newAccount())).status, 200)
    })

  test('that fails is an event, and no more than one a minute', async () => {
    assert.equal(await countOf('hook.failed'), 1)
  })
})

describe('a hook before tokens', () => {
  test('adds claims to every token, and none that mean something already', async () => {
    const person = await newPerson(url)
    await hook('before_token', { on_failure: 'refuse' })
    says({ claims: { plan: 'gold' }, id_token_claims: { theme: 'dark' } })
    const page = await passPages(
      person.browser,
      await person.browser.follow(authorizeUrl(url, app, { scope: 'openid offline_access' })),
      person.account,
    )
    const answer = await redeem(url, app, { code: parametersOf(page)['code'] ?? '' })
    const tokens = answer.json as { access_token: string; id_token: string; refresh_token: string }
    assert.equal(claimsOf(tokens.access_token)['plan'], 'gold', answer.text)
    assert.deepEqual([claimsOf(tokens.id_token)['theme'], claimsOf(tokens.id_token)['plan']], ['dark', undefined])
    assert.equal(sent().data['client_id'], app.id)
    const rotated = await postAs(`${url}/oauth2/token`, app, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
    assert.equal(claimsOf((rotated.json as { access_token: string }).access_token)['plan'], 'gold', rotated.text)
    assert.equal(claimsOf(((await clientCredentials()).json as { access_token: string }).access_token)['plan'], 'gold')
    const pair = pairOf(await api.token(person.account))
    assert.equal(claimsOf(pair.access_token)['plan'], 'gold')
    assert.equal(claimsOf(pairOf(await api.refresh(pair.refresh_token)).access_token)['plan'], 'gold')
    const front = await person.browser.follow(authorizeUrl(url, implicit, { response_type: 'id_token', nonce: 'n', prompt: 'none' }))
    assert.equal(claimsOf(parametersOf(front)['id_token'] ?? '')['theme'], 'dark', front.url)
  })

  test('adds no claim that means something already, and not too much', async () => {
    await hook('before_token', { on_failure: 'refuse' })
    for (const name of [
      'iss',
      'sub',
      'aud',
      'exp',
      'iat',
      'jti',
      'acr',
      'amr',
      'auth_time',
      'cnf',
      'scope',
      'client_id',
      'act',
      'roles',
      'sid',
      'grant_id',
      'email',
      'organization',
      'permissions',
      'username',
      '__proto__',
    ]) {
      says(`{"claims":{"${name}":"x"}}`)
      assert.equal((await clientCredentials()).status, 400, name)
      says(`{"id_token_claims":{"${name}":"x"}}`)
      assert.equal((await clientCredentials()).status, 400, name)
    }
    says({ claims: { big: 'x'.repeat(5000) } })
    assert.equal((await clientCredentials()).status, 400)
  })

  test('refuses at every place that gives tokens', async () => {
    const person = await newPerson(url)
    const pair = pairOf(await api.token(person.account))
    await hook('before_token', { on_failure: 'allow' })
    says({ action: 'refuse', message: 'Not today.' })
    const machineAnswer = await clientCredentials()
    assert.deepEqual([machineAnswer.status, machineAnswer.json], [400, { error: 'unauthorized_client', error_description: 'Not today.' }])
    const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(url, app)), person.account)
    const redeemed = await redeem(url, app, { code: parametersOf(page)['code'] ?? '' })
    assert.deepEqual(redeemed.json, { error: 'invalid_grant', error_description: 'Not today.' })
    for (const answer of [await api.token(person.account), await api.refresh(pair.refresh_token)])
      assert.deepEqual([answer.status, answer.json], [403, { detail: 'Not today.' }])
    const front = await person.browser.follow(authorizeUrl(url, implicit, { response_type: 'id_token', nonce: 'n', prompt: 'none' }))
    assert.equal(parametersOf(front)['id_token'], undefined)
    assert.equal(parametersOf(front)['error_description'], 'Not today.')
  })

  test('that fails lets tokens be made or not, as was decided', async () => {
    for (const [name, fail] of wrongs) {
      await hook('before_token', { on_failure: 'refuse' })
      fail()
      assert.equal((await clientCredentials()).status, 400, name)
      await hook('before_token', { on_failure: 'allow' })
      fail()
      assert.equal((await clientCredentials()).status, 200, name)
    }
  })
})

describe('a hook after the sign-in', () => {
  test('keeps people out at every door, without a session and without a wrong password', async () => {
    const person = await newPerson(url)
    await hook('after_sign_in', { on_failure: 'allow' })
    says({ action: 'refuse', message: 'Your membership has ended.' })
    const sessions = async () => (await sql.text('select 1 from sessions')).length
    const before = await sessions()
    for (let time = 0; time < 6; time += 1) {
      const refused = await api.token(person.account)
      assert.deepEqual([refused.status, refused.json], [403, { detail: 'Your membership has ended.' }])
    }
    assert.deepEqual(sent().data['amr'], ['pwd'])
    const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(url, app)), person.account)
    assert.deepEqual(
      [parametersOf(page)['error'], parametersOf(page)['error_description']],
      ['access_denied', 'Your membership has ended.'],
    )
    const own = await person.browser.follow(`${url}/device`)
    const told = own.name === 'sign-in' ? await passPages(person.browser, own, person.account) : own
    assert.match(told.text, /Your membership has ended\./)
    assert.equal(await sessions(), before)
    says({})
    assert.equal((await api.token(person.account)).status, 200)
  })

  test('that fails lets people in or not, as was decided', async () => {
    const { account } = await newPerson(url)
    for (const [name, fail] of wrongs.slice(0, 5)) {
      await hook('after_sign_in', { on_failure: 'refuse' })
      fail()
      assert.equal((await api.token(account)).status, 403, name)
      await hook('after_sign_in', { on_failure: 'allow' })
      fail()
      assert.equal((await api.token(account)).status, 200, name)
    }
  })
})

describe('hooks', () => {
  test('are decided by whoever may, for addresses that may be reached, and asked only while they are enabled', async () => {
    isProblem(await auditor.call('PUT', 'settings/hooks', { body: {}, headers: { 'if-match': '*' } }), 403, 'missing-permission')
    for (const bad of ['http://169.254.169.254/', 'ftp://x', 'https://u:p@example.com/', 'nonsense'])
      isProblem(await put({ before_token: { url: bad, on_failure: 'allow' } }), 422, 'invalid-setting')
    for (const wrong of [
      { url: receiver.url },
      { url: receiver.url, on_failure: 'allow', timeout_ms: 5001 },
      { url: receiver.url, on_failure: 'maybe' },
    ])
      isProblem(await put({ before_token: wrong }), 422, 'invalid-request')
    await hook('before_token', { on_failure: 'refuse', enabled: false })
    says('', 500)
    assert.equal((await clientCredentials()).status, 200)
    assert.equal(receiver.got.length, 0)
    assert.equal((await put({})).status, 200)
  })

  test('show their secret to whoever may change them, with an event; a later version is another one, and both sign', async () => {
    await hook('before_token', { on_failure: 'refuse' })
    isProblem(await auditor.post('hooks/before_token/secret'), 403, 'missing-permission')
    isProblem(await owner.post('hooks/after_sign_in/secret'), 404, 'not-found')
    isProblem(await owner.post('hooks/nothing/secret'), 404, 'not-found')
    const shown = async () => ((await owner.post('hooks/before_token/secret')).json as { secret: string }).secret
    const [first, events] = [await shown(), await countOf('hook.secret_shown')]
    await hook('before_token', { on_failure: 'refuse', secret_version: 2 })
    assert.notEqual(await shown(), first)
    assert.equal(await countOf('hook.secret_shown'), events + 1)
    await clientCredentials()
    assert.equal(String(receiver.got.at(-1)?.headers['webhook-signature']).split(' ').length, 2)
    assert.doesNotMatch((await owner.get('config')).text, /whsec_/)
  })

  test('are tested with a sample', async () => {
    await hook('before_token', { on_failure: 'refuse' })
    says({ action: 'refuse', message: 'No.' })
    assert.deepEqual((await owner.post('hooks/before_token/test')).json, { outcome: 'refused', reason: 'No.' })
    assert.deepEqual(sent().data, { test: true })
    says('', 503)
    assert.deepEqual((await owner.post('hooks/before_token/test')).json, { outcome: 'failed', reason: 'answered 503' })
    isProblem(await auditor.post('hooks/before_token/test'), 403, 'missing-permission')
    assert.equal((await put({})).status, 200)
  })
})

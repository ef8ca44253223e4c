import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { bearer, request } from '../harness/http.ts'
import { authorizeUrl, newPerson, parametersOf, postAs, registerClient, tokensFor } from '../harness/oauth.ts'
import { countOf, eventsOf, isRefusal, newOwner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own

type Session = { id: string; kind: string; current: boolean; device: string; ip: string; applications: string[]; amr: string[] }
type Listed = { sessions: Session[] }
type Device = { id: string; current: boolean; trusted_until: string | null }

describe('linked identities', () => {
  test('are none as long as there is no sign-in by another service, and nobody else is told even that', async () => {
    const ann = await newOwner(url)
    assert.deepEqual((await ann.get('identities')).json, { identities: [] })
    isRefusal(await request(`${url}/account/v1/identities`), 401)
    isRefusal(await ann.post('identities', {}), 405)
  })
})

describe('sessions', () => {
  test('are listed with what they are, and this one is marked', async () => {
    const client = await registerClient(url, { client_name: 'A calendar' })
    const { account, browser } = await newPerson(url)
    await tokensFor(url, client, { person: { account, browser } })
    const [ann, second] = [await signInAgain(url, account), await signInAgain(url, account)]
    const { sessions } = (await ann.get('sessions')).json as Listed
    assert.deepEqual(
      sessions.map(({ kind, current }) => [kind, current]),
      [
        ['api', false],
        ['api', true],
        ['browser', false],
      ],
    )
    assert.deepEqual([sessions[0]?.id, sessions[1]?.id, sessions[2]?.applications], [second.sessionId, ann.sessionId, ['A calendar']])
    assert.deepEqual([sessions[1]?.amr, sessions[1]?.ip, sessions[1]?.device], [['pwd'], '127.0.0.1', '?'])
  })

  test('one is ended, dead at once, with its grants and its event', async () => {
    const client = await registerClient(url)
    const { account, browser } = await newPerson(url)
    const tokens = await tokensFor(url, client, { person: { account, browser } })
    const [ann, second] = [await signInAgain(url, account), await signInAgain(url, account)]
    assert.equal((await ann.remove(`sessions/${second.sessionId}`)).status, 204)
    assert.deepEqual([(await second.get('me')).status, (await accountApi(url).refresh(second.refreshToken)).status], [401, 401])
    isRefusal(await ann.remove(`sessions/${second.sessionId}`), 404)
    const { sessions } = (await ann.get('sessions')).json as Listed
    const inBrowser = sessions.find(({ kind }) => kind === 'browser')
    assert.equal((await ann.remove(`sessions/${inBrowser?.id}`)).status, 204)
    assert.ok(parametersOf(await browser.follow(authorizeUrl(url, client, { prompt: 'none' })))['error'], 'login_required')
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401)
    assert.equal(countOf(await eventsOf(own, ann), 'session.ended'), 2)
  })

  test('all but this one are ended, whatever comes at once', async () => {
    const ann = await newOwner(url)
    const others = [await signInAgain(url, ann.account), await signInAgain(url, ann.account), await signInAgain(url, ann.account)]
    const answers = await Promise.all([1, 2, 3].map(() => ann.post('sessions/end-others')))
    assert.equal(
      answers.reduce((sum, { json }) => sum + (json as { ended: number }).ended, 0),
      3,
    )
    for (const other of others) assert.equal((await other.get('me')).status, 401)
    assert.equal((await ann.get('me')).status, 200)
    assert.equal(((await ann.get('sessions')).json as Listed).sessions.length, 1)
    assert.equal(countOf(await eventsOf(own, ann), 'session.ended'), 3)
  })

  test('I-07 of others are neither seen nor ended', async () => {
    const [ann, eve] = [await newOwner(url), await newOwner(url)]
    for (const id of [ann.sessionId, ann.userId, 'x', '%00', ann.sessionId.toUpperCase()])
      isRefusal(await eve.remove(`sessions/${id}`), 404)
    await eve.post('sessions/end-others')
    assert.equal((await ann.get('me')).status, 200)
    const { sessions } = (await eve.get('sessions')).json as Listed
    assert.deepEqual(
      sessions.map(({ id }) => id),
      [eve.sessionId],
    )
  })
})

describe('devices', () => {
  test('are listed by a name that opens nothing, and are all asked for the second factor again', async () => {
    const client = await registerClient(url)
    const { account, browser } = await newPerson(url)
    await tokensFor(url, client, { person: { account, browser } })
    const ann = await signInAgain(url, account)
    await own.sql.text(`update devices set trust_hash = '\\x01', trusted_until = now() + interval '1 day' where user_id = $1`, [ann.userId])
    const [device] = ((await ann.get('devices')).json as { devices: Device[] }).devices
    assert.ok(device?.trusted_until && device.current === false)
    const [row] = await own.sql.text<{ browser: string }>(`select encode(browser, 'hex') as browser from devices where user_id = $1`, [
      ann.userId,
    ])
    assert.notEqual(device.id, row?.browser)
    const eve = await newOwner(url)
    assert.equal((await eve.remove('devices/trust')).status, 204)
    assert.ok(((await ann.get('devices')).json as { devices: Device[] }).devices[0]?.trusted_until)
    assert.equal((await ann.remove('devices/trust')).status, 204)
    assert.equal(((await ann.get('devices')).json as { devices: Device[] }).devices[0]?.trusted_until, null)
    assert.equal((await ann.remove('devices/trust')).status, 204)
    assert.deepEqual(
      [countOf(await eventsOf(own, ann), 'devices.untrusted'), countOf(await eventsOf(own, eve), 'devices.untrusted')],
      [1, 0],
    )
  })
})

describe('applications', () => {
  test('are listed with what they may do, and lose it', async () => {
    const client = await registerClient(url, { client_name: 'A calendar', logo_uri: 'https://app.example.test/logo.png' })
    const { account, browser } = await newPerson(url)
    const tokens = await tokensFor(url, client, { person: { account, browser }, parameters: { scope: 'openid offline_access' } })
    const [ann, eve] = [await signInAgain(url, account), await newOwner(url)]
    const { applications } = (await ann.get('applications')).json as { applications: Record<string, unknown>[] }
    assert.equal(applications.length, 1)
    const { client_id, name, logo_url, scopes } = applications[0] ?? {}
    assert.deepEqual([client_id, name, logo_url], [client.id, 'A calendar', 'https://app.example.test/logo.png'])
    assert.ok((scopes as { name: string; description: string }[]).some((one) => one.name === 'openid' && one.description.length > 5))
    for (const id of [client.id, 'unknown', '%00']) isRefusal(await eve.remove(`applications/${id}`), 404)
    const answers = await Promise.all([1, 2].map(() => ann.remove(`applications/${client.id}`)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 404])
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    assert.equal((await postAs(`${url}/oauth2/token`, client, fields)).status, 400)
    const silent = parametersOf(await browser.follow(authorizeUrl(url, client, { prompt: 'none', scope: 'openid offline_access' })))
    assert.equal(silent['error'], 'consent_required')
    assert.deepEqual((await ann.get('applications')).json, { applications: [] })
    assert.equal(countOf(await eventsOf(own, ann), 'consent.revoked'), 1)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { totpCode } from '../../src/credentials/totp/totp-code.ts'
import { calmStep, secretOf } from '../credentials/authenticator-app.ts'
import { accountApi } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { form, request } from '../harness/http.ts'
import { latestMessage } from '../harness/messages.ts'
import { newPerson, parametersOf } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { peopleOf } from './people-of.ts'

const own = await startProvider()
const { url, sql } = own
const { db, tenantId } = own.platform.base
const client = await operatorClient(own)
const guarded = await operatorClient(own)

const { policy, idOf, withApp, arrive, password, claimsFrom } = peopleOf(own, client)

describe('who has set up a second factor', () => {
  test('is asked for it after the password, and the token tells both', async () => {
    const person = await withApp()
    const page = await password(person, person.browser)
    assert.equal(page.name, 'second-factor')
    assert.equal(person.browser.cookies.has('cip_session'), false, 'no session before the second factor')
    const claims = await claimsFrom(await person.browser.submit(page, { code: await person.code() }))
    assert.deepEqual([claims['amr'], claims['acr']], [['pwd', 'otp', 'mfa'], 'aal2'])
  })

  test('O-02 is refused with a wrong code and with one that was used, and still with neither', async () => {
    const person = await withApp()
    const code = await person.code()
    assert.ok(parametersOf(await person.browser.submit(await password(person, person.browser), { code }))['code'])
    const page = await password(person, person.browser)
    for (const answer of [code, '000000', '', 'abc'])
      assert.deepEqual([(await person.browser.submit(page, { code: answer })).status], [422], answer)
    await person.rewind()
    assert.ok(parametersOf(await person.browser.submit(page, { code: await person.code() }))['code'])
  })

  test('L-02 is locked for a while after five wrong codes, in every browser and whatever page they were typed on', async () => {
    const person = await withApp()
    const code = await person.code()
    const [page, elsewhere] = [await password(person, person.browser), openBrowser(url)]
    const other = await password(person, elsewhere)
    for (let count = 0; count < 3; count += 1) assert.equal((await elsewhere.submit(other, { code: '000000' })).status, 422)
    for (let count = 0; count < 2; count += 1) assert.equal((await person.browser.submit(page, { code: '000000' })).status, 422)
    assert.equal((await person.browser.submit(page, { code })).status, 429)
  })

  test('O-05 what was proved counts in its own browser alone, and not once the password has changed', async () => {
    const person = await withApp()
    const page = await password(person, person.browser)
    const stranger = openBrowser(url)
    await arrive(stranger)
    assert.equal((await stranger.follow(page.url)).name, 'sign-in')
    await sql.text('update sign_in_states set generation = generation + 1 where user_id = $1', [await idOf(person)])
    assert.equal((await person.browser.submit(page, { code: await person.code() })).name, 'sign-in')
  })

  test('K-09 nobody comes to the second step without the first', async () => {
    const { browser } = await newPerson(url)
    const page = await arrive(browser)
    const flow = new URL(page.url).searchParams.get('flow') ?? ''
    for (const name of ['second-factor', 'enrol', 'new-password', 'code', 'passkey-offer'])
      assert.ok(['sign-in', 'reset'].includes((await browser.follow(`${url}/interaction/${name}?flow=${flow}`)).name ?? ''), name)
  })

  test('O-04 every door asks: the password of the account API, a code by mail', async () => {
    const person = await withApp()
    const { account } = person
    const bare = await accountApi(url).token(account)
    assert.deepEqual([bare.status, (bare.json as { detail: string }).detail], [401, 'Second factor required. Send its code as otp'])
    const send = async (otp: string) => request(`${url}/auth/token`, form({ username: account.username, password: account.password, otp }))
    assert.equal((await send('000000')).status, 401)
    assert.equal((await send(await person.code())).status, 200)
    await person.rewind()
    const browser = openBrowser(url)
    const asked = await browser.submit(await arrive(browser), { username: account.username, action: 'mail-code' })
    const { code } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    const next = await browser.submit(asked, { code })
    assert.equal(next.name, 'second-factor')
    const claims = await claimsFrom(await browser.submit(next, { code: await person.code() }))
    assert.deepEqual(claims['amr'], ['otp', 'mfa'])
  })

  test('O-06 can trust the browser, which is then not asked; another one is, and a new password ends the trust', async () => {
    const person = await withApp()
    const page = await password(person, person.browser)
    assert.ok(page.text.includes('for 30 days'))
    await person.browser.submit(page, { code: await person.code(), trust: 'yes' })
    assert.ok(parametersOf(await password(person, person.browser))['code'], 'not asked again')
    assert.equal((await password(person, openBrowser(url))).name, 'second-factor')
    const copied = openBrowser(url)
    copied.cookies.set('cip_trust', person.browser.cookies.get('cip_trust') ?? '')
    assert.equal((await password(person, copied)).name, 'second-factor', 'the cookie alone is worth nothing in another browser')
    assert.equal(
      (await password(person, person.browser, { acr_values: 'aal2' })).name,
      'second-factor',
      'what an application prefers is not excused',
    )
    await sql.text('update devices set trust_hash = null, trusted_until = null where user_id = $1', [await idOf(person)])
    assert.equal((await password(person, person.browser)).name, 'second-factor')
  })
})

describe('a text message', () => {
  test('brings the second factor to a number that was proved, as one of the other ways, and its code is of use there alone', async () => {
    const person = await withApp()
    const userId = await idOf(person)
    const phone = '+4915100000001'
    await sql.text(
      `insert into identifiers (tenant_id, user_id, kind, canonical, written, verified_at) values ($1, $2, 'phone', $3, $3, now())`,
      [tenantId, userId, phone],
    )
    const page = await password(person, person.browser)
    assert.match(page.text, /value="sms-code"/)
    const sent = await person.browser.submit(page, { way: 'sms-code' })
    assert.ok(sent.text.includes(phone))
    const { code } = await latestMessage(own, { template: 'phone-code', to: phone })
    const elsewhere = openBrowser(url)
    const asked = await elsewhere.submit(await arrive(elsewhere), { username: person.account.username, action: 'mail-code' })
    assert.equal((await elsewhere.submit(asked, { code })).status, 422)
    assert.equal((await person.browser.submit(sent, { code: '000000' })).status, 422)
    const claims = await claimsFrom(await person.browser.submit(sent, { code }))
    assert.deepEqual([claims['amr'], claims['acr']], [['pwd', 'sms', 'mfa'], 'aal2'])
  })
})

const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'aal2' } } }) }

describe('an application that demands a second factor', () => {
  test('A-10 lifts the session that is there, by the second factor alone, and the session stays the same', async () => {
    const person = await withApp()
    await policy({ methods: { totp: false } })
    const before = await claimsFrom(await password(person, person.browser))
    assert.equal(before['acr'], 'aal1')
    await policy({})
    assert.equal(parametersOf(await arrive(person.browser, { prompt: 'none', ...essential }))['error'], 'unmet_authentication_requirements')
    const page = await arrive(person.browser, essential)
    assert.equal(page.name, 'second-factor')
    const after = await claimsFrom(await person.browser.submit(page, { code: await person.code() }))
    assert.deepEqual([after['acr'], after['sid']], ['aal2', before['sid']])
    assert.ok(parametersOf(await arrive(person.browser, { prompt: 'none', ...essential }))['code'])
  })

  test('has the person set one up who has none, with recovery codes that are shown once', async () => {
    const person = await newPerson(url)
    const page = await password(person, person.browser, essential)
    assert.equal(page.name, 'enrol')
    const key = /<code class="key">([^<]+)</.exec(page.text)?.[1]?.replaceAll(' ', '') ?? ''
    const secret = secretOf(`otpauth://totp/x?secret=${key}`)
    assert.equal((await person.browser.submit(page, { code: '000000' })).status, 422)
    const codes = await person.browser.submit(page, { code: totpCode(secret, await calmStep(db)) })
    assert.equal(codes.name, 'recovery-codes')
    const shown = [...codes.text.matchAll(/<li><code>([^<]+)<\/code>/g)].map(([, one]) => one)
    assert.equal(shown.length, 10)
    const next = /id="codes-continue" href="([^"]+)"/.exec(codes.text)?.[1] ?? ''
    const claims = await claimsFrom(await person.browser.follow(next.replaceAll('&amp;', '&')))
    assert.deepEqual([claims['acr'], claims['amr']], ['aal2', ['pwd', 'otp', 'mfa']])
    const again = openBrowser(url)
    const asked = await password(person, again)
    const other = await again.submit(asked, { way: 'recovery-code' })
    assert.ok(other.text.includes('recovery codes'))
    const used = await again.submit(other, { code: shown[0]?.toLowerCase() ?? '' })
    assert.ok(parametersOf(used)['code'])
    const third = openBrowser(url)
    const last = await third.submit(await password(person, third), { way: 'recovery-code' })
    assert.equal((await third.submit(last, { code: shown[0] ?? '' })).status, 422, 'each works once')
  })
})

describe('the policy of the tenant', () => {
  test('asks for a second factor at the applications that it names', async () => {
    await policy({ secondFactorClients: [guarded.id] })
    const person = await newPerson(url)
    assert.ok(parametersOf(await password(person, person.browser))['code'])
    assert.equal((await arrive(person.browser, {}, guarded)).name, 'enrol', 'the session that is there does not do')
    assert.equal((await password(person, openBrowser(url), {})).name, undefined)
    const stranger = openBrowser(url)
    const page = await stranger.submit(await arrive(stranger, {}, guarded), { ...person.account, action: 'sign-in' })
    assert.equal(page.name, 'enrol')
    await policy({})
  })

  test('asks everybody, and of whom there is none yet it has one set up', async () => {
    await policy({ secondFactor: 'always' })
    const person = await newPerson(url)
    assert.equal((await password(person, person.browser)).name, 'enrol')
    assert.equal((await accountApi(url).token(person.account)).status, 401)
    const browser = openBrowser(url)
    const account = { username: 'newcomer', email: 'newcomer@example.com', password: 'correct horse battery' }
    const made = await browser.submit(await arrive(browser, { prompt: 'create' }), account)
    assert.equal(made.name, 'enrol', 'a new account goes on to it, and is not asked to be made again')
    await policy({})
  })

  test('takes a method away at every door', async () => {
    await policy({ methods: { password: false } })
    const person = await newPerson(url)
    assert.equal((await accountApi(url).token(person.account)).status, 401)
    assert.equal((await password(person, person.browser)).status, 422)
    await policy({ methods: { 'email-code': false } })
    const page = await arrive(openBrowser(url))
    assert.ok(!page.text.includes('id="mail-code"'))
    await policy({})
  })

  test('K-06 lets nobody make an account where it is closed, neither on the page nor by the API', async () => {
    await policy({ signUp: 'closed' })
    const account = { username: 'latecomer', email: 'latecomer@example.com', password: 'correct horse battery' }
    assert.equal((await accountApi(url).register(account)).status, 403)
    const browser = openBrowser(url)
    const page = await arrive(browser, { prompt: 'create' })
    assert.equal((await browser.submit(page, account)).status, 422)
    assert.equal((await sql.text(`select 1 from identifiers where canonical = 'latecomer'`)).length, 0)
    await policy({})
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

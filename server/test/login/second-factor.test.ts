import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { beginTotp, confirmTotp, totpStore } from '../../src/credentials/totp/totp.ts'
import { totpCode } from '../../src/credentials/totp/totp-code.ts'
import { makeEvent } from '../../src/events/events.ts'
import { calmStep, secretOf } from '../credentials/authenticator-app.ts'
import { accountApi } from '../harness/account-api.ts'
import { type Browser, openBrowser, type Page } from '../harness/browser.ts'
import { form, request } from '../harness/http.ts'
import { latestMessage } from '../harness/messages.ts'
import { authorizeUrl, claimsOf, type Fields, newPerson, parametersOf, redeem, type Tokens } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql, config } = own
const { db, tenantId } = own.platform.base
const client = await operatorClient(own)
const guarded = await operatorClient(own)

const policy = async (value: object): Promise<void> => {
  await sql.text(
    `with moved as (insert into cache_epochs as e (tenant_id, kind) values ($1, 'settings')
       on conflict (tenant_id, kind) do update set version = e.version + 1, changed_at = now())
     insert into tenant_settings (tenant_id, key, value) values ($1, 'sign-in', $2)
     on conflict (tenant_id, key) do update set value = excluded.value`,
    [tenantId, JSON.stringify(value)],
  )
  await new Promise((resolve) => setTimeout(resolve, 1200))
}

type Person = Awaited<ReturnType<typeof newPerson>>
type Enrolled = Person & { readonly code: (offset?: number) => Promise<string>; readonly rewind: () => Promise<unknown> }

const idOf = async ({ account }: Person): Promise<string> =>
  (await sql.text<{ user_id: string }>('select user_id from identifiers where canonical = $1', [account.username]))[0]?.user_id ?? ''

/** Somebody with an authenticator app. */
const withApp = async (): Promise<Enrolled> => {
  const person = await newPerson(url)
  const userId = await idOf(person)
  const deps = { store: totpStore(db), key: config.key('totp-secrets') }
  const enrolment = await beginTotp(deps)(tenantId, { userId, issuer: 'Example', account: person.account.email })
  const secret = secretOf(enrolment?.uri ?? '')
  const code = async (offset = 0): Promise<string> => totpCode(secret, (await calmStep(db)) + offset)
  const rewind = () => sql.text('update totp_factors set last_step = 0 where user_id = $1', [userId])
  const event = makeEvent({ tenantId, type: 'totp.enrolled', userId, payload: {} })
  assert.equal((await confirmTotp(deps)(tenantId, { userId, answer: await code(), event })).kind, 'confirmed')
  await rewind()
  return { ...person, code, rewind }
}

const arrive = (browser: Browser, parameters: Fields = {}, at = client): Promise<Page> => browser.follow(authorizeUrl(url, at, parameters))

const password = async ({ account }: Person, browser: Browser, parameters: Fields = {}): Promise<Page> =>
  browser.submit(await arrive(browser, { prompt: 'login', ...parameters }), { ...account, action: 'sign-in' })

const claimsFrom = async (page: Page, at = client): Promise<Record<string, unknown>> => {
  const { code = '' } = parametersOf(page)
  const answer = await redeem(url, at, { code })
  assert.equal(answer.status, 200, `${page.url} ${answer.text}`)
  return claimsOf((answer.json as Tokens).id_token)
}

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

/** Every way of a first factor, as a door that a policy must hold at. */
const doors = {
  'the password on the page': async (person: Person): Promise<string | undefined> => (await password(person, openBrowser(url))).name,
  'the password of the account API': async ({ account }: Person): Promise<string | undefined> =>
    (await accountApi(url).token(account)).status === 401 ? 'refused' : undefined,
  'a code by mail': async ({ account }: Person): Promise<string | undefined> => {
    const browser = openBrowser(url)
    const asked = await browser.submit(await arrive(browser), { username: account.username, action: 'mail-code' })
    const { code } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    return (await browser.submit(asked, { code })).name
  },
  'the link of a mail': async ({ account }: Person): Promise<string | undefined> => {
    const browser = openBrowser(url)
    await browser.submit(await arrive(browser), { username: account.username, action: 'mail-code' })
    const { link } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    return (await browser.submit(await browser.follow(link), {})).name
  },
} as const

/** Every rule that asks for a second factor of somebody, with what has to come at each door then. */
const rules = {
  'the tenant asks everybody': { policy: { secondFactor: 'always' }, isAdministrator: false },
  'the tenant asks administrators': { policy: { secondFactor: 'administrators' }, isAdministrator: true },
} as const

describe('O-04 the matrix of doors and rules', () => {
  for (const [rule, { policy: value, isAdministrator }] of Object.entries(rules))
    test(`where ${rule}, no door lets anybody in by one factor`, async () => {
      await policy(value)
      for (const [door, open] of Object.entries(doors)) {
        const person = await newPerson(url)
        if (isAdministrator)
          await sql.text(`insert into role_assignments (tenant_id, user_id, role) values ($1, $2, 'administrator')`, [
            tenantId,
            await idOf(person),
          ])
        assert.ok(['enrol', 'second-factor', 'refused'].includes((await open(person)) ?? ''), `${door}: let in`)
      }
      await policy({})
    })

  for (const status of ['disabled', 'frozen'])
    test(`an account that is ${status} comes in by no door`, async () => {
      for (const [door, open] of Object.entries(doors)) {
        const person = await newPerson(url)
        await sql.text('update users set status = $2 where id = $1', [await idOf(person), status])
        const outcome = await open(person).catch(() => 'refused')
        assert.ok(['sign-in', 'code', 'refused', 'outcome'].includes(outcome ?? ''), `${door}: ${outcome}`)
      }
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

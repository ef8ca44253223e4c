import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { administrator, isProblem } from '../harness/admin.ts'
import { openBrowser } from '../harness/browser.ts'
import { bearer, request } from '../harness/http.ts'
import { authorizeUrl, basic, claimsOf, parametersOf, postAs, registerClient } from '../harness/oauth.ts'
import { failuresIn, isRefused, operatorClient, startProvider } from '../harness/provider.ts'
import { peopleOf } from '../login/people-of.ts'
import { callAs, newMember, newOrganization, type Organization } from './organizations-of.ts'
import { policiesOf } from './policy-of.ts'

const own = await startProvider()
const { url, sql } = own
const admin = await administrator(own, 'owner')
const client = await operatorClient(own)
const { scope, demand, newPerson, plain, arrive, byPassword, byCode, tokensFrom, silently, ageSignIns } = policiesOf(own, { admin, client })
const boss = await newMember(own)

const refresh = (token: string) => postAs(`${url}/oauth2/token`, client, { grant_type: 'refresh_token', refresh_token: token })
const isActive = async (token: string): Promise<boolean> =>
  ((await postAs(`${url}/oauth2/introspect`, client, { token })).json as { active: boolean }).active
const userinfo = async (token: string): Promise<number> => (await request(`${url}/oauth2/userinfo`, { headers: bearer(token) })).status
/** That tokens are worth nothing any more, at every door that looks at them. */
const isDead = async ({ access_token: access, refresh_token: again }: { access_token: string; refresh_token: string }) => {
  assert.deepEqual([await isActive(access), await userinfo(access), await isActive(again)], [false, 401, false])
  isRefused(await refresh(again), 400, 'invalid_grant')
}
const isAlive = async ({ access_token: access, refresh_token: again }: { access_token: string; refresh_token: string }) =>
  assert.deepEqual([await isActive(access), await userinfo(access), await isActive(again)], [true, 200, true])

/** An organization that the person belongs to and that demands nothing yet. */
const organizationOf = (person: { userId: string }): Promise<Organization> =>
  newOrganization(admin, { owner: boss, administrator: { ...boss, userId: person.userId } })

/** A member whose browser is signed in with a password alone. */
const signedInPlainly = async () => {
  const person = await plain()
  const organization = await organizationOf(person)
  const got = await tokensFrom(await byPassword(person, await arrive(person, { organization: organization.id })))
  return { person, organization, got }
}

describe('T-08 an organization that demands a second factor', () => {
  test('gives a session without one no token at any door, and takes what was given before', async () => {
    const { person, organization, got } = await signedInPlainly()
    await isAlive(got)
    const unredeemed = parametersOf(await arrive(person, { organization: organization.id }))['code'] ?? ''
    const other = parametersOf(await arrive(person, { scope: 'openid offline_access' }))['code'] ?? ''
    await demand(organization, { second_factor: 'required' })
    await isDead(got)
    isRefused(
      await postAs(`${url}/oauth2/token`, client, { grant_type: 'authorization_code', code: unredeemed, redirect_uri: client.redirectUri }),
      400,
      'invalid_grant',
    )
    const silent = await silently(person, { organization: organization.slug })
    assert.deepEqual([silent['error'], silent['code']], ['interaction_required', undefined])
    // What is not for the organization is none of its business.
    const unbound = await postAs(`${url}/oauth2/token`, client, {
      grant_type: 'authorization_code',
      code: other,
      redirect_uri: client.redirectUri,
    })
    assert.equal(unbound.status, 200, unbound.text)
    assert.ok((await silently(person, { scope: 'openid' }))['code'])
  })

  test('is not talked down by the request: an acr that asks for less, claims, a pushed request, a hint', async () => {
    const { person, organization, got } = await signedInPlainly()
    await demand(organization, { second_factor: 'required' })
    const essential = JSON.stringify({ id_token: { acr: { essential: true, values: ['aal1'] } } })
    const asked = { organization: organization.id, scope, prompt: 'none' }
    for (const more of [{ acr_values: 'aal1' }, { claims: essential }, { max_age: '86400' }, { id_token_hint: got.id_token }]) {
      const { error, code } = await silently(person, { ...asked, ...more })
      assert.deepEqual([error, code], ['interaction_required', undefined], JSON.stringify(more))
    }
    const parameters = { ...asked, response_type: 'code', redirect_uri: client.redirectUri, claims: essential }
    const pushed = await postAs(`${url}/oauth2/par`, client, parameters)
    assert.equal(pushed.status, 201, pushed.text)
    const { request_uri: uri } = pushed.json as { request_uri: string }
    const query = new URLSearchParams({ client_id: client.id, request_uri: uri })
    assert.equal(parametersOf(await person.browser.follow(`${url}/oauth2/authorize?${query}`))['error'], 'interaction_required')
    const device = await request(`${url}/oauth2/device`, {
      method: 'POST',
      headers: { ...basic(client), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ scope, organization: organization.id }).toString(),
    })
    assert.equal(device.status, 400, device.text)
  })

  test('leads a person who has one to it, and back with a token', async () => {
    const person = await newPerson()
    const organization = await organizationOf(person)
    await demand(organization, { second_factor: 'required' })
    const got = await tokensFrom(await byCode(person, await byPassword(person, await arrive(person, { organization: organization.id }))))
    assert.deepEqual([claimsOf(got.id_token)['acr'], claimsOf(got.id_token)['organization_roles']], ['aal2', ['administrator']])
    await isAlive(got)
    assert.equal((await refresh(got.refresh_token)).status, 200)
    assert.ok((await silently(person, { organization: organization.id }))['code'], 'the session has what is demanded')
  })

  test('does not take a trusted browser for it, and lifts a session that is there', async () => {
    const person = await newPerson()
    const organization = await organizationOf(person)
    const page = await byPassword(person, await arrive(person, { scope: 'openid' }))
    await person.rewind()
    await person.browser.submit(page, { code: await person.code(), trust: 'yes' })
    const again = await person.browser.follow(authorizeUrl(url, client, { prompt: 'login' }))
    assert.ok(parametersOf(await byPassword(person, again))['code'], 'the tenant excuses the browser')
    await demand(organization, { second_factor: 'required' })
    const asked = await arrive(person, { organization: organization.id })
    assert.doesNotMatch(asked.text, /name="trust"/)
    assert.equal(claimsOf((await tokensFrom(await byCode(person, asked))).id_token)['acr'], 'aal2')
  })

  test('leads a person who has none to set one up, and nobody who is no member', async () => {
    const [person, stranger] = [await plain(), await plain()]
    const organization = await organizationOf(person)
    await demand(organization, { second_factor: 'required' })
    const page = await byPassword(person, await arrive(person, { organization: organization.id }))
    assert.equal(page.name, 'enrol', page.text.slice(0, 300))
    const { error } = parametersOf(await byPassword(stranger, await arrive(stranger, { organization: organization.id })))
    assert.equal(error, 'access_denied')
  })

  test('gives nothing to an administrator who acts as a member, and asks them for nothing of the person', async () => {
    const { person, organization } = await signedInPlainly()
    const acting = `update sessions set amr = '{impersonation}', methods = null, impersonator_id = $2 where user_id = $1`
    await sql.text(acting, [person.userId, admin.userId])
    assert.ok(parametersOf(await arrive(person, { organization: organization.id }))['code'], 'where nothing is demanded')
    await demand(organization, { second_factor: 'required' })
    const { error, code } = parametersOf(await arrive(person, { organization: organization.id }))
    assert.deepEqual([error, code], ['access_denied', undefined])
  })

  test('opens its own area to nobody without one: RFC 9470', async () => {
    const person = await newMember(own)
    const organization = await newOrganization(admin, { owner: person })
    const members = () => callAs(url, person.token, 'GET', `/organizations/v1/${organization.id}/members`)
    assert.equal((await members()).status, 200)
    await demand(organization, { second_factor: 'required' })
    const refused = await members()
    isProblem(refused, 403, 'insufficient-authentication')
    assert.match(String(refused.headers['www-authenticate']), /insufficient_user_authentication.*acr_values="aal2"/)
    assert.equal((refused.json as { acr_values: string }).acr_values, 'aal2')
    assert.equal(
      (await callAs(url, person.token, 'GET', '/account/v1/organizations')).status,
      200,
      'one sees that one belongs to it, and can leave',
    )
    await sql.text(`update sessions set amr = '{pwd,otp,mfa}', methods = '{password,totp}' where user_id = $1`, [person.userId])
    assert.equal((await members()).status, 200)
  })
})

describe('T-08 an organization that limits how long ago a sign-in may be', () => {
  test('ends its tokens then, asks again, and gives none that lives longer', async () => {
    const { person, organization, got } = await signedInPlainly()
    await demand(organization, { session_seconds: 900 })
    await isAlive(got)
    const again = (await refresh(got.refresh_token)).json as typeof got
    assert.ok(again.expires_in <= 900 && again.expires_in > 800, String(again.expires_in))
    await ageSignIns(person, 600)
    assert.equal((await refresh(again.refresh_token)).status, 200)
    await ageSignIns(person, 400)
    // The grant is in memory, where its time never changes but here.
    await sql.text(
      `insert into cache_epochs (tenant_id, kind) select tenant_id, 'users' from users where id = $1
      on conflict (tenant_id, kind) do update set version = cache_epochs.version + 1`,
      [person.userId],
    )
    await new Promise((resolve) => setTimeout(resolve, 1300))
    assert.deepEqual([await isActive(again.access_token), await userinfo(again.access_token)], [false, 401])
    assert.equal((await silently(person, { organization: organization.id }))['error'], 'login_required')
    assert.ok((await silently(person, { scope: 'openid' }))['code'], 'for the tenant the session is good')
    const fresh = await tokensFrom(await byPassword(person, await arrive(person, { organization: organization.id })))
    await isAlive(fresh)
  })
})

describe('T-08 an organization that takes some methods alone', () => {
  test('takes no session that was signed in by another, and offers only its own ways', async () => {
    const { person, organization, got } = await signedInPlainly()
    await demand(organization, { methods: ['passkey'] })
    await isDead(got)
    assert.equal((await silently(person, { organization: organization.id }))['error'], 'login_required')
    const page = await arrive(person, { organization: organization.id })
    assert.equal(page.name, 'sign-in')
    assert.doesNotMatch(page.text, /type="password"/)
    const forced = await person.browser.submit(page, { ...person.account, action: 'sign-in' })
    assert.deepEqual([forced.name, new URL(forced.url).origin], ['sign-in', url], 'a password that is sent all the same opens nothing')
    assert.match((await openBrowser(url).follow(authorizeUrl(url, client, { scope: 'openid' }))).text, /type="password"/)
  })

  test('tells whoever has no passkey where to add one, where nothing else counts and there is another way into the account', async () => {
    const person = await plain()
    const organization = await organizationOf(person)
    const pageFor = async (methods: readonly string[]) => {
      await demand(organization, { methods })
      const browser = openBrowser(url)
      const asked = await arrive({ browser }, { organization: organization.id })
      return { asked, named: await browser.submit(asked, { username: person.account.username, action: 'name' }) }
    }
    const hint = /No passkey yet\?.*<a id="add-passkey" href="\/account\/passkeys"/
    const alone = await pageFor(['passkey'])
    assert.match(alone.asked.text, hint)
    assert.match(alone.named.text, hint)
    const other = await pageFor(['passkey', 'email-code'])
    assert.doesNotMatch(`${other.asked.text} ${other.named.text}`, /add-passkey/)
  })

  test('tells the application where none of them is left, and asks nobody in vain', async () => {
    const person = await plain()
    const organization = await organizationOf(person)
    const { policy } = peopleOf(own, client)
    await demand(organization, { methods: ['email-code'] })
    await policy({ methods: { 'email-code': false } })
    const { error } = parametersOf(await arrive({ browser: openBrowser(url) }, { organization: organization.id }))
    assert.equal(error, 'unmet_authentication_requirements')
    assert.equal((await arrive({ browser: openBrowser(url) }, { scope: 'openid' })).name, 'sign-in', 'the tenant lets people in as before')
    await policy({})
  })

  test('counts no second factor of another method', async () => {
    const person = await newPerson()
    const organization = await organizationOf(person)
    await demand(organization, { second_factor: 'required', methods: ['password', 'sms-code'] })
    const page = await byPassword(person, await arrive(person, { organization: organization.id }))
    assert.equal(parametersOf(page)['error'], 'unmet_authentication_requirements', page.text.slice(0, 300))
    await demand(organization, { second_factor: 'required', methods: ['password', 'totp'] })
    const got = await tokensFrom(await byCode(person, await arrive(person, { organization: organization.id })))
    await demand(organization, { second_factor: 'required', methods: ['password', 'recovery-code'] })
    await isDead(got)
  })

  test('does not believe a session of a release that did not write down the methods', async () => {
    const person = await newPerson()
    const organization = await organizationOf(person)
    await demand(organization, { second_factor: 'required', methods: ['password', 'totp'] })
    const got = await tokensFrom(await byCode(person, await byPassword(person, await arrive(person, { organization: organization.id }))))
    await sql.text('update sessions set methods = null where user_id = $1', [person.userId])
    assert.equal((await silently(person, { organization: organization.id }))['error'], 'interaction_required')
    await isAlive(got)
  })
})

describe('a person in two organizations', () => {
  test('T-09 meets the policy of each, and that of one opens nothing of the other', async () => {
    const person = await plain()
    const [lax, strict] = [await organizationOf(person), await organizationOf(person)]
    await demand(strict, { second_factor: 'required' })
    const got = await tokensFrom(await byPassword(person, await arrive(person, { organization: lax.id })))
    await isAlive(got)
    assert.equal((await silently(person, { organization: strict.id }))['error'], 'interaction_required')
    isRefused(
      await postAs(`${url}/oauth2/token`, client, {
        grant_type: 'refresh_token',
        refresh_token: got.refresh_token,
        scope: `openid organization:${strict.id}`,
      }),
      400,
      'invalid_scope',
    )
    await isAlive(got)
  })

  test('of which an application that registered itself is told no more', async () => {
    const person = await plain()
    const organization = await organizationOf(person)
    await demand(organization, { second_factor: 'required' })
    const registered = await registerClient(url, { scope })
    const page = await byPassword(
      person,
      await arrive(person, { organization: organization.id, code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' }, registered),
    )
    assert.notEqual(page.name, 'consent', 'nobody allows what the session is not enough for')
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

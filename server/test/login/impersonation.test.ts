import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { type Administrator, administrator, isProblem } from '../harness/admin.ts'
import { openBrowser, type Page } from '../harness/browser.ts'
import { bearer, form, request } from '../harness/http.ts'
import {
  authorizeUrl,
  claimsOf,
  newPerson,
  parametersOf,
  passPages,
  postAs,
  redeem,
  type TestClient,
  type Tokens,
} from '../harness/oauth.ts'
import { eventsOf, ownAccount } from '../harness/own-account.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const admin = await administrator(own, 'administrator')
const other = await administrator(own, 'administrator')
const support = await administrator(own, 'support')
const owner = await administrator(own, 'owner')
const firstParty = await operatorClient(own, { metadata: { scope: 'openid profile email account admin offline_access' } })
const foreign = await operatorClient(own, { isFirstParty: false })
const reason = 'Ticket 4711: the order page stays empty'

type Ticket = { id: string; ticket: string; action: string; expires_in: number }

const someone = async (...roles: readonly string[]) => {
  const person = await newPerson(url)
  const [row] = await sql.text<{ id: string; tenant_id: string }>('select user_id as id, tenant_id from identifiers where written = $1', [
    person.account.username,
  ])
  for (const role of roles)
    await sql.text('insert into role_assignments (tenant_id, user_id, role) values ($1, $2, $3)', [row?.tenant_id, row?.id, role])
  return { person, id: row?.id ?? '' }
}
const ask = (api: Administrator, id: string, body: object = { reason }) => api.post(`users/${id}/impersonation`, body)
const ticketFor = async (api: Administrator, id: string): Promise<Ticket> => {
  const answer = await ask(api, id)
  assert.equal(answer.status, 201, answer.text)
  return answer.json as Ticket
}
const bring = ({ action, ticket }: Pick<Ticket, 'action' | 'ticket'>, browser = openBrowser(url), headers: Record<string, string> = {}) => {
  const sent = form({ ticket })
  return browser.send(action, { ...sent, headers: { ...sent.headers, origin: url, 'sec-fetch-site': 'same-origin', ...headers } })
}
/** A browser in which the administrator acts as the person. */
const acting = async (api: Administrator, id: string) => {
  const browser = openBrowser(url)
  const ticket = await ticketFor(api, id)
  const answer = await bring(ticket, browser)
  assert.equal(answer.status, 303, answer.text)
  return { browser, ...ticket }
}
const asks = async (browser: ReturnType<typeof openBrowser>, client: TestClient, parameters: Record<string, string>): Promise<Page> =>
  browser.follow(authorizeUrl(url, client, parameters))
const tokensIn = async (
  browser: ReturnType<typeof openBrowser>,
  client: TestClient,
  parameters: Record<string, string>,
): Promise<Tokens> => {
  const { code } = parametersOf(await asks(browser, client, parameters))
  assert.ok(code)
  return (await redeem(url, client, { code })).json as Tokens
}
const ends = async (api: Administrator, id: string) => assert.equal((await api.remove(`impersonations/${id}`)).status, 204)

describe('whoever acts as somebody', () => {
  test('gets tokens that say so in each of them, and events name who did it and why', async () => {
    const { person, id } = await someone()
    const { browser, id: impersonation } = await acting(admin, id)
    const tokens = await tokensIn(browser, firstParty, { scope: 'openid account offline_access' })
    for (const token of [tokens.access_token, tokens.id_token]) {
      assert.equal(claimsOf(token)['sub'], id)
      assert.deepEqual(claimsOf(token)['act'], { sub: admin.userId })
    }
    assert.deepEqual([claimsOf(tokens.access_token)['auth_time'], claimsOf(tokens.access_token)['acr']], [undefined, undefined])
    assert.ok(!tokens.scope.split(' ').includes('offline_access'), 'nothing outlives the session')
    const introspected = (await postAs(`${url}/oauth2/introspect`, firstParty, { token: tokens.access_token })).json as { act: object }
    assert.deepEqual(introspected.act, { sub: admin.userId })
    const events = await sql.text<{ type: string; actor: string; payload: { reason?: string } }>(
      `select type, actor, payload from events where user_id = $1 and (type like 'impersonation.%' or type = 'authorization.granted') order by at, id`,
      [id],
    )
    assert.deepEqual(
      events.map(({ type }) => type),
      ['impersonation.asked', 'impersonation.begun', 'authorization.granted'],
    )
    for (const { actor } of events) assert.equal(actor, `user ${admin.userId}`)
    assert.equal(events[0]?.payload.reason, reason)
    const me = (await ownAccount(url, tokens.access_token).me()) as unknown as { acting: { by: string; until: string } }
    assert.equal(me.acting.by, admin.username)
    assert.ok(Date.parse(me.acting.until) - Date.now() < 15 * 60_000 + 5000)
    assert.equal((await accountApi(url).token(person.account)).status, 200, 'the person goes on signing in')
    await ends(admin, impersonation)
  })

  test('O-07 changes nothing that guards the account', async () => {
    const { id } = await someone()
    const { browser, id: impersonation } = await acting(admin, id)
    const account = ownAccount(url, (await tokensIn(browser, firstParty, { scope: 'openid account' })).access_token)
    assert.equal((await account.me()).reauthenticated, false)
    for (const refused of [
      await account.put('password', { new_password: 'a password of somebody else' }),
      await account.post('email', { email: 'other@example.com' }),
      await account.post('totp'),
      await account.post('deletion'),
      await account.get('export'),
    ])
      assert.equal(refused.status, 403, refused.text)
    const changed = await account.patch('profile', { attributes: { given_name: 'Alex' } })
    assert.equal(changed.status, 200, changed.text)
    const [event] = await sql.text<{ actor: string }>(`select actor from events where user_id = $1 and type = 'user.updated'`, [id])
    assert.equal(event?.actor, `user ${admin.userId}`)
    await ends(admin, impersonation)
  })

  test('S-10 S-02 administers nothing in the name of the person, allows no application anything, and lifts nothing', async () => {
    const { id } = await someone('auditor')
    const { browser, id: impersonation } = await acting(owner, id)
    const errorIn = async (client: TestClient, parameters: Record<string, string>) =>
      parametersOf(await asks(browser, client, parameters))['error']
    assert.equal(await errorIn(firstParty, { scope: 'openid admin', prompt: 'none' }), 'login_required')
    assert.equal(await errorIn(foreign, { scope: 'openid' }), 'access_denied')
    assert.equal(await errorIn(firstParty, { scope: 'openid', prompt: 'consent' }), 'access_denied')
    const claims = JSON.stringify({ id_token: { acr: { essential: true, value: 'aal2' } } })
    assert.equal(await errorIn(firstParty, { scope: 'openid', claims }), 'access_denied')
    await ends(owner, impersonation)
  })

  test('is out at once when it is ended, refresh tokens included', async () => {
    const { id } = await someone()
    const { browser, id: impersonation } = await acting(admin, id)
    const tokens = await tokensIn(browser, firstParty, { scope: 'openid account' })
    await ends(other, impersonation)
    assert.equal((await request(`${url}/account/v1/me`, { headers: bearer(tokens.access_token) })).status, 401)
    const refreshed = await postAs(`${url}/oauth2/token`, firstParty, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
    assert.equal(refreshed.status, 400)
    assert.equal(parametersOf(await asks(browser, firstParty, { scope: 'openid', prompt: 'none' }))['error'], 'login_required')
    isProblem(await admin.remove(`impersonations/${impersonation}`), 404, 'not-found')
    assert.equal((await eventsOf(own, { userId: id })).filter((type) => type === 'impersonation.ended').length, 1)
  })

  test('the session ends by itself, and a sign-in of the person in the same browser is one of their own', async () => {
    const { person, id } = await someone()
    const { browser } = await acting(admin, id)
    const [before] = await sql.text<{ id: string; seconds: number }>(
      `select id, extract(epoch from expires_at - now())::int as seconds from sessions where user_id = $1 and impersonator_id is not null`,
      [id],
    )
    assert.ok(before !== undefined && before.seconds > 800 && before.seconds <= 900)
    const page = await browser.follow(authorizeUrl(url, firstParty, { prompt: 'login' }))
    const { code } = parametersOf(await passPages(browser, page, person.account))
    const tokens = (await redeem(url, firstParty, { code: code ?? '' })).json as Tokens
    assert.equal(claimsOf(tokens.id_token)['act'], undefined)
    assert.notEqual(claimsOf(tokens.id_token)['sid'], before.id)
    await sql.text(`update sessions set expires_at = now() where id = $1`, [before.id])
    const again = await ticketFor(admin, id)
    await ends(admin, again.id)
  })
})

describe('refuses to act', () => {
  test('without the permission, without a fresh sign-in, by a token, and without a reason', async () => {
    const { id } = await someone()
    const asking = await administrator(own, 'administrator')
    isProblem(await ask(support, id), 403, 'missing-permission')
    for (const body of [{}, { reason: 'short' }, { reason: ' '.repeat(20) }, { reason, minutes: 61 }, { reason, minutes: 0 }])
      isProblem(await ask(asking, id, body), 422, 'invalid-request')
    const made = await owner.post('tokens', { name: 'script', permissions: ['users:impersonate'], expires_in_days: 1 })
    assert.equal(made.status, 201, made.text)
    const byToken = await request(`${url}/admin/v1/users/${id}/impersonation`, {
      method: 'POST',
      headers: { ...bearer((made.json as { token: string }).token), 'content-type': 'application/json' },
      body: JSON.stringify({ reason }),
    })
    isProblem(byToken, 403, 'person-needed')
  })

  test('as oneself, as whoever may do more, as nobody, as a disabled account, and as two people at a time', async () => {
    const asking = await administrator(own, 'administrator')
    isProblem(await ask(asking, asking.userId), 409, 'own-account')
    isProblem(await ask(asking, owner.userId), 403, 'more-than-held')
    isProblem(await ask(asking, '019a0000-0000-7000-8000-000000000000'), 404, 'not-found')
    const [first, second, shut] = [await someone(), await someone(), await someone()]
    await sql.text(`update users set status = 'disabled' where id = $1`, [shut.id])
    isProblem(await ask(asking, shut.id), 404, 'not-found')
    const both = await Promise.all([first, second].map(({ id }) => ask(asking, id)))
    assert.deepEqual(both.map(({ status }) => status).sort(), [201, 409])
    const made = both.find(({ status }) => status === 201)?.json as Ticket
    await ends(asking, made.id)
  })

  test('with a ticket that is foreign, spent, voided or expired, or sent by another site', async () => {
    const { id } = await someone()
    const asking = await administrator(own, 'administrator')
    const ticket = await ticketFor(asking, id)
    assert.equal((await bring(ticket, openBrowser(url), { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' })).status, 403)
    assert.equal((await bring({ ...ticket, ticket: `${ticket.ticket.slice(0, -2)}AA` })).status, 403)
    assert.equal((await bring({ ...ticket, ticket: '' })).status, 403)
    const tries = await Promise.all(Array.from({ length: 8 }, () => bring(ticket)))
    assert.deepEqual(tries.map(({ status }) => status).sort(), [303, ...Array(7).fill(403)])
    await ends(asking, ticket.id)
    const voided = await ticketFor(asking, id)
    await ends(asking, voided.id)
    assert.equal((await bring(voided)).status, 403)
    const late = await ticketFor(asking, id)
    await sql.text(`update impersonations set ticket_expires_at = now() where id = $1`, [late.id])
    assert.equal((await bring(late)).status, 403)
    const orphan = await ticketFor(asking, id)
    await sql.text(`update users set status = 'disabled' where id = $1`, [id])
    assert.equal((await bring(orphan)).status, 403, 'the account was shut meanwhile')
  })
})

test('the list tells who acted as whom and why, to those alone who may', async () => {
  const { impersonations } = (await admin.get('impersonations')).json as {
    impersonations: { actor_id: string; reason: string; state: string }[]
  }
  assert.ok(impersonations.length >= 5)
  for (const one of impersonations) assert.equal(one.reason, reason)
  isProblem(await support.get('impersonations'), 403, 'missing-permission')
})

test('nothing of this was a failure of the server, and no ticket is in its log', () => {
  assert.deepEqual(failuresIn(own), [])
  assert.doesNotMatch(own.logs(), /cip_it_/)
})

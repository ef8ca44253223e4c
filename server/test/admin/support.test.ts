import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { totpCode } from '../../src/credentials/totp/totp-code.ts'
import { newId } from '../../src/platform/ids.ts'
import { calmStep, secretOf } from '../credentials/authenticator-app.ts'
import { softwareAuthenticator } from '../credentials/software-authenticator.ts'
import { accountApi } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { bearer, request } from '../harness/http.ts'
import { messagesOf } from '../harness/messages.ts'
import { authorizeUrl, newPerson, parametersOf, registerClient, tokensFor } from '../harness/oauth.ts'
import { countOf, eventsOf, newOwner, type Owner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const owner = await administrator(own, 'owner')
const admin = await administrator(own, 'administrator')
const support = await administrator(own, 'support')
const auditor = await administrator(own, 'auditor')

type Session = { id: string; kind: string; ip: string; device: string }
type Credentials = {
  password: { set: boolean }
  totp: { enrolled: boolean }
  recovery_codes: { left: number }
  passkeys: { id: string }[]
  trusted_browsers: object[]
}
const sessionsOf = async (id: string) => ((await auditor.get(`users/${id}/sessions`)).json as { sessions: Session[] }).sessions
const credentialsOf = async (id: string) => (await auditor.get(`users/${id}/credentials`)).json as Credentials
const noticesOf = async ({ account }: Owner) =>
  (await messagesOf(own, account.email)).filter(({ template }) => template === 'factor-changed').map(({ words }) => words['what'])

const withApp = async (): Promise<Owner> => {
  const person = await newOwner(url)
  const { uri } = (await person.post('totp')).json as { uri: string }
  const confirmed = await person.post('totp/confirm', { code: totpCode(secretOf(uri), await calmStep(sql)) })
  assert.equal(confirmed.status, 200, confirmed.text)
  return person
}

const withPasskey = async (): Promise<Owner> => {
  const person = await newOwner(url)
  const begun = (await person.post('passkeys/options')).json as {
    options: { challenge: string; rp: { id: string }; user: { id: string } }
    token: string
  }
  const { challenge, rp, user } = begun.options
  const origin = url.replace('127.0.0.1', 'localhost')
  const credential = softwareAuthenticator().attest({ challenge, rpId: rp.id, userId: user.id }, { origin })
  assert.equal((await person.post('passkeys', { token: begun.token, credential })).status, 201)
  return person
}

describe('sessions of a person', () => {
  test('are seen by whoever may see accounts', async () => {
    const person = await newOwner(url)
    const [session, ...others] = await sessionsOf(person.userId)
    assert.deepEqual([others.length, session?.id, session?.kind, session?.ip], [0, person.sessionId, 'api', '127.0.0.1'])
  })

  test('I-02: one is ended by support: dead at the next request, with its event', async () => {
    const person = await newOwner(url)
    const second = await signInAgain(url, person.account)
    assert.equal((await support.remove(`users/${person.userId}/sessions/${second.sessionId}`)).status, 204)
    assert.deepEqual([(await second.get('me')).status, (await accountApi(url).refresh(second.refreshToken)).status], [401, 401])
    assert.equal((await person.get('me')).status, 200)
    isProblem(await support.remove(`users/${person.userId}/sessions/${second.sessionId}`), 404, 'not-found')
    const [event] = await sql.text<{ actor: string; payload: object }>(
      `select actor, payload from events where session_id = $1 and type = 'session.ended'`,
      [second.sessionId],
    )
    assert.deepEqual(event, { actor: `user ${support.userId}`, payload: { reason: 'ended-by-operator' } })
  })

  test('I-02: all are ended, the one of the browser with them', async () => {
    const client = await registerClient(url)
    const { account, browser } = await newPerson(url)
    const tokens = await tokensFor(url, client, { person: { account, browser } })
    const person = await signInAgain(url, account)
    assert.deepEqual((await support.remove(`users/${person.userId}/sessions`)).json, { ended: 2 })
    assert.equal((await person.get('me')).status, 401)
    assert.ok(parametersOf(await browser.follow(authorizeUrl(url, client, { prompt: 'none' })))['error'])
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401)
    assert.deepEqual((await support.remove(`users/${person.userId}/sessions`)).json, { ended: 0 })
    assert.equal(countOf(await eventsOf(own, person), 'session.ended'), 2)
  })

  test('S-02, T-01: of somebody who may do more, of others, or of nobody are not ended', async () => {
    const [one, other] = [await newOwner(url), await newOwner(url)]
    isProblem(await support.remove(`users/${owner.userId}/sessions`), 403, 'more-than-held')
    isProblem(await auditor.remove(`users/${one.userId}/sessions`), 403, 'missing-permission')
    isProblem(await support.remove(`users/${one.userId}/sessions/${other.sessionId}`), 404, 'not-found')
    for (const id of [newId(), 'x', '%00']) {
      isProblem(await support.get(`users/${id}/sessions`), 404, 'not-found')
      isProblem(await support.remove(`users/${id}/sessions`), 404, 'not-found')
      isProblem(await support.remove(`users/${one.userId}/sessions/${id}`), 404, 'not-found')
    }
    for (const person of [one, other]) assert.equal((await person.get('me')).status, 200)
  })
})

describe('what a person has lost', () => {
  test('an authenticator app: it is gone, the owner is told, the trust of browsers ends', async () => {
    const person = await withApp()
    assert.deepEqual(
      [(await credentialsOf(person.userId)).totp.enrolled, (await credentialsOf(person.userId)).recovery_codes.left],
      [true, 10],
    )
    assert.equal((await support.remove(`users/${person.userId}/credentials/totp`)).status, 204)
    assert.equal((await credentialsOf(person.userId)).totp.enrolled, false)
    await signInAgain(url, person.account)
    assert.equal(countOf(await eventsOf(own, person), 'totp.removed'), 1)
    assert.ok((await noticesOf(person)).includes('Authenticator app removed'))
    isProblem(await support.remove(`users/${person.userId}/credentials/totp`), 404, 'not-found')
    assert.equal((await noticesOf(person)).filter((what) => what === 'Authenticator app removed').length, 1)
  })

  test('recovery codes and a passkey, the last one too', async () => {
    const person = await withPasskey()
    const app = await withApp()
    assert.equal((await support.remove(`users/${app.userId}/credentials/recovery-codes`)).status, 204)
    isProblem(await support.remove(`users/${app.userId}/credentials/recovery-codes`), 404, 'not-found')
    assert.deepEqual(
      [(await credentialsOf(app.userId)).recovery_codes.left, countOf(await eventsOf(own, app), 'recovery_codes.removed')],
      [0, 1],
    )
    const id = (await credentialsOf(person.userId)).passkeys[0]?.id
    isProblem(await support.remove(`users/${app.userId}/credentials/passkeys/${id}`), 404, 'not-found')
    assert.equal((await support.remove(`users/${person.userId}/credentials/passkeys/${id}`)).status, 204)
    assert.deepEqual([(await credentialsOf(person.userId)).passkeys, countOf(await eventsOf(own, person), 'passkey.removed')], [[], 1])
    assert.ok((await noticesOf(person)).includes('Passkey removed'))
  })

  test('trusted browsers are asked for the second factor again', async () => {
    const person = await newOwner(url)
    await sql.text(
      `insert into devices (tenant_id, user_id, browser, trust_hash, trusted_until) select tenant_id, id, 'b'::bytea, 'h'::bytea, now() + interval '1 day'
       from users where id = $1`,
      [person.userId],
    )
    assert.equal((await credentialsOf(person.userId)).trusted_browsers.length, 1)
    assert.equal((await support.remove(`users/${person.userId}/credentials/trusted-browsers`)).status, 204)
    assert.equal((await credentialsOf(person.userId)).trusted_browsers.length, 0)
    isProblem(await support.remove(`users/${person.userId}/credentials/trusted-browsers`), 404, 'not-found')
    assert.equal(countOf(await eventsOf(own, person), 'devices.untrusted'), 1)
  })

  test('a password: nobody signs in by it, and every session ends', async () => {
    const person = await newOwner(url)
    assert.equal((await support.remove(`users/${person.userId}/credentials/password`)).status, 204)
    assert.equal((await accountApi(url).token(person.account)).status, 401)
    assert.equal((await accountApi(url).refresh(person.refreshToken)).status, 401)
    assert.equal((await credentialsOf(person.userId)).password.set, false)
    const types = await eventsOf(own, person)
    assert.deepEqual([countOf(types, 'password.removed'), countOf(types, 'session.ended')], [1, 1])
    assert.deepEqual(await noticesOf(person), ['Password removed'])
    isProblem(await support.remove(`users/${person.userId}/credentials/password`), 404, 'not-found')
  })

  test('S-02: is not taken from somebody who may do more, and not without a fresh sign-in', async () => {
    for (const what of ['totp', 'recovery-codes', `passkeys/${newId()}`, 'trusted-browsers', 'password']) {
      isProblem(await support.remove(`users/${owner.userId}/credentials/${what}`), 403, 'more-than-held')
      isProblem(await auditor.remove(`users/${owner.userId}/credentials/${what}`), 403, 'missing-permission')
      isProblem(await support.remove(`users/${newId()}/credentials/${what}`), 404, 'not-found')
    }
    const person = await newOwner(url)
    const tired = await administrator(own, 'support')
    await sql.text(`update sessions set auth_time = now() - interval '1 hour', created_at = now() - interval '1 hour' where user_id = $1`, [
      tired.userId,
    ])
    isProblem(await tired.remove(`users/${person.userId}/credentials/password`), 403, 'insufficient-authentication')
    assert.equal((await credentialsOf(person.userId)).password.set, true)
  })

  test('is shown without a secret', async () => {
    const person = await withApp()
    const { text } = await auditor.get(`users/${person.userId}/credentials`)
    assert.doesNotMatch(text, /argon2|secret|hash|public_key|seed/i)
  })
})

describe('applications that a person has let in', () => {
  test('are listed and taken away, with their tokens', async () => {
    const client = await registerClient(url, { client_name: 'A calendar' })
    const { account, browser } = await newPerson(url)
    const tokens = await tokensFor(url, client, { person: { account, browser } })
    const { userId } = await signInAgain(url, account)
    const { grants } = (await auditor.get(`users/${userId}/grants`)).json as { grants: { client_id: string; name: string }[] }
    assert.deepEqual(
      grants.map(({ client_id, name }) => [client_id, name]),
      [[client.id, 'A calendar']],
    )
    isProblem(await auditor.remove(`users/${userId}/grants/${client.id}`), 403, 'missing-permission')
    assert.equal((await support.remove(`users/${userId}/grants/${client.id}`)).status, 204)
    isProblem(await support.remove(`users/${userId}/grants/${client.id}`), 404, 'not-found')
    assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401)
    assert.deepEqual((await auditor.get(`users/${userId}/grants`)).json, { grants: [] })
    const [event] = await sql.text<{ actor: string }>(`select actor from events where type = 'consent.revoked' and user_id = $1`, [userId])
    assert.equal(event?.actor, `user ${support.userId}`)
  })

  test('S-02, T-01: are not those of somebody who may do more, or of nobody', async () => {
    isProblem(await support.remove(`users/${owner.userId}/grants/x`), 403, 'more-than-held')
    isProblem(await support.remove(`users/${newId()}/grants/x`), 404, 'not-found')
    isProblem(await support.get(`users/${newId()}/grants`), 404, 'not-found')
  })
})

describe('many accounts at once', () => {
  type Outcome = { id: string; outcome: string; code?: string }
  const bulk = async (action: string, ids: readonly string[], api = admin): Promise<Outcome[]> => {
    const answer = await api.post('users/bulk', { action, ids })
    assert.equal(answer.status, 200, answer.text)
    return (answer.json as { outcomes: Outcome[] }).outcomes
  }

  test('each has an outcome and events of its own; what is refused holds up no other', async () => {
    const people = [await newOwner(url), await newOwner(url)]
    const [one = '', two = ''] = people.map(({ userId }) => userId)
    const nobody = newId()
    const outcomes = await bulk('disable', [one, owner.userId, nobody, two])
    assert.deepEqual(
      outcomes.map(({ id, outcome, code }) => [id, outcome, code]),
      [
        [one, 'done', undefined],
        [owner.userId, 'refused', 'more-than-held'],
        [nobody, 'not-found', undefined],
        [two, 'done', undefined],
      ],
    )
    for (const person of people) {
      assert.equal((await accountApi(url).token(person.account)).status, 401)
      assert.equal(countOf(await eventsOf(own, person), 'user.disabled'), 1)
    }
    assert.deepEqual(
      (await bulk('disable', [one])).map(({ outcome }) => outcome),
      ['unchanged'],
    )
    assert.deepEqual(
      (await bulk('enable', [one, two])).map(({ outcome }) => outcome),
      ['done', 'done'],
    )
    const again = await signInAgain(url, people[0]?.account ?? { username: '', email: '', password: '' })
    assert.deepEqual(
      (await bulk('end-sessions', [one, two])).map(({ outcome }) => outcome),
      ['done', 'unchanged'],
    )
    assert.equal((await again.get('me')).status, 401)
    assert.deepEqual(
      (await bulk('delete', [one, two])).map(({ outcome }) => outcome),
      ['done', 'done'],
    )
    isProblem(await admin.get(`users/${one}`), 404, 'not-found')
  })

  test('S-02: nobody deletes so who may not delete one, and lists have bounds', async () => {
    await owner.post('roles', { id: 'writers', name: 'Writers', permissions: ['users:read', 'users:write'] })
    const writer = await administrator(own, 'writers')
    const person = await newOwner(url)
    isProblem(await writer.post('users/bulk', { action: 'delete', ids: [person.userId] }), 403, 'missing-permission')
    isProblem(await support.post('users/bulk', { action: 'disable', ids: [person.userId] }), 403, 'missing-permission')
    const ids = Array.from({ length: 101 }, () => newId())
    for (const wrong of [{ ids }, { ids: [] }, { ids: ['x'] }, { ids: [ids[0], ids[0]] }, { action: 'promote' }, { role: 'owner' }])
      isProblem(await admin.post('users/bulk', { action: 'disable', ids: [person.userId], ...wrong }), 422, 'invalid-request')
    assert.equal((await person.get('me')).status, 200)
  })
})

test('no request of this file made the server fail', () => {
  assert.deepEqual(failuresIn(own), [])
})

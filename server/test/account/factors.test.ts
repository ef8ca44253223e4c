import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { totpCode } from '../../src/credentials/totp/totp-code.ts'
import { calmStep, secretOf } from '../credentials/authenticator-app.ts'
import { softwareAuthenticator } from '../credentials/software-authenticator.ts'
import { accountApi } from '../harness/account-api.ts'
import { messagesOf } from '../harness/messages.ts'
import { countOf, eventsOf, isRefusal, newOwner, type Owner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const origin = url.replace('127.0.0.1', 'localhost')

const codeOf = async (uri: string, offset = 0): Promise<string> => totpCode(secretOf(uri), (await calmStep(own.sql)) + offset)
const rewind = (owner: Owner) => own.sql.text('update totp_factors set last_step = 0 where user_id = $1', [owner.userId])

/** A person with an authenticator app, in the session that set it up and in one that signed in with it. */
const withApp = async () => {
  const first = await newOwner(url)
  const { uri } = (await first.post('totp')).json as { uri: string }
  const confirmed = await first.post('totp/confirm', { code: await codeOf(uri) })
  assert.equal(confirmed.status, 200, confirmed.text)
  await rewind(first)
  const strong = await signInAgain(url, first.account, await codeOf(uri))
  return { weak: first, strong, uri, recoveryCodes: (confirmed.json as { recovery_codes: string[] }).recovery_codes }
}

const notices = async ({ account }: Owner): Promise<readonly (string | undefined)[]> =>
  (await messagesOf(own, account.email)).filter(({ template }) => template === 'factor-changed').map(({ words }) => words['what'])

type Options = { options: { challenge: string; rp: { id: string }; user: { id: string } }; token: string }
type Added = { id: string; name: string; backed_up: boolean; last_used_at: string | null }

const begin = async (owner: Owner): Promise<Options> => {
  const answer = await owner.post('passkeys/options')
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Options
}

const credentialFor = ({ options }: Options, device = softwareAuthenticator()): unknown =>
  device.attest({ challenge: options.challenge, rpId: options.rp.id, userId: options.user.id }, { origin })

/** Adding a passkey in a session that stays strong enough to add another. */
const addPasskey = async (owner: Owner, name?: string): Promise<Added> => {
  const begun = await begin(owner)
  const answer = await owner.post('passkeys', {
    token: begun.token,
    credential: credentialFor(begun),
    ...(name === undefined ? {} : { name }),
  })
  assert.equal(answer.status, 201, answer.text)
  await own.sql.text(`update sessions set amr = '{pop,user,mfa}' where id = $1`, [owner.sessionId])
  return answer.json as Added
}

describe('what the account is signed in to with', () => {
  test('is told without a secret', async () => {
    const ann = await newOwner(url)
    const { password, ...rest } = (await ann.get('factors')).json as Record<string, unknown>
    assert.equal((password as { set: boolean }).set, true)
    assert.deepEqual(rest, {
      totp: { enrolled: false, confirmed_at: null },
      recovery_codes: { left: 0 },
      passkeys: [],
      email_code: false,
      sms_code: false,
    })
  })
})

describe('an authenticator app', () => {
  test('is set up by its first code, which brings recovery codes, is asked for from then on, and goes', async () => {
    const { weak, strong, recoveryCodes } = await withApp()
    assert.equal(recoveryCodes.length, 10)
    const factors = (await strong.get('factors')).json as { totp: { enrolled: boolean }; recovery_codes: { left: number } }
    assert.deepEqual([factors.totp.enrolled, factors.recovery_codes.left], [true, 10])
    assert.equal((await accountApi(url).token(weak.account)).status, 401)
    isRefusal(await strong.post('totp'), 409)
    isRefusal(await strong.post('totp/confirm', { code: '123456' }), 409)
    assert.equal((await strong.remove('totp')).status, 204)
    isRefusal(await strong.remove('totp'), 404)
    assert.equal((await accountApi(url).token(weak.account)).status, 200)
    const events = await eventsOf(own, weak)
    for (const type of ['totp.enrolled', 'totp.removed', 'recovery_codes.made']) assert.equal(countOf(events, type), 1, type)
    assert.deepEqual(await notices(weak), ['Authenticator app', 'Authenticator app removed'])
  })

  test('O-01 with a password alone nothing of it is replaced, removed or added to once it stands', async () => {
    const { weak } = await withApp()
    for (const [method, path, body] of [
      ['DELETE', 'totp', undefined],
      ['POST', 'totp', undefined],
      ['POST', 'recovery-codes', undefined],
      ['POST', 'passkeys/options', undefined],
      ['POST', 'email', { email: 'eve@example.com' }],
      ['POST', 'phone', { phone: '+4915111111111' }],
      ['PUT', 'password', { new_password: 'a wholly new sentence', current_password: weak.account.password }],
      ['POST', 'deletion', undefined],
      ['GET', 'export', undefined],
    ] as const) {
      const answer = await weak.call(method, path, body)
      assert.deepEqual([answer.status, answer.json], [403, { detail: 'Sign in again to do this', max_age: 600, acr_values: 'aal2' }], path)
      const asked = 'Bearer error="insufficient_user_authentication", max_age="600", acr_values="aal2"'
      assert.equal(answer.headers['www-authenticate'], asked)
    }
    assert.deepEqual([(await weak.me()).reauthenticated, (await weak.me()).second_factor], [false, true])
  })

  test('is not confirmed by a wrong code, by the code of another person, or twice at once', async () => {
    const [ann, eve] = [await newOwner(url), await newOwner(url)]
    isRefusal(await ann.post('totp/confirm', { code: '123456' }), 409)
    const { uri, key, qr } = (await ann.post('totp')).json as { uri: string; key: string; qr: { path: string; size: number } }
    assert.ok(key.length > 20 && qr.size > 20 && qr.path.startsWith('M'))
    const other = (await eve.post('totp')).json as { uri: string }
    isRefusal(await ann.post('totp/confirm', { code: await codeOf(other.uri) }), 400, 'This code is not right')
    isRefusal(await ann.post('totp/confirm', { code: 'letters' }), 400)
    const code = await codeOf(uri)
    const answers = await Promise.all([1, 2, 3, 4].map(() => ann.post('totp/confirm', { code })))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const { status } of answers) assert.ok([200, 403, 409].includes(status), String(status))
    assert.deepEqual([countOf(await eventsOf(own, ann), 'totp.enrolled'), await notices(ann)], [1, ['Authenticator app']])
    assert.equal(((await ann.get('factors')).json as { recovery_codes: { left: number } }).recovery_codes.left, 10)
  })

  test('an enrolment that nobody confirmed guards nothing, and its removal is told to nobody', async () => {
    const ann = await newOwner(url)
    await ann.post('totp')
    assert.equal((await ann.me()).second_factor, false)
    assert.equal((await ann.remove('totp')).status, 204)
    assert.deepEqual([countOf(await eventsOf(own, ann), 'totp.removed'), await notices(ann)], [0, []])
  })
})

describe('recovery codes', () => {
  test('are made anew, and the ones before end', async () => {
    const { strong, recoveryCodes } = await withApp()
    const answer = await strong.post('recovery-codes')
    assert.equal(answer.status, 201)
    const { codes } = answer.json as { codes: string[] }
    assert.equal(new Set([...codes, ...recoveryCodes]).size, 20)
    const { account } = strong
    await assert.rejects(signInAgain(url, account, recoveryCodes[0]))
    await signInAgain(url, account, codes[0])
    assert.equal(countOf(await eventsOf(own, strong), 'recovery_codes.made'), 2)
    assert.equal((await notices(strong)).at(-1), 'Recovery codes')
  })
})

describe('passkeys', () => {
  test('are added, listed, renamed, signalled to the authenticator, and removed', async () => {
    const ann = await newOwner(url)
    const added = await addPasskey(ann, 'Laptop')
    assert.deepEqual([added.name, added.backed_up, added.last_used_at], ['Laptop', true, null])
    const renamed = await ann.patch(`passkeys/${added.id}`, { name: ' Desk ' })
    assert.deepEqual([renamed.status, (renamed.json as Added).name], [200, 'Desk'])
    for (const name of ['', '  ', 'a\nb', 'x'.repeat(65), 5]) isRefusal(await ann.patch(`passkeys/${added.id}`, { name }), 422)
    const signal = (await ann.get('passkeys/signal')).json as Record<string, unknown>
    assert.equal(signal['rpId'], 'localhost')
    assert.equal((signal['allAcceptedCredentialIds'] as string[]).length, 1)
    assert.equal((await ann.remove(`passkeys/${added.id}`)).status, 204)
    assert.deepEqual(((await ann.get('factors')).json as { passkeys: unknown[] }).passkeys, [])
    const events = await eventsOf(own, ann)
    for (const type of ['passkey.added', 'passkey.renamed', 'passkey.removed']) assert.equal(countOf(events, type), 1, type)
    assert.deepEqual(await notices(ann), ['Passkey', 'Passkey removed'])
  })

  test('P-01 an answer counts once, in the session that asked for it', async () => {
    const ann = await newOwner(url)
    const second = await signInAgain(url, ann.account)
    const begun = await begin(ann)
    const credential = credentialFor(begun)
    isRefusal(await second.post('passkeys', { token: begun.token, credential }), 400)
    const eve = await newOwner(url)
    isRefusal(await eve.post('passkeys', { token: begun.token, credential }), 400)
    const answers = await Promise.all([1, 2, 3].map(() => ann.post('passkeys', { token: begun.token, credential })))
    assert.equal(answers.filter(({ status }) => status === 201).length, 1)
    assert.equal(countOf(await eventsOf(own, ann), 'passkey.added'), 1)
  })

  test('are refused where answer, token or name are none', async () => {
    const ann = await newOwner(url)
    const begun = await begin(ann)
    const credential = credentialFor(begun)
    isRefusal(await ann.post('passkeys', { token: 'x', credential }), 400)
    isRefusal(await ann.post('passkeys', { token: begun.token, credential: {} }), 400)
    isRefusal(await ann.post('passkeys', { token: begun.token, credential: 'x' }), 422)
    isRefusal(await ann.post('passkeys', { token: begun.token, credential, name: '\u0007' }), 422)
    isRefusal(await ann.post('passkeys', { token: begun.token, credential, userId: 'x' }), 422)
    assert.equal(countOf(await eventsOf(own, ann), 'passkey.added'), 0)
  })

  test('P-06 of another person are neither renamed nor removed', async () => {
    const [ann, eve] = [await newOwner(url), await newOwner(url)]
    const { id } = await addPasskey(ann)
    for (const path of [`passkeys/${id}`, 'passkeys/x', `passkeys/${ann.userId}`]) {
      isRefusal(await eve.patch(path, { name: 'Mine' }), 404)
      isRefusal(await eve.remove(path), 404)
    }
    assert.equal(((await ann.get('factors')).json as { passkeys: unknown[] }).passkeys.length, 1)
  })

  test('P-06 of two that are removed at once, one stays where there is no other way in', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ann = await newOwner(url)
      const ids = [(await addPasskey(ann)).id, (await addPasskey(ann)).id]
      await own.sql.text('delete from passwords where user_id = $1', [ann.userId])
      const answers = await Promise.all(ids.map((id) => ann.remove(`passkeys/${id}`)))
      assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 409])
      const [left] = ((await ann.get('factors')).json as { passkeys: Added[] }).passkeys
      isRefusal(await ann.remove(`passkeys/${left?.id}`), 409, 'This is the last way to sign in. Add another one first')
      assert.equal(countOf(await eventsOf(own, ann), 'passkey.removed'), 1)
      assert.equal((await notices(ann)).filter((what) => what === 'Passkey removed').length, 1)
    }
  })

  test('P-06 the last one goes where a code can be mailed to a proved address', async () => {
    const ann = await newOwner(url)
    const { id } = await addPasskey(ann)
    await own.sql.text('delete from passwords where user_id = $1', [ann.userId])
    await own.sql.text(`update identifiers set verified_at = now() where user_id = $1 and kind = 'email'`, [ann.userId])
    assert.equal((await ann.remove(`passkeys/${id}`)).status, 204)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Page } from '../harness/browser.ts'
import type { Answer } from '../harness/http.ts'
import { authorizeUrl, claimsOf, newPerson, parametersOf, passPages, postAs, redeem, type Tokens } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own, { metadata: { scope: 'openid profile account admin offline_access' } })
const scope = 'openid admin offline_access'
const [idle, absolute] = [15 * 60, 12 * 3600]

const tokensOf = async (page: Page): Promise<Tokens> => {
  const { code = '' } = parametersOf(page)
  assert.ok(code, `no code: ${page.url} ${page.text.slice(0, 300)}`)
  const answer = await redeem(url, client, { code })
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Tokens
}
/** Somebody who signed in a moment ago to administer. */
const signedIn = async (asked = scope) => {
  const person = await newPerson(url)
  const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(url, client, { scope: asked })), person.account)
  const tokens = await tokensOf(page)
  const { sid } = claimsOf(tokens.access_token) as { sid: string }
  return { ...person, tokens, sid }
}
type Somebody = Awaited<ReturnType<typeof signedIn>>

const refresh = ({ tokens }: Somebody): Promise<Answer> =>
  postAs(`${url}/oauth2/token`, client, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
const again = ({ browser }: Somebody, parameters: Record<string, string> = {}): Promise<Page> =>
  browser.follow(authorizeUrl(url, client, { scope, ...parameters }))

/** As if the sign-in, or the last use of the admin API, had been so many seconds earlier. */
const age = async ({ sid }: Somebody, { signIn = 0, use = 0 }: { signIn?: number; use?: number }): Promise<void> => {
  await sql.text('update sessions set auth_time = auth_time - make_interval(secs => $2) where id = $1', [sid, signIn])
  await sql.text(
    `update oauth_grants set auth_time = auth_time - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2),
       created_at = created_at - make_interval(secs => $3), rotated_at = rotated_at - make_interval(secs => $3), idle_expires_at = idle_expires_at - make_interval(secs => $3)
     where session_id = $1`,
    [sid, signIn, use],
  )
}
type Life = { idle: number; whole: number }
const lifeOf = async ({ sid }: Somebody): Promise<Life> => {
  const [row] = await sql.text<Life>(
    `select extract(epoch from idle_expires_at - rotated_at)::int as idle, extract(epoch from expires_at - auth_time)::int as whole
     from oauth_grants where session_id = $1`,
    [sid],
  )
  assert.ok(row)
  return row
}
const isRefused = async (answer: Answer): Promise<void> => {
  assert.deepEqual([answer.status, (answer.json as { error: string }).error], [400, 'invalid_grant'], answer.text)
}

describe('I-04 an application that administers for a person', () => {
  test('holds tokens for a third of the time without use, and a grant for that time and until the sign-in is too old', async () => {
    const ann = await signedIn()
    assert.equal(ann.tokens.expires_in, idle / 3)
    assert.deepEqual(await lifeOf(ann), { idle, whole: absolute })
    assert.equal((await refresh(ann)).status, 200)
    assert.deepEqual(await lifeOf(ann), { idle, whole: absolute })
  })

  test('other applications are not bound by it', async () => {
    const bob = await signedIn('openid account offline_access')
    assert.equal(bob.tokens.expires_in, 900)
    const { idle: idleOfOthers, whole } = await lifeOf(bob)
    assert.ok(idleOfOthers > absolute && whole > absolute)
    await age(bob, { signIn: absolute + 1, use: idle + 1 })
    assert.equal((await refresh(bob)).status, 200)
    assert.ok(parametersOf(await again(bob, { scope: 'openid account offline_access' }))['code'])
  })

  test('gets nothing more after the time without use, and asks for another sign-in', async () => {
    const ann = await signedIn()
    await age(ann, { signIn: idle + 1, use: idle - 5 })
    assert.ok(parametersOf(await again(ann, { prompt: 'none' }))['code'], 'it was used a moment ago')
    const eve = await signedIn()
    await age(eve, { signIn: idle + 1, use: idle + 1 })
    await isRefused(await refresh(eve))
    assert.equal(parametersOf(await again(eve, { prompt: 'none' }))['error'], 'login_required')
    const page = await again(eve)
    assert.equal(page.name, 'sign-in')
    assert.equal((await tokensOf(await passPages(eve.browser, page, eve.account))).expires_in, idle / 3)
    assert.ok(parametersOf(await again(eve, { prompt: 'none' }))['code'])
  })

  test('gets nothing more when the sign-in is too old, however busy it was', async () => {
    const ann = await signedIn()
    await age(ann, { signIn: absolute - 60 })
    const last = await refresh(ann)
    assert.equal(last.status, 200, last.text)
    const { expires_in: left } = last.json as Tokens
    assert.ok(left > 0 && left <= 60, String(left))
    await age(ann, { signIn: 120 })
    await isRefused(await refresh({ ...ann, tokens: last.json as Tokens }))
    assert.equal(parametersOf(await again(ann, { prompt: 'none' }))['error'], 'login_required')
    assert.equal((await again(ann)).name, 'sign-in')
    assert.ok(
      parametersOf(await again(ann, { scope: 'openid account offline_access', prompt: 'none' }))['code'],
      'the session itself goes on',
    )
  })

  test('whoever never administered in a session that is older than that signs in once more', async () => {
    const bob = await signedIn('openid account offline_access')
    assert.ok(parametersOf(await again(bob, { prompt: 'none' }))['code'], 'a sign-in of a moment ago is enough')
    const carol = await signedIn('openid account offline_access')
    await age(carol, { signIn: idle + 1 })
    assert.equal((await again(carol)).name, 'sign-in')
  })
})

test('the settings say how long', async () => {
  const short = await startProvider({ CIP_ADMIN_SESSION_TTL: '1h', CIP_ADMIN_IDLE_TTL: '2m' })
  const app = await operatorClient(short, { metadata: { scope } })
  const person = await newPerson(short.url)
  const page = await passPages(person.browser, await person.browser.follow(authorizeUrl(short.url, app, { scope })), person.account)
  const answer = await redeem(short.url, app, { code: parametersOf(page)['code'] ?? '' })
  assert.equal((answer.json as Tokens).expires_in, 60)
  const [row] = await short.sql.text<Life>(
    'select extract(epoch from idle_expires_at - rotated_at)::int as idle, extract(epoch from expires_at - auth_time)::int as whole from oauth_grants',
  )
  assert.deepEqual(row, { idle: 120, whole: 3600 })
  assert.deepEqual(failuresIn(short), [])
})

test('nothing of this was a failure of the server', () => {
  assert.deepEqual(failuresIn(own), [])
})

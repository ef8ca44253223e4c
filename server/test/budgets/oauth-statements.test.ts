import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { costsOf } from '../harness/cost.ts'
import { startTestDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { bearer, request } from '../harness/http.ts'
import { authorizeUrl, codeFor, newPerson, parametersOf, postAs, redeem, registerClient, type Tokens, tokensFor } from '../harness/oauth.ts'
import { startTestPlatform } from '../harness/platform.ts'

const port = await freePort()
const url = `http://127.0.0.1:${port}`
const own = await startTestPlatform(await (await startTestDatabase()).create(), { PORT: String(port) })
const { db, tenantId } = own.platform.base

const costs = costsOf(db)

const client = await registerClient(url)
const person = await newPerson(url)
const tokens = await tokensFor(url, client, { person, parameters: { scope: 'openid email offline_access' } })
await db.text(
  `update clients set metadata = metadata || '{"grant_types":["authorization_code","refresh_token","client_credentials"],"scope":"openid email offline_access"}'
   where tenant_id = $1`,
  [tenantId],
)
await db.text(
  `insert into cache_epochs as c (tenant_id, kind) values ($1, 'clients') on conflict (tenant_id, kind) do update set version = c.version + 1`,
  [tenantId],
)
await new Promise((resolve) => setTimeout(resolve, 1500))
await tokensFor(url, client, { person })

describe('statements and explicit transactions of', () => {
  test('client credentials: none', async () => {
    await costs(0, async () => {
      const answer = await postAs(`${url}/oauth2/token`, client, { grant_type: 'client_credentials' })
      assert.equal(answer.status, 200, answer.text)
    })
  })

  test('a code exchange: 1', async () => {
    await costs(
      1,
      async (code: string) => assert.equal((await redeem(url, client, { code })).status, 200),
      () => codeFor(url, client, { person }),
    )
  })

  test('a refresh: 1', async () => {
    let { refresh_token } = tokens
    await costs(1, async () => {
      const answer = await postAs(`${url}/oauth2/token`, client, { grant_type: 'refresh_token', refresh_token })
      assert.equal(answer.status, 200, answer.text)
      ;({ refresh_token } = answer.json as Tokens)
    })
  })

  test('an authorization request of a person who is signed in and has consented: 3, the session, the consent and the grant', async () => {
    await costs(3, async () => {
      assert.ok(parametersOf(await person.browser.follow(authorizeUrl(url, client)))['code'])
    })
  })

  test('user info and introspection of a grant in memory: none', async () => {
    const { access_token } = await tokensFor(url, client, { person })
    const read = async (): Promise<void> => {
      assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(access_token) })).status, 200)
      assert.equal(((await postAs(`${url}/oauth2/introspect`, client, { token: access_token })).json as { active: boolean }).active, true)
    }
    await costs(0, read, read)
  })

  test('the sign-in page: none', async () => {
    const { browser } = await newPerson(url)
    await costs(0, async () => assert.equal((await browser.follow(authorizeUrl(url, client))).name, 'sign-in'))
  })

  for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'])
    test(`GET ${path}: none`, async () => {
      await costs(0, () => request(`${url}${path}`))
    })

  test('what is refused at the door: none', async () => {
    for (const refused of [
      () => postAs(`${url}/oauth2/token`, { ...client, secret: 'wrong' }, { grant_type: 'client_credentials' }),
      () => redeem(url, client, { code: 'cip_ac_none' }),
      () => postAs(`${url}/oauth2/token`, client, { grant_type: 'password', username: 'a', password: 'b' }),
      () => request(`${url}/oauth2/userinfo`, { headers: bearer('none') }),
    ])
      await costs(0, refused)
  })
})

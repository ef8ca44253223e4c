import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { before, describe, test } from 'node:test'
import { cipJson } from '../cli/cip.ts'
import { accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { atEnd } from '../harness/closing.ts'
import { bearer, form, request } from '../harness/http.ts'
import {
  authorizeUrl,
  claimsOf,
  codeFor,
  headerOf,
  newPerson,
  postAs,
  redeem,
  registerClient,
  type TestClient,
  type Tokens,
  tokensFor,
} from '../harness/oauth.ts'
import { failuresIn, isRefused, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const own = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.1' })
const root = own.url
const [acme, other] = [`${root}/t/acme`, `${root}/t/other`]
const offline = { scope: 'openid offline_access' }

before(async () => {
  for (const slug of ['acme', 'other']) await cipJson(['tenants', 'create', slug], { env: own.env })
})

const metadataAt = async (url: string) => (await request(url)).json as Record<string, string>
const keyIdsAt = async (url: string): Promise<readonly string[]> =>
  ((await request(`${url}/.well-known/jwks.json`)).json as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)

describe('each tenant is an issuer of its own', () => {
  test('metadata stands below the issuer, and with its path inserted (RFC 8414 section 3.1)', async () => {
    for (const address of [
      `${acme}/.well-known/openid-configuration`,
      `${acme}/.well-known/oauth-authorization-server`,
      `${root}/.well-known/oauth-authorization-server/t/acme`,
      `${root}/.well-known/openid-configuration/t/acme`,
    ]) {
      const metadata = await metadataAt(address)
      assert.equal(metadata['issuer'], acme, address)
      for (const [name, value] of Object.entries(metadata))
        if (name.endsWith('_endpoint') || name === 'jwks_uri') assert.ok(value.startsWith(`${acme}/`), `${name} ${value}`)
    }
    assert.equal((await metadataAt(`${root}/.well-known/openid-configuration`))['issuer'], root)
  })

  test('every tenant signs with keys of its own', async () => {
    const ids = (await Promise.all([root, acme, other].map(keyIdsAt))).flat()
    assert.ok(ids.length >= 6)
    assert.equal(new Set(ids).size, ids.length)
  })

  test('the code flow, its pages, refresh and userinfo stay below the tenant', async () => {
    const client = await registerClient(acme)
    const person = await newPerson(acme)
    const page = await person.browser.follow(authorizeUrl(acme, client, offline))
    assert.ok(page.url.startsWith(`${acme}/interaction/sign-in`))
    assert.ok(page.form?.action.startsWith('/t/acme/interaction/'))
    const tokens = await tokensFor(acme, client, { person, parameters: offline })
    const claims = claimsOf(tokens.id_token)
    assert.deepEqual([claims['iss'], claims['aud']], [acme, client.id])
    assert.ok((await keyIdsAt(acme)).includes(String(headerOf(tokens.id_token)['kid'])))
    assert.deepEqual([...person.browser.cookies.keys()].sort(), ['cip_browser-acme', 'cip_session-acme'])
    const userinfo = await request(`${acme}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })
    assert.equal((userinfo.json as { sub: string }).sub, claims['sub'])
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    assert.equal((await postAs(`${acme}/oauth2/token`, client, fields)).status, 200)
    const logout = await person.browser.follow(`${acme}/oauth2/logout?${new URLSearchParams({ id_token_hint: tokens.id_token })}`)
    const end = await person.browser.submit(logout, { decision: 'logout' })
    assert.ok(end.url.startsWith(`${acme}/interaction/signed-out`))
  })

  test('the account API answers below the tenant, with names of its own', async () => {
    const account = newAccount()
    for (const url of [root, acme, other]) assert.equal((await accountApi(url).register(account)).status, 200)
    const { access_token: token } = pairOf(await accountApi(acme).token(account))
    assert.equal((await accountApi(acme).me(token)).status, 200)
    for (const url of [root, other]) assert.equal((await accountApi(url).me(token)).status, 401, url)
  })

  test('the device flow names the page of the tenant', async () => {
    const client = await registerClient(acme, { grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], redirect_uris: [] })
    const answer = await postAs(`${acme}/oauth2/device`, client, { client_id: client.id, scope: 'openid' })
    assert.equal((answer.json as Record<string, string>)['verification_uri'], `${acme}/device`)
    const person = await newPerson(acme)
    const page = await person.browser.follow((answer.json as Record<string, string>)['verification_uri_complete'] ?? '')
    assert.ok(page.url.startsWith(`${acme}/interaction/sign-in`), page.url)
  })

  test('logout tokens are signed by the tenant whose session ended', async () => {
    const delivered: string[] = []
    const server = createServer((incoming, answer) => {
      let text = ''
      incoming.on('data', (bytes) => (text += String(bytes)))
      incoming.on('end', () => {
        delivered.push(new URLSearchParams(text).get('logout_token') ?? '')
        answer.writeHead(200).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    atEnd(async () => void server.close())
    const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logout`
    const client = await registerClient(acme, { backchannel_logout_uri: uri })
    const person = await newPerson(acme)
    const tokens = await tokensFor(acme, client, { person })
    const logout = await person.browser.follow(`${acme}/oauth2/logout?${new URLSearchParams({ id_token_hint: tokens.id_token })}`)
    await person.browser.submit(logout, { decision: 'logout' })
    await until(() => delivered.length > 0, 5000, 'the logout token')
    assert.equal(claimsOf(delivered[0] ?? '')['iss'], acme)
    assert.ok((await keyIdsAt(acme)).includes(String(headerOf(delivered[0] ?? '')['kid'])))
  })
})

describe('nothing of a tenant is worth anything in another', () => {
  let client: TestClient
  let tokens: Tokens
  let person: Awaited<ReturnType<typeof newPerson>>
  before(async () => {
    client = await registerClient(acme)
    person = await newPerson(acme)
    tokens = await tokensFor(acme, client, { person, parameters: offline })
  })

  test('T-01 a client is unknown elsewhere, at every endpoint', async () => {
    for (const url of [root, other]) {
      const page = await person.browser.send(authorizeUrl(url, client))
      assert.equal(page.status, 400, url)
      for (const path of ['token', 'par', 'introspect', 'revoke'])
        isRefused(await postAs(`${url}/oauth2/${path}`, client, { grant_type: 'x', token: 'x' }), 401, 'invalid_client', path)
      const managed = await request(`${url}/oauth2/register/${client.id}`, { headers: bearer(client.registrationToken) })
      assert.equal(managed.status, 401)
    }
  })

  test('T-01 codes, refresh tokens, access tokens and sessions are refused elsewhere', async () => {
    for (const url of [root, other]) {
      const theirs = await registerClient(url)
      const code = await codeFor(acme, client, { person })
      isRefused(await redeem(url, theirs, { code }), 400, 'invalid_grant', url)
      assert.equal((await redeem(acme, client, { code })).status, 200, 'the attempt elsewhere has spent nothing')
      const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
      isRefused(await postAs(`${url}/oauth2/token`, theirs, fields), 400, 'invalid_grant', url)
      assert.equal((await request(`${url}/oauth2/userinfo`, { headers: bearer(tokens.access_token) })).status, 401)
      assert.deepEqual((await postAs(`${url}/oauth2/introspect`, theirs, { token: tokens.access_token })).json, { active: false })
      const cookies = [...person.browser.cookies].map(([name, value]) => `${name.replace('-acme', url === root ? '' : '-other')}=${value}`)
      const silent = await request(authorizeUrl(url, theirs, { prompt: 'none' }), { headers: { cookie: cookies.join('; ') } })
      assert.match(String(silent.headers.location), /error=login_required/)
    }
  })

  test('T-01 a page of a tenant is no page of another', async () => {
    const page = await person.browser.follow(authorizeUrl(acme, client, { prompt: 'login' }))
    const flow = new URL(page.url).searchParams.get('flow') ?? ''
    for (const url of [root, other]) assert.equal((await request(`${url}/interaction/sign-in?flow=${flow}`)).status, 400)
  })

  test('T-03 failures of an account count in its tenant alone', async () => {
    const account = newAccount()
    for (const url of [acme, other]) await accountApi(url).register(account)
    for (let count = 0; count < 7; count += 1) await accountApi(acme).token({ ...account, password: 'wrong password' })
    assert.equal((await accountApi(acme).token(account)).status, 401, 'locked where it failed')
    assert.equal((await accountApi(other).token(account)).status, 200)
  })
})

describe('which tenants are served', () => {
  test('an unknown, suspended or malformed tenant is not found, in the shape of the endpoint', async () => {
    await own.sql.text(`insert into tenants (slug, name, status) values ('asleep', 'Asleep', 'suspended')`)
    for (const slug of ['unknown', 'asleep', 'default', 'ACME', '-acme', 'acme-', 'a.b', '%61cme', 'x'.repeat(64), '']) {
      const answer = await request(`${root}/t/${slug}/auth/token`, form({ username: 'x', password: 'y' }))
      assert.equal(answer.status, 404, `${slug} ${answer.text}`)
    }
    for (const path of ['/t', '/t/', '/t/acme', '/t/acme/t/acme/auth/me', '/t/acme/docs', '/t/acme/readyz'])
      assert.equal((await request(root + path)).status, 404, path)
  })

  test('a tenant that is suspended is refused within five seconds', async () => {
    await cipJson(['tenants', 'create', 'brief'], { env: own.env })
    const address = `${root}/t/brief/.well-known/jwks.json`
    assert.equal((await request(address)).status, 200)
    await own.sql.text(`update tenants set status = 'suspended' where slug = 'brief'`)
    await until(async () => (await request(address)).status === 404, 5000, 'the refusal')
  })

  test('T-06 the metadata address of one tenant is not that of another behind a cache', async () => {
    const [first, second] = await Promise.all([acme, other].map((url) => request(`${url}/.well-known/openid-configuration`)))
    assert.notEqual(first?.headers['etag'], second?.headers['etag'])
  })
})

test('the command line works on the tenant that it is told', async () => {
  const made = await cipJson<{ client_id: string }>(
    ['--tenant', 'acme', 'clients', 'create', '--template', 'machine', '--name', 'Machine'],
    { env: own.env },
  )
  const listed = async (...tenant: readonly string[]): Promise<string> =>
    JSON.stringify(await cipJson<unknown>([...tenant, 'clients', 'list'], { env: own.env }))
  assert.ok((await listed('--tenant', 'acme')).includes(made.client_id))
  assert.ok(!(await listed()).includes(made.client_id))
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

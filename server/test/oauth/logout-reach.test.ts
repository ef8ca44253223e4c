import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { startLogoutDeliveries } from '../../src/oauth/logout.job.ts'
import { cip } from '../cli/cip.ts'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { atEnd } from '../harness/closing.ts'
import { authorizeUrl, claimsOf, newPerson, passPages, registerClient, tokensFor } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const own = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.1' })
const { url, sql } = own

test('a look for ended sessions goes as far back as the last one, however long deliveries or an outage took', async () => {
  let now = 1_000_000
  const asked: number[] = []
  const outage = new Error('the database is away')
  const steps = [() => undefined, () => assert.fail(outage), () => undefined]
  const store = {
    markEnded: async (seconds: number) => {
      asked.push(seconds)
      now += 200
      steps.shift()?.()
    },
    claim: async () => [],
    settle: async () => undefined,
    clientsOf: async () => [],
  }
  const rest = { issuer: url, ring: {}, subjectKey: Buffer.alloc(32), findClient: async () => undefined, fetch: async () => assert.fail() }
  const none = () => undefined
  const deliveries = startLogoutDeliveries({ ...rest, store, nowSeconds: () => now, onFailure: none, onError: none } as never)
  await until(() => asked.length === 3, 10_000, 'three looks')
  deliveries.stop()
  const [first = 0, second = 0, third = 0] = asked
  assert.ok(first >= 86_400, 'a day back at the start')
  assert.ok(second >= 200 && second < 86_400, String(second))
  assert.ok(third >= 400, `what the outage hid is looked for: ${third}`)
})

test('applications are told of the sessions of an account that is deleted', async () => {
  const delivered: string[] = []
  const server = createServer(async (incoming, answer) => {
    for await (const chunk of incoming) delivered.push(String(chunk))
    answer.writeHead(200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(async () => void server.close())
  const client = await registerClient(url, { backchannel_logout_uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/logout` })
  const person = await newPerson(url)
  const { id_token } = await tokensFor(url, client, { person })
  const { code, stderr } = await cip(['users', 'delete', person.account.username, '--yes'], { env: own.env })
  assert.equal(code, 0, stderr)
  await until(() => delivered.length > 0, 10_000, 'a logout token arrives')
  const claims = claimsOf(new URLSearchParams(delivered[0]).get('logout_token') ?? '')
  assert.deepEqual([claims['sub'], claims['sid']], [claimsOf(id_token)['sub'], claimsOf(id_token)['sid']])
})

test('logout_hint chooses among the accounts of the browser: by user name, e-mail address or session', async () => {
  const client = await operatorClient(own)
  const person = await newPerson(url)
  const { id_token } = await tokensFor(url, client, { person })
  const other = newAccount()
  await accountApi(url).register(other)
  const chooser = await person.browser.follow(authorizeUrl(url, client, { prompt: 'select_account' }))
  await passPages(person.browser, await person.browser.submit(chooser, { account: 'another' }), other)
  const { username, email } = person.account
  const asked = async (hint: string): Promise<string> =>
    (await person.browser.follow(`${url}/oauth2/logout?${new URLSearchParams({ logout_hint: hint })}`)).text
  for (const hint of [username, email, String(claimsOf(id_token)['sid'])]) {
    const text = await asked(hint)
    assert.ok(text.includes(username) && !text.includes(other.username), hint)
  }
  for (const hint of ['nobody', `${username}x`, 'x'.repeat(10_000)])
    assert.ok((await asked(hint)).includes(other.username), hint.slice(0, 20))
})

test('front-channel logout reaches every application, however many and long their addresses, and leads on', async () => {
  const after = 'https://app.example.test/signed-out'
  const client = await operatorClient(own, { metadata: { post_logout_redirect_uris: [after] } })
  const person = await newPerson(url)
  const { id_token } = await tokensFor(url, client, { person })
  const sid = String(claimsOf(id_token)['sid'])
  const noise = (index: number): string =>
    Buffer.from(Array.from({ length: 900 }, (_, at) => (at * 7919 * (index + 3)) % 251)).toString('hex')
  for (let index = 0; index < 20; index += 1) {
    const origin = `https://app-${index}.example.test`
    const told = await operatorClient(own, {
      metadata: { redirect_uris: [`${origin}/cb`], frontchannel_logout_uri: `${origin}/logout?${noise(index)}` },
    })
    await sql.text(
      `insert into session_clients (tenant_id, session_id, client_id, user_id) select tenant_id, id, $2, user_id from sessions where id = $1`,
      [sid, told.id],
    )
  }
  const sought = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: after })
  const page = await person.browser.submit(await person.browser.follow(`${url}/oauth2/logout?${sought}`), { decision: 'logout' })
  assert.equal(page.name, 'signed-out')
  assert.equal(page.text.match(/<iframe/g)?.length, 20)
  assert.ok(page.text.includes(`href="${after}"`))
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { signed } from '../attacks/forge.ts'
import { form, request } from '../harness/http.ts'
import { callback, codeFor, type Fields, newPerson, parametersOf, postAs, registerClient, type Tokens } from '../harness/oauth.ts'
import { askSilently, errorOf } from '../harness/provider.ts'
import { makeSigner } from '../oauth-core/signer.ts'
import { atToken, inBatches, raceFor, startIssuerNodes } from './oauth-nodes.ts'

const { url, urls, database } = await startIssuerNodes()
const sql = database.sql
// Codes are what is raced for most; a claim that is not guarded fails with the first hundred of the others as well.
const [codeCount, count] = [300, 100]
const client = await registerClient(url)
const person = await newPerson(url)
await codeFor(url, client, { person })

const manyOf = async <T>(make: () => Promise<T>, wanted = count): Promise<T[]> => {
  const made: T[] = []
  await inBatches(
    Array.from({ length: wanted }, (_, index) => index),
    6,
    async () => void made.push(await make()),
  )
  assert.equal(made.length, wanted)
  return made
}
const codeOf = async (): Promise<string> => {
  const { code = '', ...rest } = await askSilently(url, client, { person })
  assert.ok(code, JSON.stringify(rest))
  return code
}
const idOf = (handle: string): string => Buffer.from(handle.slice(7), 'base64url').subarray(0, 16).toString('hex')

test(`C-01 of 16 redeemers of each of ${codeCount} codes over two processes one wins, and the losers end its grant`, async () => {
  const codes = await manyOf(codeOf, codeCount)
  await inBatches(codes, 4, async (code) => {
    const fields = { grant_type: 'authorization_code', code, redirect_uri: callback }
    const answers = await raceFor(urls, (at) => atToken(at, client, fields))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const answer of answers.filter(({ status }) => status !== 200))
      assert.deepEqual([answer.status, errorOf(answer)], [400, 'invalid_grant'])
  })
  const rows = await sql.text<{ revoke_reason: string | null; counter: number }>(
    'select revoke_reason, counter from oauth_grants where id = any($1::uuid[]) and code_spent_at is not null',
    [codes.map(idOf)],
  )
  assert.equal(rows.length, codeCount)
  for (const row of rows) assert.deepEqual(row, { revoke_reason: 'code-replay', counter: 0 })
})

test(`G-01 of 16 uses of each of ${count} pushed requests over two processes one comes through`, async () => {
  const pushed = await manyOf(async () => {
    const answer = await postAs(`${url}/oauth2/par`, client, {
      response_type: 'code',
      redirect_uri: callback,
      scope: 'openid',
      prompt: 'none',
    })
    return (answer.json as Fields)['request_uri'] ?? ''
  })
  await inBatches(pushed, 4, async (request_uri) => {
    const query = new URLSearchParams({ client_id: client.id, request_uri })
    const answers = await raceFor(urls, (at) => person.browser.send(`${at}/oauth2/authorize?${query}`))
    const codes = answers.filter(({ headers }) => parametersOf({ url: headers.location ?? url })['code'] !== undefined)
    assert.equal(codes.length, 1)
    for (const answer of answers) if (!codes.includes(answer)) assert.equal(answer.status, 400)
  })
  assert.equal((await sql.text('select 1 from pushed_requests')).length, 0)
})

test(`E-02 of 16 presentations of each of ${count} client assertions over two processes one is taken`, async () => {
  const key = makeSigner('ES256', 'e')
  const keyed = await registerClient(url, { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.jwk] } })
  const make = async () => {
    const now = Math.floor(Date.now() / 1000)
    return { iss: keyed.id, sub: keyed.id, aud: url, jti: randomUUID(), iat: now, exp: now + 300 }
  }
  await inBatches(await manyOf(make), 4, async (claims) => {
    const client_assertion = signed({ alg: 'ES256', kid: 'e' }, claims, key.key)
    const fields = { token: 'x', client_assertion, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' }
    const answers = await raceFor(urls, (at) => request(`${at}/oauth2/introspect`, form(fields)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array.from({ length: 15 }, () => 401)])
  })
  assert.equal((await sql.text('select 1 from spent_assertions where client_id = $1', [keyed.id])).length, count)
})

test(`G-08 of 16 polls for each of ${count} approved device codes over two processes one gets tokens`, async () => {
  const device = await registerClient(url, {
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    response_types: [],
    redirect_uris: [],
  })
  const codes = await manyOf(async () => (await postAs(`${url}/oauth2/device`, device, { scope: 'openid offline_access' })).json as Fields)
  await inBatches(codes, 6, async ({ user_code = '' }) => {
    const claimed = await person.browser.submit(await person.browser.follow('/device'), { user_code })
    const done = await person.browser.submit(claimed, { decision: 'allow' })
    assert.equal(done.status, 200, done.text)
  })
  await inBatches(codes, 4, async ({ device_code = '' }) => {
    const fields = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code }
    const answers = await raceFor(urls, (at) => atToken(at, device, fields))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    for (const answer of answers.filter(({ status }) => status !== 200))
      assert.deepEqual([answer.status, errorOf(answer)], [400, 'invalid_grant'])
  })
  const rows = await sql.text('select 1 from oauth_grants where client_id = $1 and code_spent_at is not null and revoked_at is null', [
    device.id,
  ])
  assert.equal(rows.length, count)
  assert.equal((await sql.text(`select 1 from device_codes where status = 'spent'`)).length, count)
})

test(`D-01 16 refreshes of each of ${count} tokens over two processes give one head`, async () => {
  const first = await codeFor(url, client, { person, parameters: { scope: 'openid offline_access' } })
  let held = (await atToken(url, client, { grant_type: 'authorization_code', code: first, redirect_uri: callback })).json as Tokens
  for (let round = 1; round <= count; round += 1) {
    const answers = await raceFor(urls, (at) => atToken(at, client, { grant_type: 'refresh_token', refresh_token: held.refresh_token }))
    for (const answer of answers) assert.ok(answer.status === 200 || errorOf(answer) === 'invalid_grant', answer.text)
    const won = answers.filter(({ status }) => status === 200).map(({ json }) => json as Tokens)
    assert.equal(new Set(won.map(({ refresh_token }) => refresh_token)).size, 1, `round ${round}`)
    const [grant] = await sql.text('select counter, revoked_at from oauth_grants where id = $1::uuid', [idOf(first)])
    assert.deepEqual(grant, { counter: round, revoked_at: null })
    held = won[0] ?? held
  }
})

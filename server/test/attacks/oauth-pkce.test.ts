import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { form, request } from '../harness/http.ts'
import { authorizeUrl, callback, type Fields, parametersOf, pkce, postAs, redeem } from '../harness/oauth.ts'
import { askSilently, errorOf, failuresIn, isRefused, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own)
const strict = await operatorClient(own, { metadata: { require_pkce: null } })
const open = await operatorClient(own, { metadata: { token_endpoint_auth_method: 'none', require_pkce: null } })
const person = await signedIn(url, client)

const s256 = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')
const codeOf = async (by: typeof client, parameters: Fields): Promise<string> => {
  const { code, ...rest } = await askSilently(url, by, { person, parameters })
  assert.ok(code, JSON.stringify(rest))
  return code
}
const challenged = (challenge: string) => ({ code_challenge: challenge, code_challenge_method: 'S256' })
const post = (by: typeof client, fields: Fields) =>
  by.secret === undefined
    ? request(`${url}/oauth2/token`, form({ grant_type: 'authorization_code', redirect_uri: callback, client_id: by.id, ...fields }))
    : redeem(url, by, fields)

for (const [about, by] of [
  ['a confidential client', client],
  ['one that must use PKCE', strict],
  ['a public client', open],
] as const) {
  test(`F-01 ${about} cannot leave out, empty or repeat the verifier of a challenge that was sent`, async () => {
    const { verifier, challenge } = pkce()
    for (const fields of [{}, { code_verifier: '' }] as readonly Fields[])
      isRefused(await post(by, { code: await codeOf(by, challenged(challenge)), ...fields }), 400, 'invalid_grant', JSON.stringify(fields))
    const code = await codeOf(by, challenged(challenge))
    const twice = new URLSearchParams({
      grant_type: 'authorization_code',
      redirect_uri: callback,
      client_id: by.id,
      code,
      code_verifier: verifier,
    })
    twice.append('code_verifier', verifier)
    assert.equal(errorOf(await request(`${url}/oauth2/token`, form([...twice]))), 'invalid_request')
  })

  test(`F-04 ${about} finds no verifier but the one: of another length, alphabet, padding or flow`, async () => {
    const short = 'a'.repeat(42)
    const long = 'a'.repeat(129)
    const odd = `${'a'.repeat(43)}é`
    const cases: readonly (readonly [string, string])[] = [
      [short, short],
      [long, long],
      [odd, odd],
      [`${'a'.repeat(42)}+`, `${'a'.repeat(42)}+`],
      [`${'a'.repeat(42)} `, `${'a'.repeat(42)} `],
      ...[pkce()].flatMap(({ verifier, challenge }): [string, string][] => [
        [verifier, challenge],
        [verifier, `${verifier}=`],
        [verifier, verifier.slice(0, -1)],
        [verifier, verifier.toUpperCase()],
        [verifier, pkce().verifier],
        [verifier, `["${verifier}"]`],
      ]),
    ]
    for (const [made, presented] of cases) {
      const code = await codeOf(by, challenged(s256(made)))
      isRefused(await post(by, { code, code_verifier: presented }), 400, 'invalid_grant', `${presented.slice(0, 50)} ${presented.length}`)
    }
  })

  test(`F-05 ${about} has burnt the code by a wrong verifier`, async () => {
    const { verifier, challenge } = pkce()
    const code = await codeOf(by, challenged(challenge))
    isRefused(await post(by, { code, code_verifier: pkce().verifier }), 400, 'invalid_grant')
    isRefused(await post(by, { code, code_verifier: verifier }), 400, 'invalid_grant')
    const events = await own.sql.text(`select 1 from events where client_id = $1 and type = 'grant.revoked'`, [by.id])
    assert.ok(events.length > 0)
  })
}

test('F-01 refuses a verifier where no challenge was sent (a challenge stripped on the way)', async () => {
  isRefused(await redeem(url, client, { code: await codeOf(client, {}), code_verifier: pkce().verifier }), 400, 'invalid_grant')
})

test('F-01 F-03 takes no request without a challenge, or with another method than S256, wherever it is sent', async () => {
  const { challenge, verifier } = pkce()
  const wrong: readonly (readonly [typeof client, Fields])[] = [
    [strict, {}],
    [open, {}],
    [open, { code_challenge: '' }],
    ...[client, strict, open].flatMap((by) =>
      [
        { code_challenge: verifier, code_challenge_method: 'plain' },
        { code_challenge: challenge },
        { code_challenge: challenge, code_challenge_method: 's256' },
        { code_challenge: challenge, code_challenge_method: 'S512' },
        { code_challenge: challenge, code_challenge_method: '' },
        { code_challenge_method: 'S256' },
        { code_challenge: `${challenge}=`, code_challenge_method: 'S256' },
        { code_challenge: challenge.slice(1), code_challenge_method: 'S256' },
        { code_challenge: `${challenge.slice(1)}+`, code_challenge_method: 'S256' },
      ].map((fields): [typeof client, Fields] => [by, fields as unknown as Fields]),
    ),
  ]
  for (const [by, parameters] of wrong) {
    const page = await person.browser.follow(authorizeUrl(url, by, parameters))
    const answer = parametersOf(page)
    assert.deepEqual([answer['error'], answer['code']], ['invalid_request', undefined], JSON.stringify(parameters))
    if (by.secret === undefined) continue
    const pushed = await postAs(`${url}/oauth2/par`, by, { response_type: 'code', redirect_uri: callback, scope: 'openid', ...parameters })
    isRefused(pushed, 400, 'invalid_request', JSON.stringify(parameters))
  }
})

test('F-06 G-14 announces S256 alone, and neither plain, password nor a bare token', async () => {
  for (const path of ['openid-configuration', 'oauth-authorization-server']) {
    const metadata = (await request(`${url}/.well-known/${path}`)).json as Record<string, string[]>
    assert.deepEqual(metadata['code_challenge_methods_supported'], ['S256'])
    assert.equal(metadata['grant_types_supported']?.includes('password'), false)
    for (const type of ['token', 'code token']) assert.equal(metadata['response_types_supported']?.includes(type), false, type)
    for (const [name, values] of Object.entries(metadata))
      if (/signing_alg/.test(name) && name !== 'request_object_signing_alg_values_supported')
        assert.equal(values.includes('none'), false, name)
  }
  const keys = (await request(`${url}/.well-known/jwks.json`)).json as { keys: Record<string, string>[] }
  assert.ok(keys.keys.length > 0)
  for (const key of keys.keys) for (const member of ['d', 'p', 'q', 'k']) assert.equal(member in key, false, member)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

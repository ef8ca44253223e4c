import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cip } from '../cli/cip.ts'
import { bearer, form, request } from '../harness/http.ts'
import { callback, claimsOf, codeFor, type Fields, postAs, redeem, registerClient, type TestClient, type Tokens } from '../harness/oauth.ts'
import { askSilently, errorOf, failuresIn, isRefused, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const own = await startProvider()
const { url, sql } = own
const client = await operatorClient(own)
const other = await operatorClient(own)
const open = await operatorClient(own, { metadata: { token_endpoint_auth_method: 'none', require_pkce: null } })
const person = await signedIn(url, client)
const offline = 'openid offline_access'

const codeOf = async (by: TestClient, parameters: Fields = {}, who: Pick<Person, 'browser'> = person): Promise<string> => {
  const { code, ...rest } = await askSilently(url, by, { person: who, parameters })
  assert.ok(code, JSON.stringify(rest))
  return code
}
const grantOf = async (code: string) => {
  const hex = Buffer.from(code.slice(7), 'base64url').subarray(0, 16).toString('hex')
  return (
    await sql.text<{ id: string; revoke_reason: string | null }>('select id, revoke_reason from oauth_grants where id = $1::uuid', [hex])
  )[0]
}
const age = async (code: string): Promise<void> => {
  await sql.text(`update oauth_grants set code_expires_at = now() - interval '1 second' where id = $1`, [(await grantOf(code))?.id])
}
const refresh = (by: TestClient, refresh_token: string) => postAs(`${url}/oauth2/token`, by, { grant_type: 'refresh_token', refresh_token })
const userinfo = (token: string) => request(`${url}/oauth2/userinfo`, { headers: bearer(token) })

const isDead = async (by: TestClient, tokens: Tokens, about: string): Promise<void> => {
  assert.equal((await userinfo(tokens.access_token)).status, 401, about)
  for (const token of [tokens.access_token, tokens.refresh_token].filter((one) => one !== undefined))
    assert.deepEqual((await postAs(`${url}/oauth2/introspect`, by, { token })).json, { active: false }, about)
  if (tokens.refresh_token !== undefined) isRefused(await refresh(by, tokens.refresh_token), 400, 'invalid_grant', about)
}

for (const when of ['at once', 'after the code has expired', 'after a refresh'] as const)
  for (const scope of ['openid', offline])
    test(`C-02 a code that comes again ${when} is refused and ends everything that came of it (${scope})`, async () => {
      const code = await codeOf(client, { scope })
      const first = await redeem(url, client, { code })
      assert.equal(first.status, 200, first.text)
      const tokens = first.json as Tokens
      assert.equal((await userinfo(tokens.access_token)).status, 200)
      if (when === 'after the code has expired') await age(code)
      const later =
        when === 'after a refresh' && scope === offline ? ((await refresh(client, tokens.refresh_token)).json as Tokens) : tokens
      isRefused(await redeem(url, client, { code }), 400, 'invalid_grant')
      await isDead(client, later, 'after the replay')
      assert.equal((await grantOf(code))?.revoke_reason, 'code-replay')
      const events = await sql.text<{ payload: object }>(
        `select payload from events where type = 'grant.revoked' and session_id = $1 and at > now() - interval '1 minute' and payload->>'reason' = 'code-replay'`,
        [claimsOf(tokens.id_token)['sid']],
      )
      assert.ok(events.length > 0)
      isRefused(await redeem(url, client, { code }), 400, 'invalid_grant')
    })

test('C-03 refuses a code of another client, an expired one, and both at once; the attempt harms nobody', async () => {
  const postOpen = (code: string, by: string) =>
    request(`${url}/oauth2/token`, form({ grant_type: 'authorization_code', code, redirect_uri: callback, client_id: by }))
  for (const isExpired of [false, true]) {
    const code = await codeOf(client)
    if (isExpired) await age(code)
    isRefused(await redeem(url, other, { code }), 400, 'invalid_grant', `another client, expired: ${isExpired}`)
    isRefused(await postOpen(code, open.id), 400, 'invalid_grant', `a public client, expired: ${isExpired}`)
    isRefused(await postOpen(code, client.id), 401, 'invalid_client', 'the name of its client without its secret')
    const named = await postAs(`${url}/oauth2/token`, other, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      client_id: client.id,
    })
    isRefused(named, 400, 'invalid_request', 'the name of its client beside another one’s secret')
    assert.equal((await grantOf(code))?.revoke_reason, null)
    const right = await redeem(url, client, { code })
    if (isExpired) isRefused(right, 400, 'invalid_grant', 'its own client, expired')
    else assert.equal(right.status, 200, right.text)
  }
})

test('C-04 a code lasts a minute by the clock of the database, whatever the clock of the server says', async (t) => {
  const [fresh, old] = [await codeOf(client), await codeOf(client)]
  const rows = await sql.text<{ life: number }>(
    'select extract(epoch from code_expires_at - created_at)::float8 as life from oauth_grants where code_expires_at is not null and code_spent_at is null',
  )
  assert.ok(rows.length >= 2)
  for (const { life } of rows.slice(-2)) assert.ok(life <= 60, String(life))
  await age(old)
  await sql.text(`update signing_keys set active_at = active_at - interval '1 hour'`)
  await sql.text(
    `insert into cache_epochs as c (tenant_id, kind) select tenant_id, 'keys' from tenants on conflict (tenant_id, kind) do update set version = c.version + 1, changed_at = now()`,
  )
  const real = Date.now.bind(Date)
  t.mock.method(Date, 'now', () => real() - 120_000)
  await until(async () => (await redeem(url, client, { code: 'x' })).status === 400, 5000, 'keys that are old enough for a slow clock')
  isRefused(await redeem(url, client, { code: old }), 400, 'invalid_grant')
  t.mock.restoreAll()
  assert.equal((await redeem(url, client, { code: fresh })).status, 200)
})

const betweens: Record<string, (who: Person, by: TestClient) => Promise<unknown>> = {
  'the user was disabled': ({ account }) => cip(['users', 'disable', account.username], { env: own.env }),
  'the user was deleted': ({ account }) => cip(['users', 'delete', account.username, '--yes'], { env: own.env }),
  'the password was set anew': ({ account }) =>
    cip(['users', 'set-password', account.username, '--password-stdin'], { env: own.env, input: 'another long password\n' }),
  'the consent was withdrawn': ({ account }, by) => cip(['users', 'revoke-consent', account.username, by.id], { env: own.env }),
  'the session was revoked': async (_, by) => {
    const ended = `update sessions s set ended_at = now(), end_reason = 'logout' from oauth_grants g where g.session_id = s.id and g.client_id = $1`
    await sql.text(ended, [by.id])
  },
}
for (const [what, change] of Object.entries(betweens))
  for (const scope of ['openid', offline])
    test(`C-05 refuses a code where ${what} since (${scope})`, async () => {
      const asking = await operatorClient(own, { isFirstParty: false })
      const who = await signedIn(url, asking)
      const code = await codeFor(url, asking, { person: who, parameters: { scope } })
      const done = (await change(who, asking)) as { code?: number; stderr?: string } | undefined
      assert.equal(done?.code ?? 0, 0, done?.stderr ?? '')
      isRefused(await redeem(url, asking, { code }), 400, 'invalid_grant')
    })

test('C-05 refuses a code where the client was disabled since', async () => {
  const gone = await operatorClient(own)
  const code = await codeOf(gone)
  await own.clients.setStatus(gone.id, 'disabled')
  await until(async () => (await redeem(url, gone, { code: 'x' })).status === 401, 5000, 'the client is refused')
  isRefused(await redeem(url, gone, { code }), 401, 'invalid_client')
})

/** What a careless reading would take for the same text. */
const tampered = (text: string): readonly string[] => {
  const flipped = [...text].map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase())).join('')
  const at = (index: number, by: string) => text.slice(0, index) + by + text.slice(index + 1)
  const cut = Array.from({ length: 12 }, (_, index) => text.slice(0, -(index + 1)))
  const prefix = /^cip_[a-z]+_/.exec(text)?.[0] ?? ''
  const bare = text.slice(prefix.length)
  return [
    ...[
      ...cut,
      text.slice(0, 80),
      `${text}A`,
      `${text}=`,
      `${text}==`,
      `${text} `,
      ` ${text}`,
      `${text}\u0000`,
      flipped,
      `${prefix}${flipped.slice(prefix.length)}`,
    ],
    ...[
      bare,
      `cip_xx_${bare}`,
      `${prefix.toUpperCase()}${bare}`,
      `${prefix}${prefix}${bare}`,
      `${prefix}B${bare.slice(1)}`,
      `${prefix}AQ${bare.slice(2)}`,
    ],
    ...[
      at(prefix.length + 20, text[prefix.length + 20] === 'A' ? 'B' : 'A'),
      at(text.length - 3, text.at(-3) === 'A' ? 'B' : 'A'),
      `${text}.${text}`,
      prefix,
      '',
    ],
  ].filter((one) => one !== text)
}

test('C-08 takes a code, a token or a request_uri only as it was given, to the last bit', async () => {
  const code = await codeOf(client, { scope: offline })
  for (const one of tampered(code)) assert.notEqual((await redeem(url, client, { code: one })).status, 200, one)
  const redeemed = await redeem(url, client, { code })
  assert.equal(redeemed.status, 200, 'no variant has spent it')
  const tokens = redeemed.json as Tokens
  for (const one of tampered(tokens.refresh_token)) {
    assert.notEqual((await refresh(client, one)).status, 200, one)
    await postAs(`${url}/oauth2/revoke`, client, { token: one })
    const { status, json } = await postAs(`${url}/oauth2/introspect`, client, { token: one })
    assert.deepEqual([status, status === 200 && json], one === '' ? [400, false] : [200, { active: false }], one)
  }
  for (const one of tampered(tokens.access_token).filter((one) => /^[!-~]+$/.test(one)))
    assert.notEqual((await userinfo(one)).status, 200, one)
  assert.equal((await refresh(client, tokens.refresh_token)).status, 200, 'no variant has revoked it')
  const registered = await registerClient(url)
  for (const token of tampered(registered.registrationToken).filter((one) => /^[!-~]+$/.test(one)))
    assert.equal((await request(`${url}/oauth2/register/${registered.id}`, { headers: bearer(token) })).status, 401, token)
  const pushed = await postAs(`${url}/oauth2/par`, client, { response_type: 'code', redirect_uri: callback, scope: 'openid' })
  const { request_uri = '' } = pushed.json as Fields
  for (const one of tampered(request_uri)) {
    const answer = await request(`${url}/oauth2/authorize?${new URLSearchParams({ client_id: client.id, request_uri: one })}`)
    assert.equal(answer.headers.location, undefined, one)
  }
})

test('C-06 has no password grant, for no client and no way of asking', async () => {
  const credentials = { username: person.account.username, password: person.account.password, scope: 'openid' }
  for (const grant_type of [
    'password',
    'Password',
    ' password',
    'urn:ietf:params:oauth:grant-type:password',
    '__proto__',
    'constructor',
    'toString',
  ])
    for (const by of [client, other, await registerClient(url)])
      isRefused(await postAs(`${url}/oauth2/token`, by, { grant_type, ...credentials }), 400, 'unsupported_grant_type', grant_type)
  const made = await request(`${url}/oauth2/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [callback], grant_types: ['authorization_code', 'password'] }),
  })
  assert.deepEqual([made.status, errorOf(made)], [400, 'invalid_client_metadata'])
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removeExpired } from '../../src/oauth/store/upkeep.store.ts'
import { cip } from '../cli/cip.ts'
import { bearer, form, request } from '../harness/http.ts'
import { claimsOf, type Fields, newPerson, postAs, registerClient, type TestClient, type Tokens, tokensFor } from '../harness/oauth.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { failuresIn, isRefused, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const strict = { CIP_REFRESH_TOKEN_LEEWAY: '0s' }
const own = await startProvider(strict)
const { url, sql } = own
const client = await operatorClient(own)
const other = await operatorClient(own)
const person = await signedIn(url, client)
const offline = { scope: 'openid offline_access' }

const refresh = (by: TestClient, refresh_token: string, { at = url, ...fields }: Fields = {}) =>
  postAs(`${at}/oauth2/token`, by, { grant_type: 'refresh_token', refresh_token, ...fields })
const next = async (by: TestClient, refresh_token: string): Promise<Tokens> => {
  const answer = await refresh(by, refresh_token)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Tokens
}
const fresh = (by = client, who: Person = person) => tokensFor(url, by, { person: who, parameters: offline })
const status = async (access: string): Promise<number> => (await request(`${url}/oauth2/userinfo`, { headers: bearer(access) })).status
const grantOf = async ({ refresh_token }: Tokens) => {
  const id = Buffer.from(refresh_token.slice(7), 'base64url').subarray(1, 17).toString('hex')
  return (
    await sql.text<{ id: string; revoke_reason: string | null; expires_at: Date }>('select * from oauth_grants where id = $1::uuid', [id])
  )[0]
}

test('D-02 a refresh token that comes again ends its family, and that is committed though the answer is a refusal', async () => {
  const first = await fresh()
  const second = await next(client, first.refresh_token)
  const third = await next(client, second.refresh_token)
  isRefused(await refresh(client, first.refresh_token), 400, 'invalid_grant')
  isRefused(await refresh(client, third.refresh_token), 400, 'invalid_grant')
  for (const { access_token } of [first, second, third]) assert.equal(await status(access_token), 401)
  assert.equal((await grantOf(first))?.revoke_reason, 'reuse')
})

test('D-03 knows a spent token after a restart, a month, and the removal of what has expired', async () => {
  const first = await fresh()
  const second = await next(client, first.refresh_token)
  await sql.text(`update oauth_grants set rotated_at = now() - interval '31 days', created_at = now() - interval '31 days' where id = $1`, [
    (await grantOf(first))?.id,
  ])
  await removeExpired(sql)
  const database = own.env['DATABASE_URL'] ?? ''
  const again = await startTestPlatform(
    {
      url: database,
      connection: { connectionString: database },
      env: { DATABASE_URL: database, SECRET_KEY: own.env['SECRET_KEY'] ?? '' },
      sql,
    },
    { ...strict, PUBLIC_URL: url },
  )
  isRefused(await refresh(client, first.refresh_token, { at: again.url }), 400, 'invalid_grant')
  for (const at of [again.url, url]) isRefused(await refresh(client, second.refresh_token, { at }), 400, 'invalid_grant')
  assert.equal((await grantOf(first))?.revoke_reason, 'reuse')
})

type Trigger = (who: Person, by: TestClient) => Promise<unknown>
const triggers: Record<string, Trigger> = {
  'the user is disabled': ({ account }) => cip(['users', 'disable', account.username], { env: own.env }),
  'the user is deleted': ({ account }) => cip(['users', 'delete', account.username, '--yes'], { env: own.env }),
  'the password is set anew': ({ account }) =>
    cip(['users', 'set-password', account.username, '--password-stdin'], { env: own.env, input: 'another long password\n' }),
  'the consent is withdrawn': ({ account }, by) => cip(['users', 'revoke-consent', account.username, by.id], { env: own.env }),
  'the client is disabled': (_, by) => own.clients.setStatus(by.id, 'disabled'),
  'the client is deleted': (_, by) => own.clients.remove(by.id),
}
for (const [what, happen] of Object.entries(triggers))
  test(`D-04 no token works once ${what}`, async () => {
    const asking = await operatorClient(own, { isFirstParty: false })
    const who = await newPerson(url)
    const tokens = await fresh(asking, who)
    const bound = await tokensFor(url, asking, { person: who })
    const later = await next(asking, tokens.refresh_token)
    for (const one of [tokens, later, bound]) assert.equal(await status(one.access_token), 200)
    const done = (await happen(who, asking)) as { code?: number; stderr?: string } | boolean
    assert.ok(done === true || (typeof done === 'object' && done.code === 0), JSON.stringify(done))
    await until(
      async () => (await refresh(asking, 'x')).status !== 200 && (await status(later.access_token)) === 401,
      5000,
      'the end is known',
    )
    for (const one of [tokens, later, bound]) assert.equal(await status(one.access_token), 401)
    const isGone = what.startsWith('the client')
    isRefused(await refresh(asking, later.refresh_token), isGone ? 401 : 400, isGone ? 'invalid_client' : 'invalid_grant')
  })

test('D-05 refuses a refresh of a client that does not prove who it is, and leaves the token alone', async () => {
  const tokens = await fresh()
  const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
  const address = `${url}/oauth2/token`
  const wrong = { ...client, secret: `${client.secret}x` }
  for (const [about, answer] of Object.entries({
    'no secret': await request(address, form({ ...fields, client_id: client.id })),
    'an empty secret': await request(address, form({ ...fields, client_id: client.id, client_secret: '' })),
    nobody: await request(address, form(fields)),
    'a wrong secret': await postAs(address, wrong, fields),
    'no secret in the header': await postAs(address, { ...client, secret: undefined }, fields),
    'the secret of another client': await postAs(address, { ...client, secret: other.secret }, fields),
    'the secret by another way': await request(address, form({ ...fields, client_id: client.id, client_secret: client.secret ?? '' })),
  }))
    isRefused(answer, 401, 'invalid_client', about)
  await next(client, tokens.refresh_token)
})

test('D-06 refuses the refresh token of another client and leaves that client its family', async () => {
  const tokens = await fresh()
  const second = await next(client, tokens.refresh_token)
  for (const by of [other, await registerClient(url)])
    for (const one of [tokens, second]) isRefused(await refresh(by, one.refresh_token), 400, 'invalid_grant')
  assert.equal(await status(second.access_token), 200)
  await next(client, second.refresh_token)
})

test('D-07 gives no more than was granted, and nothing once offline_access was withdrawn from the client', async () => {
  for (const scope of ['openid email', 'openid offline_access account', 'admin', '"', 'OPENID'])
    isRefused(await refresh(client, (await fresh()).refresh_token, { scope }), 400, 'invalid_scope', scope)
  isRefused(await refresh(client, (await fresh()).refresh_token, { resource: 'https://api.example' }), 400, 'invalid_target')
  const narrowed = await refresh(client, (await fresh()).refresh_token, { scope: 'offline_access' })
  assert.deepEqual([(narrowed.json as Tokens).scope, (narrowed.json as Tokens).id_token], ['offline_access', undefined])
  const withdrawn = await operatorClient(own)
  const tokens = await fresh(withdrawn)
  const changed = await own.clients.update({ id: withdrawn.id, metadata: { scope: 'openid profile' } })
  assert.equal(changed.kind, 'saved')
  await until(
    async () => (await refresh(withdrawn, (await fresh(withdrawn).catch(() => tokens)).refresh_token)).status === 400,
    5000,
    'the change is known',
  )
  isRefused(await refresh(withdrawn, tokens.refresh_token), 400, 'invalid_grant')
  assert.equal(await status(tokens.access_token), 401)
})

test('D-08 no refresh moves the end of a grant, and nothing works after it', async () => {
  const tokens = await fresh()
  const end = (await grantOf(tokens))?.expires_at.getTime()
  let held = tokens
  for (let times = 0; times < 5; times += 1) {
    held = await next(client, held.refresh_token)
    assert.equal((await grantOf(tokens))?.expires_at.getTime(), end)
  }
  await sql.text(`update oauth_grants set expires_at = now(), idle_expires_at = now() + interval '1 day' where id = $1`, [
    (await grantOf(tokens))?.id,
  ])
  isRefused(await refresh(client, held.refresh_token), 400, 'invalid_grant')
  const idle = await fresh()
  await sql.text('update oauth_grants set idle_expires_at = now() where id = $1', [(await grantOf(idle))?.id])
  isRefused(await refresh(client, idle.refresh_token), 400, 'invalid_grant')
})

test('D-11 the database and the log hold no code, token, secret or cookie that could be presented', async () => {
  const who = await newPerson(url)
  const tokens = await fresh(client, who)
  const registered = await registerClient(url)
  const cookie = who.browser.cookies.get('cip_session') ?? ''
  assert.match(cookie, /^cip_bs_/)
  const secrets = [
    tokens.access_token,
    tokens.refresh_token,
    tokens.id_token,
    client.secret ?? '',
    registered.secret ?? '',
    registered.registrationToken,
    cookie,
  ]
  const tables = await sql.text<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'`,
  )
  let dump = own.logs()
  for (const { name } of tables)
    dump += (await sql.text<{ row: string }>(`select t::text as row from ${name} t`)).map(({ row }) => row).join('\n')
  assert.ok(dump.includes(who.account.username))
  for (const secret of secrets) {
    assert.ok(secret.length > 20)
    const raw = Buffer.from(secret.replace(/^cip_[a-z]+_/, ''), 'base64url').toString('hex')
    for (const form of [secret, raw, Buffer.from(secret).toString('hex')]) assert.equal(dump.includes(form), false, secret.slice(0, 12))
  }
})

test('D-12 a grant without offline_access ends with its session, one with it does not', async () => {
  const lasting = await operatorClient(own, { metadata: { refresh_without_offline_access: true } })
  const who = await newPerson(url)
  const bound = await tokensFor(url, lasting, { person: who })
  const kept = await fresh(lasting, who)
  assert.ok(bound.refresh_token)
  const page = await who.browser.follow('/oauth2/logout')
  await who.browser.submit(page, { decision: 'logout' })
  const [session] = await sql.text<{ ended_at: Date | null }>('select ended_at from sessions where id = $1', [
    claimsOf(bound.id_token)['sid'],
  ])
  assert.ok(session?.ended_at)
  isRefused(await refresh(lasting, bound.refresh_token), 400, 'invalid_grant')
  assert.equal(await status(bound.access_token), 401)
  await next(lasting, kept.refresh_token)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountApi, pairOf } from '../harness/account-api.ts'
import { administrator } from '../harness/admin.ts'
import { newPerson, postAs, tokensFor } from '../harness/oauth.ts'
import { operatorClient, startProvider } from '../harness/provider.ts'
import { receive } from '../harness/receiver.ts'

const provider = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.0/8' })
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const api = accountApi(url)
const receiver = await receive(200)

test('a hook before tokens that refuses spends no refresh token, and leaves no session without tokens', async () => {
  const person = await newPerson(url)
  const pair = pairOf(await api.token(person.account))
  const lasting = await operatorClient(provider, { metadata: { grant_types: ['authorization_code', 'refresh_token'] } })
  const tokens = await tokensFor(url, lasting, { person, parameters: { scope: 'openid offline_access' } })
  assert.ok(tokens.refresh_token)
  const refresh = () => postAs(`${url}/oauth2/token`, lasting, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token })
  const spent = async () =>
    sql.text(
      `select counter from grants where session_id in (select id from sessions s join identifiers i on i.user_id = s.user_id where i.written = $1)
       union all select counter from oauth_grants g join identifiers i on i.user_id = g.user_id where i.written = $1`,
      [person.account.username],
    )
  const before = await spent()
  const body = { before_token: { url: receiver.url, on_failure: 'refuse' } }
  const saved = await owner.call('PUT', 'settings/hooks', { body, headers: { 'if-match': '"0"' } })
  assert.equal(saved.status, 200, saved.text)
  receiver.text = JSON.stringify({ action: 'refuse', message: 'Not today.' })
  for (let time = 0; time < 3; time += 1) {
    assert.deepEqual((await refresh()).json, { error: 'invalid_grant', error_description: 'Not today.' })
    assert.equal((await api.refresh(pair.refresh_token)).status, 403)
  }
  assert.deepEqual(await spent(), before)
  const live = async () =>
    (
      await sql.text(`select 1 from sessions s join identifiers i on i.user_id = s.user_id where i.written = $1 and s.ended_at is null`, [
        person.account.username,
      ])
    ).length
  const sessions = await live()
  assert.equal((await api.token(person.account)).status, 403)
  assert.equal(await live(), sessions)
  receiver.text = JSON.stringify({ claims: { plan: 'gold' } })
  receiver.got.length = 0
  assert.equal((await refresh()).status, 200)
  pairOf(await api.refresh(pair.refresh_token))
  assert.equal(receiver.got.length, 2)
})

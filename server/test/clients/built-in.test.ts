import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClientAdmin } from '../../src/clients/clients.job.ts'
import { startTestDatabase } from '../harness/database.ts'
import { request } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const { url, platform, config } = await startTestPlatform(await (await startTestDatabase()).create())
const { base } = platform
const admin = createClientAdmin({
  ...{ db: base.db, tenantId: base.tenantId, sealingKey: config.key('client-secrets') },
  fetchJson: () => assert.fail('fetched'),
  ensureKey: async () => undefined,
})

const own = [
  { id: 'account-portal', path: 'account', scope: 'account' },
  { id: 'admin-console', path: 'console', scope: 'admin' },
] as const

for (const { id, path, scope } of own) {
  const authorize = (more: Readonly<Record<string, string>> = {}) =>
    request(
      `${url}/oauth2/authorize?${new URLSearchParams({
        ...{
          client_id: id,
          redirect_uri: `${config.publicUrl}/${path}/callback`,
          response_type: 'code',
          scope: `openid ${scope}`,
          state: 's',
        },
        ...{ code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256', ...more },
      })}`,
    )

  test(`${id} may ask for its scope, with PKCE alone and at its own address alone`, async () => {
    assert.match(String((await authorize()).headers['location']), /\/interaction\/sign-in\?/)
    assert.match(String((await authorize({ code_challenge_method: 'plain' })).headers['location']), /error=invalid_request/)
    assert.equal((await authorize({ redirect_uri: `${config.publicUrl}/${path}` })).headers['location'], undefined)
    assert.equal((await authorize({ redirect_uri: `https://evil.example/${path}/callback` })).headers['location'], undefined)
  })

  test(`an operator neither finds, changes, disables nor removes ${id}, and nobody takes its id`, async () => {
    assert.equal(await admin.find(id), undefined)
    assert.deepEqual(await admin.list({ after: '', limit: 10 }), [])
    assert.deepEqual(await admin.update({ id, metadata: { redirect_uris: ['https://evil.example/'] } }), { kind: 'gone' })
    assert.deepEqual(await admin.rotateSecret({ id, overlapSeconds: 0 }), { kind: 'gone' })
    assert.equal(await admin.setStatus(id, 'disabled'), false)
    assert.equal(await admin.remove(id), false)
    assert.equal((await admin.create({ id, isFirstParty: true, metadata: {} })).kind, 'invalid')
    assert.match(String((await authorize()).headers['location']), /\/interaction\/sign-in\?/)
  })

  test(`a row of its name says nothing about what ${id} may do`, async () => {
    const metadata = JSON.stringify({ redirect_uris: ['https://evil.example/'], response_types: ['code'] })
    await base.db.text("update clients set status = 'disabled', metadata = $2::jsonb where tenant_id = $1 and id = $3", [
      base.tenantId,
      metadata,
      id,
    ])
    assert.equal((await authorize({ redirect_uri: 'https://evil.example/' })).headers['location'], undefined)
    assert.match(String((await authorize()).headers['location']), /\/interaction\/sign-in\?/)
  })
}

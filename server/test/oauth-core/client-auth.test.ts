import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OAuthClient } from '../../src/oauth/core/client.ts'
import { authenticateClient } from '../../src/oauth/core/client-auth/authenticate-client.ts'
import { clientAuthMethodNames } from '../../src/oauth/core/client-auth/client-auth-methods.ts'
import type { ClientAuthPorts } from '../../src/oauth/core/client-auth/client-auth-ports.ts'
import { equalBytes, sha256 } from '../../src/platform/digest.ts'

const now = 1_700_000_000
const right = 'cip_cs_0123456789abcdef0123456789abcdef'
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const clientOf = (tokenEndpointAuthMethod: string, given: Partial<OAuthClient> = {}): OAuthClient => ({
  id: 'app',
  isEnabled: true,
  tokenEndpointAuthMethod,
  secrets: [{ hash: sha256(right), expiresAt: null }],
  ...given,
})

const never = async (): Promise<never> => assert.fail('nothing of an assertion is asked for here')

const work = { hashes: 0, comparisons: 0 }
const portsOf = (client: OAuthClient): ClientAuthPorts<OAuthClient> => ({
  findClient: async (id) => (id === client.id ? client : undefined),
  sha256: (text) => {
    work.hashes += 1
    return sha256(text)
  },
  equal: (left, other) => {
    work.comparisons += 1
    return equalBytes(left, other)
  },
  openSecret: () => assert.fail('no secret is opened here'),
  keysOf: never,
  spendAssertion: never,
  now,
  audiences: ['https://id.example.test'],
})

const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`, 'latin1').toString('base64')}`

type Given = { readonly authorization?: string; readonly body?: Readonly<Record<string, string>> }

const outcomeOf = async (client: OAuthClient, { authorization, body = {} }: Given) => {
  const verdict = await authenticateClient({ authorization, parameters: new Map(Object.entries(body)) }, portsOf(client))
  return verdict.kind === 'authenticated' ? verdict.method : verdict.error
}

test('takes each method of a secret, and of none, where it is the registered one', async () => {
  assert.equal(await outcomeOf(clientOf('client_secret_basic'), { authorization: basic('app', right) }), 'client_secret_basic')
  assert.equal(
    await outcomeOf(clientOf('client_secret_basic'), { authorization: basic('app', right), body: { client_id: 'app' } }),
    'client_secret_basic',
  )
  assert.equal(await outcomeOf(clientOf('client_secret_post'), { body: { client_id: 'app', client_secret: right } }), 'client_secret_post')
  assert.equal(await outcomeOf(clientOf('none'), { body: { client_id: 'app' } }), 'none')
})

test('refuses every method but the registered one', async () => {
  const presented: Readonly<Record<string, Given>> = {
    client_secret_basic: { authorization: basic('app', right) },
    client_secret_post: { body: { client_id: 'app', client_secret: right } },
    none: { body: { client_id: 'app' } },
  }
  for (const registered of [...clientAuthMethodNames, '', 'tls_client_auth'])
    for (const [method, given] of Object.entries(presented))
      if (method !== registered) assert.equal(await outcomeOf(clientOf(registered), given), 'invalid_client', `${method} for ${registered}`)
})

test('E-03 refuses a garbage assertion beside a right secret', async () => {
  for (const registered of clientAuthMethodNames)
    for (const given of [{ authorization: basic('app', right) }, { body: { client_id: 'app', client_secret: right } }]) {
      const body = { ...('body' in given ? given.body : {}), client_assertion: 'x.y.z', client_assertion_type: type }
      assert.equal(await outcomeOf(clientOf(registered), { ...given, body }), 'invalid_client')
    }
})

test('E-04 refuses a secret in the header and in the body, though both are right', async () => {
  for (const registered of ['client_secret_basic', 'client_secret_post'])
    for (const body of [{ client_secret: right }, { client_id: 'app', client_secret: right }, { client_secret: '' }])
      assert.equal(await outcomeOf(clientOf(registered), { authorization: basic('app', right), body }), 'invalid_request')
  const named = { authorization: basic('app', right), body: { client_id: 'other' } }
  assert.equal(await outcomeOf(clientOf('client_secret_basic'), named), 'invalid_request')
})

test('E-04 refuses Basic that is not exact, with a challenge due', async () => {
  const encoded = Buffer.from(`app:${right}`).toString('base64')
  const bare = encoded.replace(/=+$/, '')
  assert.notEqual(bare, encoded, 'the example has padding to leave out')
  const headers = [
    '',
    'Basic',
    'Basic ',
    `Basic  ${encoded}`,
    `Basic ${encoded} `,
    `Basic ${bare}`,
    `Basic ${encoded}=`,
    `Basic ${encoded}\n`,
    `Basic,${encoded}`,
    `Basic ${encoded.slice(0, 8)} ${encoded.slice(8)}`,
    `Basic ${encoded.slice(0, 8)}-${encoded.slice(9)}`,
    `Bearer ${encoded}`,
    'Bearer',
    encoded,
    `Basic ${bare.slice(0, -1)}${String.fromCharCode(bare.charCodeAt(bare.length - 1) + 1)}${encoded.slice(bare.length)}`,
    basic('', right),
    basic('app', '%'),
    basic('app', '%zz'),
    basic('app', '%ff'),
    basic('a\u00e4', right),
    basic('app', `${right}\u0000`),
    `Basic ${Buffer.from('app').toString('base64')}`,
    `Basic ${'A'.repeat(65_536)}`,
  ]
  for (const authorization of headers) {
    const verdict = await authenticateClient({ authorization, parameters: new Map() }, portsOf(clientOf('client_secret_basic')))
    assert.ok(verdict.kind === 'refused' && verdict.error === 'invalid_client' && verdict.usedBasic, authorization.slice(0, 80))
    assert.match(verdict.rule, /not exact HTTP Basic/, authorization.slice(0, 80))
  }
})

test('decodes both parts of Basic as a form does', async () => {
  const secret = 'a b+c%d:e&\u00e9'
  const form = (text: string) => encodeURIComponent(text).replaceAll('%20', '+')
  const client = clientOf('client_secret_basic', { id: 'https://app.test/x y', secrets: [{ hash: sha256(secret), expiresAt: null }] })
  assert.equal(await outcomeOf(client, { authorization: basic(form(client.id), form(secret)) }), 'client_secret_basic')
  assert.equal(await outcomeOf(client, { authorization: basic(form(client.id), secret.slice(0, 5)) }), 'invalid_client')
})

test('E-04 refuses the empty secret, even where the hash of the empty text is stored', async () => {
  const empty = { secrets: [{ hash: sha256(''), expiresAt: null }] }
  assert.equal(await outcomeOf(clientOf('client_secret_basic', empty), { authorization: basic('app', '') }), 'invalid_client')
  assert.equal(await outcomeOf(clientOf('client_secret_post', empty), { body: { client_id: 'app', client_secret: '' } }), 'invalid_client')
  assert.equal(
    await outcomeOf(clientOf('client_secret_post', { secrets: [] }), { body: { client_id: 'app', client_secret: right } }),
    'invalid_client',
  )
})

test('takes any live secret of several and none that has expired', async () => {
  const old = (expiresAt: number | null) => [
    { hash: sha256(right), expiresAt },
    { hash: sha256('other'), expiresAt: null },
  ]
  const given = { authorization: basic('app', right) }
  assert.equal(await outcomeOf(clientOf('client_secret_basic', { secrets: old(now + 1) }), given), 'client_secret_basic')
  for (const expiresAt of [now, now - 1, 0])
    assert.equal(await outcomeOf(clientOf('client_secret_basic', { secrets: old(expiresAt) }), given), 'invalid_client')
  for (const wrong of [right.slice(0, -1), `${right}x`, right.toUpperCase(), ` ${right}`, 'x'.repeat(5000)])
    assert.equal(await outcomeOf(clientOf('client_secret_post'), { body: { client_id: 'app', client_secret: wrong } }), 'invalid_client')
})

test('answers an unknown client, a disabled one and a wrong secret alike, with the same work', async () => {
  const answer = async (client: OAuthClient, id: string, secret: string) => {
    Object.assign(work, { hashes: 0, comparisons: 0 })
    const verdict = await authenticateClient({ authorization: basic(id, secret), parameters: new Map() }, portsOf(client))
    assert.ok(verdict.kind === 'refused')
    return { error: verdict.error, description: verdict.description, usedBasic: verdict.usedBasic, ...work }
  }
  const wrong = await answer(clientOf('client_secret_basic'), 'app', 'wrong')
  assert.deepEqual(wrong, {
    error: 'invalid_client',
    description: 'Client authentication failed.',
    usedBasic: true,
    hashes: 1,
    comparisons: 1,
  })
  assert.deepEqual(await answer(clientOf('client_secret_basic'), 'unknown', 'wrong'), wrong)
  assert.deepEqual(await answer(clientOf('client_secret_basic', { isEnabled: false }), 'app', right), wrong)
  assert.deepEqual(await answer(clientOf('client_secret_post'), 'app', right), wrong)
})

test('refuses a request that names no client and a public client that is disabled', async () => {
  assert.equal(await outcomeOf(clientOf('none'), {}), 'invalid_client')
  assert.equal(await outcomeOf(clientOf('none'), { body: { client_secret: right } }), 'invalid_client')
  assert.equal(await outcomeOf(clientOf('none', { isEnabled: false }), { body: { client_id: 'app' } }), 'invalid_client')
  assert.equal(await outcomeOf(clientOf('none'), { body: { client_id: 'x'.repeat(257) } }), 'invalid_client')
})

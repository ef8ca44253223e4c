import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { prepareDatabase } from '../../src/db/connect.ts'
import { sha256 } from '../../src/platform/digest.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment
let folder: string

type Shown = Readonly<Record<string, unknown>> & { readonly client_id: string; readonly client_secret?: string }

const create = (...args: readonly string[]): Promise<Shown> => cipJson<Shown>(['clients', 'create', ...args], { env })
const web = (id: string, ...args: readonly string[]): Promise<Shown> =>
  create('--template', 'web', '--id', id, '--redirect-uri', 'https://app.example/cb', ...args)
const show = (id: string): Promise<Shown> => cipJson<Shown>(['clients', 'show', id], { env })

const typesOf = async (id: string): Promise<string[]> =>
  (await database.sql.text<{ type: string }>('select type from events where client_id = $1 order by at, id', [id])).map(({ type }) => type)

const epochOf = async (): Promise<number> =>
  (await database.sql.text<{ version: number }>(`select version from cache_epochs where kind = 'clients'`))[0]?.version ?? 0

const secretsOf = (id: string) =>
  database.sql.text<{ hash: Buffer; sealed: Buffer | null; lasts: boolean; works: boolean }>(
    `select hash, sealed, expires_at is null as lasts, expires_at is null or expires_at > now() as works
     from client_secrets where client_id = $1 order by created_at, id`,
    [id],
  )

before(async () => {
  database = await (await startTestDatabase()).create()
  folder = await makeFolder()
  env = testEnvironment(folder, database.env)
  await prepareDatabase({ connection: database.connection, isPooled: false, waitSeconds: 5, say: () => undefined, withMigrations: true })
})

test('creates a web client with a secret that is shown once and stored as its hash', async () => {
  const made = await web('shop', '--name', 'Shop')
  assert.deepEqual(
    [made['client_name'], made['token_endpoint_auth_method'], made['redirect_uris']],
    ['Shop', 'client_secret_basic', ['https://app.example/cb']],
  )
  const [secret] = await secretsOf('shop')
  assert.deepEqual([secret?.hash, secret?.sealed], [sha256(made.client_secret ?? ''), null])
  assert.deepEqual(await typesOf('shop'), ['client.created'])
})

test('E-07 never shows a secret or a hash again', async () => {
  const { client_secret: secret = 'missing' } = await web('seen')
  for (const args of [['show', 'seen'], ['list'], ['update', 'seen', '--name', 'Seen'], ['disable', 'seen']]) {
    for (const flags of [[], ['--json']]) {
      const { stdout, stderr } = await cip(['clients', ...args, ...flags], { env })
      assert.equal(stdout.includes(secret), false, args.join(' '))
      assert.doesNotMatch(stdout + stderr, /client_secret"|"hash"|sealed/, args.join(' '))
    }
  }
})

test('creates public and machine clients by their templates', async () => {
  const spa = await create('--template', 'spa', '--redirect-uri', 'http://localhost:5173/cb')
  assert.deepEqual([spa['token_endpoint_auth_method'], spa.client_secret], ['none', undefined])
  const native = await create('--template', 'native', '--redirect-uri', 'com.example.app:/cb')
  assert.equal(native['application_type'], 'native')
  const machine = await create('--template', 'machine', '--scope', 'reports:read')
  assert.deepEqual([machine['grant_types'], machine['response_types']], [['client_credentials'], []])
  assert.match(machine.client_secret ?? '', /^cip_cs_/)
})

test('B-05 refuses bad redirect URIs and says what is wrong', async () => {
  for (const uri of ['javascript:alert(1)', 'http://app.example/cb', 'https://a@app.example/cb']) {
    const refused = await cip(['clients', 'create', '--template', 'web', '--redirect-uri', uri], { env })
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /redirect URI/)
  }
})

test('refuses a client without a redirect URI, a taken or an unusable id, and PKCE off for a public client', async () => {
  await web('taken')
  const bad: readonly (readonly string[])[] = [
    ['--template', 'web'],
    ['--template', 'web', '--id', 'taken', '--redirect-uri', 'https://app.example/cb'],
    ['--template', 'web', '--id', 'a b', '--redirect-uri', 'https://app.example/cb'],
    ['--template', 'web', '--id', 'account-api', '--redirect-uri', 'https://app.example/cb'],
    ['--template', 'spa', '--no-require-pkce', '--redirect-uri', 'https://app.example/cb'],
    ['--auth-method', 'private_key_jwt', '--redirect-uri', 'https://app.example/cb'],
  ]
  for (const args of bad) assert.equal((await cip(['clients', 'create', ...args], { env })).code, 1, args.join(' '))
  assert.deepEqual(await typesOf('taken'), ['client.created'])
})

test('refuses unknown clients in every command', async () => {
  for (const args of [['show'], ['update', '--name', 'x'], ['rotate-secret'], ['disable'], ['enable'], ['delete', '--yes']]) {
    const [verb = '', ...rest] = args
    const refused = await cip(['clients', verb, 'nobody', ...rest], { env })
    assert.equal(refused.code, 1, verb)
    assert.match(refused.stderr, /cip clients list/)
  }
})

test('updates what is named, leaves the rest, and tells the nodes', async () => {
  await web('changing', '--name', 'Before', '--post-logout-redirect-uri', 'https://app.example/bye')
  const epoch = await epochOf()
  const changed = await cipJson<Shown>(['clients', 'update', 'changing', '--name', 'After', '--first-party'], { env })
  assert.deepEqual(
    [changed['client_name'], changed['first_party'], changed['post_logout_redirect_uris']],
    ['After', true, ['https://app.example/bye']],
  )
  assert.deepEqual([changed.client_secret, (await secretsOf('changing')).length], [undefined, 1])
  assert.ok((await epochOf()) > epoch)
  assert.deepEqual(await typesOf('changing'), ['client.created', 'client.updated'])
  const refused = await cip(['clients', 'update', 'changing', '--redirect-uri', 'javascript:x'], { env })
  assert.equal(refused.code, 1)
  assert.deepEqual((await show('changing'))['redirect_uris'], ['https://app.example/cb'])
  assert.equal((await cip(['clients', 'update', 'changing'], { env })).code, 2)
})

test('E-05 ends the secrets of a client that turns public and gives a new one on the way back', async () => {
  const { client_secret: first } = await web('turning')
  await cipJson(['clients', 'update', 'turning', '--auth-method', 'none'], { env })
  assert.deepEqual(await secretsOf('turning'), [])
  const back = await cipJson<Shown>(['clients', 'update', 'turning', '--auth-method', 'client_secret_jwt'], { env })
  assert.notEqual(back.client_secret, first)
  const [secret] = await secretsOf('turning')
  assert.equal(secret?.sealed?.includes(back.client_secret ?? 'missing'), false)
  assert.deepEqual(await typesOf('turning'), ['client.created', 'client.updated', 'client.updated'])
})

test('rotates a secret with an overlap, and at once where none is wanted', async () => {
  await web('rotating')
  const second = await cipJson<Shown>(['clients', 'rotate-secret', 'rotating'], { env })
  assert.deepEqual(
    (await secretsOf('rotating')).map(({ lasts, works }) => [lasts, works]),
    [
      [false, true],
      [true, true],
    ],
  )
  const third = await cipJson<Shown>(['clients', 'rotate-secret', 'rotating', '--overlap', '0'], { env })
  assert.deepEqual(
    (await secretsOf('rotating')).map(({ works }) => works),
    [false, false, true],
  )
  assert.notEqual(second.client_secret, third.client_secret)
  await create('--template', 'spa', '--id', 'public', '--redirect-uri', 'https://app.example/cb')
  assert.match((await cip(['clients', 'rotate-secret', 'public'], { env })).stderr, /has no secret/)
})

test('disables, enables and deletes a client, each once, and deletes only what is confirmed', async () => {
  await web('ending')
  const change = async (verb: string, ...args: readonly string[]): Promise<unknown> =>
    (await cipJson<{ changed: boolean }>(['clients', verb, 'ending', ...args], { env })).changed
  assert.deepEqual(
    [await change('disable'), await change('disable'), await change('enable'), await change('enable')],
    [true, false, true, false],
  )
  assert.equal((await cip(['clients', 'delete', 'ending'], { env })).code, 2)
  assert.equal(await change('delete', '--yes'), true)
  assert.deepEqual(await secretsOf('ending'), [])
  assert.deepEqual(await typesOf('ending'), ['client.created', 'client.disabled', 'client.enabled', 'client.deleted'])
})

test('reads metadata from standard input and keys from a file', async () => {
  const key = {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  }
  const file = join(folder, 'jwks.json')
  await writeFile(file, JSON.stringify({ keys: [key] }))
  const args = ['clients', 'create', '--auth-method', 'private_key_jwt', '--jwks-file', file, '--metadata', '-']
  const input = JSON.stringify({ redirect_uris: ['https://app.example/cb'], 'client_name#de': 'Laden', default_max_age: 60 })
  const made = await cipJson<Shown>(args, { env, input })
  assert.deepEqual(
    [made['client_name#de'], made['default_max_age'], made['jwks'], made.client_secret],
    ['Laden', 60, { keys: [key] }, undefined],
  )
  for (const bad of ['{', '[]', '7']) assert.equal((await cip(args, { env, input: bad })).code, 1, bad)
})

test('pages through the list by client id', async () => {
  type Page = { clients: Shown[]; next: string | null }
  const first = await cipJson<Page>(['clients', 'list', '--limit', '2'], { env })
  const second = await cipJson<Page>(['clients', 'list', '--limit', '2', '--after', first.next ?? ''], { env })
  const ids = [...first.clients, ...second.clients].map(({ client_id }) => client_id)
  assert.equal(new Set(ids).size, 4)
})

test('makes the key that a client or an API asks for first', async () => {
  const countKeys = async () => (await database.sql.text(`select id from signing_keys where algorithm = 'PS256'`)).length
  assert.equal(await countKeys(), 0)
  const metadata = { redirect_uris: ['https://app.example/cb'], id_token_signed_response_alg: 'PS256' }
  await cipJson(['clients', 'create', '--metadata', '-'], { env, input: JSON.stringify(metadata) })
  assert.equal(await countKeys(), 1)
  await cipJson(['resources', 'create', 'https://ps.example', '--signing-algorithm', 'PS256'], { env })
  assert.equal(await countKeys(), 1)
})

test('registers, changes and deletes APIs, and refuses those that cannot be', async () => {
  const identifier = 'https://api.example'
  const made = await cipJson<Shown>(['resources', 'create', identifier, '--scope', 'read write', '--access-token-ttl', '5m'], { env })
  assert.deepEqual([made['scopes'], made['access_token_ttl_seconds'], made['token_format']], [['read', 'write'], 300, 'jwt'])
  const bad: readonly (readonly string[])[] = [
    ['create', identifier],
    ['create', 'api'],
    ['create', 'https://api.example/#f'],
    ['create', 'https://other.example', '--scope', 'openid'],
    ['create', 'https://other.example', '--access-token-ttl', '2d'],
    ['update', 'https://nobody.example', '--name', 'x'],
    ['show', 'https://nobody.example'],
    ['delete', 'https://nobody.example', '--yes'],
  ]
  for (const args of bad) assert.equal((await cip(['resources', ...args], { env })).code, 1, args.join(' '))
  const changed = await cipJson<Shown>(['resources', 'update', identifier, '--name', 'Orders'], { env })
  assert.deepEqual([changed['name'], changed['scopes']], ['Orders', ['read', 'write']])
  await cipJson(['resources', 'delete', identifier, '--yes'], { env })
  assert.equal((await cip(['resources', 'show', identifier], { env })).code, 1)
})

test('sets who may register, and keeps initial access tokens as hashes that are never listed', async () => {
  assert.equal((await cipJson<Shown>(['registration', 'show'], { env }))['mode'], 'open')
  const set = await cipJson<Shown>(['registration', 'set', '--mode', 'token', '--no-implicit'], { env })
  assert.deepEqual([set['mode'], set['allow_implicit']], ['token', false])
  assert.equal((await cip(['registration', 'set'], { env })).code, 2)
  assert.equal((await cip(['registration', 'set', '--mode', 'closed'], { env })).code, 2)
  const made = await cipJson<{ id: string; initial_access_token: string }>(
    ['registration', 'token', 'create', '--uses', '2', '--expires', '7d'],
    { env },
  )
  const [row] = await database.sql.text<{ hash: Buffer }>('select hash from initial_access_tokens where id = $1', [made.id])
  assert.deepEqual(row?.hash, sha256(made.initial_access_token))
  const listed = await cip(['registration', 'token', 'list', '--json'], { env })
  assert.match(listed.stdout, new RegExp(made.id))
  assert.doesNotMatch(listed.stdout, /hash|cip_it_/)
  await cipJson(['registration', 'token', 'delete', made.id], { env })
  for (const id of [made.id, 'x']) assert.equal((await cip(['registration', 'token', 'delete', id], { env })).code, 1)
})

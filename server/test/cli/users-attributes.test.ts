import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { grantViewStore } from '../../src/oauth/store/grant-views.store.ts'
import { readSetting } from '../../src/settings/settings.store.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { cip, cipJson, type Outcome } from './cip.ts'

type Shown = { id: string; email_verified: boolean; attributes: Record<string, unknown> }
type Event = { type: string; payload: Record<string, unknown> }

let database: FreshDatabase
let env: Environment
let folder: string
let tenantId: string
let count = 0

const create = (name: string, ...options: string[]): Promise<Outcome> =>
  cip(['users', 'create', '--username', name, '--email', `${name}@example.com`, '--password-stdin', ...options], {
    env,
    input: 'correct horse battery',
  })

const show = (name: string): Promise<Shown> => cipJson<Shown>(['users', 'show', name], { env })

const newUser = async (...options: string[]): Promise<Shown & { name: string }> => {
  count += 1
  const name = `person-${count}`
  const { code, stderr } = await create(name, ...options)
  assert.equal(code, 0, stderr)
  return { ...(await show(name)), name }
}

const eventsOf = (userId: string): Promise<Event[]> =>
  database.sql.text<Event>('select type, payload from events where user_id = $1 order by at, id', [userId])

const epoch = async (kind: string): Promise<number> =>
  (await database.sql.text<{ version: number }>('select version from cache_epochs where kind = $1', [kind]))[0]?.version ?? 0

const file = async (name: string, value: unknown): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

before(async () => {
  database = await (await startTestDatabase()).create()
  folder = await makeFolder()
  env = testEnvironment(folder, database.env)
  await cipJson(['users', 'list'], { env })
  tenantId = (await database.sql.text<{ tenant_id: string }>('select tenant_id from tenants'))[0]?.tenant_id ?? ''
})

test('creates a user with attributes and a verified address; tokens read what was given', async () => {
  const path = await file('create.json', { nickname: 'Al', given_name: 'Overridden' })
  const options = [
    '--email-verified',
    '--given-name',
    'Alice',
    '--locale',
    'de-CH',
    '--country',
    'DE',
    '--attribute',
    'name=Alice E.',
    '--attributes-file',
    path,
  ]
  const { id, attributes, email_verified: isVerified } = await newUser(...options)
  const expected = { given_name: 'Alice', locale: 'de-CH', nickname: 'Al', name: 'Alice E.', address: { country: 'DE' } }
  assert.deepEqual([attributes, isVerified], [expected, true])
  const person = await grantViewStore(database.sql).person(tenantId, id)
  assert.deepEqual({ ...person, ...expected }, person)
  assert.equal(person?.['email_verified'], true)
  const events = await eventsOf(id)
  assert.deepEqual(events.map(({ type }) => type).sort(), ['user.email_verified', 'user.registered', 'user.updated'])
  const updated = events.find(({ type }) => type === 'user.updated')
  assert.deepEqual(new Set(updated?.payload['attributes'] as string[]), new Set(Object.keys(expected)))
  assert.doesNotMatch(JSON.stringify(events), /Alice|de-CH/)
})

test('refuses to create with anything wrong, says all of it at once, and writes nothing', async () => {
  const refused = await create(
    'a b',
    '--locale',
    'en_US',
    '--birthdate',
    '1990-02-30',
    '--attribute',
    'role=admin',
    '--attribute',
    'email_verified=true',
  )
  assert.equal(refused.code, 1)
  for (const line of [/^username: /m, /^locale /m, /^birthdate /m, /^role /m, /^email_verified /m]) assert.match(refused.stderr, line)
  const half = await create('half-made', '--picture', 'javascript:alert(1)')
  assert.equal(half.code, 1)
  assert.match(half.stderr, /^picture /m)
  assert.equal((await cip(['users', 'show', 'half-made'], { env })).code, 1)
})

test('refuses a name that is taken, attributes or not, and says which', async () => {
  const { name } = await newUser()
  assert.match((await create(name, '--given-name', 'Bob')).stderr, /user name is taken/)
  assert.match((await create(name, '--locale', 'en_US')).stderr, /user name is taken.*\nlocale /)
})

test('of two creations of one name at a time one wins, and the other says that it is taken', async () => {
  const outcomes = await Promise.all([create('twins', '--given-name', 'A'), create('twins', '--given-name', 'B')])
  assert.deepEqual(outcomes.map(({ code }) => code).sort(), [0, 1])
  assert.match(outcomes.map(({ stderr }) => stderr).join(''), /is taken/)
})

test('changes attributes with their event and tells the nodes; the same again changes nothing', async () => {
  const { id, name } = await newUser('--nickname', 'Al', '--country', 'DE')
  const before = await epoch('users')
  const args = ['users', 'set', name, '--given-name', 'Alice', '--locality', 'Town', '--unset', 'nickname', '--email-verified']
  const { changed } = await cipJson<{ changed: string[] }>(args, { env })
  assert.deepEqual(new Set(changed), new Set(['given_name', 'address', 'nickname', 'email_verified']))
  const shown = await show(name)
  assert.deepEqual([shown.attributes, shown.email_verified], [{ given_name: 'Alice', address: { country: 'DE', locality: 'Town' } }, true])
  assert.equal(await epoch('users'), before + 1)
  const last = (await eventsOf(id)).slice(-2)
  assert.deepEqual(last.map(({ type }) => type).sort(), ['user.email_verified', 'user.updated'])
  const again = ['users', 'set', name, '--given-name', 'Alice', '--email-verified']
  assert.deepEqual((await cipJson<{ changed: string[] }>(again, { env })).changed, [])
  assert.deepEqual([(await eventsOf(id)).slice(-2), await epoch('users')], [last, before + 1])
  await cipJson(['users', 'set', name, '--no-email-verified'], { env })
  assert.equal((await show(name)).email_verified, false)
  assert.match((await cip(['users', 'show', name], { env })).stdout, /^address\.country +DE\n.*\ngiven_name +Alice$/m)
})

test('refuses a change with anything wrong, and leaves the user as it was', async () => {
  const { id, name, attributes } = await newUser('--given-name', 'Alice')
  const refused = await cip(
    ['users', 'set', name, '--given-name', 'Bob', '--zoneinfo', 'Nowhere/Else', '--unset', 'nickname', '--email-verified'],
    { env },
  )
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /^nickname .*\nzoneinfo /m)
  const shown = await show(name)
  assert.deepEqual([shown.attributes, shown.email_verified], [attributes, false])
  assert.equal((await eventsOf(id)).length, 2)
})

test('refuses a command line that gives nothing, gives a thing twice, or names an unusable file', async () => {
  const { name } = await newUser()
  const lists = await file('list.json', [1])
  const lines: [readonly string[], number][] = [
    [[], 2],
    [['--name', 'A', '--attribute', 'name=B'], 2],
    [['--attribute', 'a=1', '--attribute', 'a=2'], 2],
    [['--attribute', '=1'], 2],
    [['--attribute', 'name'], 2],
    [['--name', 'A', '--unset', 'name'], 2],
    [['--attributes-file', join(folder, 'absent.json')], 1],
    [['--attributes-file', lists], 1],
  ]
  for (const [options, code] of lines) assert.equal((await cip(['users', 'set', name, ...options], { env })).code, code, options.join(' '))
  assert.deepEqual((await show(name)).attributes, {})
})

test('takes a schema of the tenant, and refuses one that is no schema', async () => {
  for (const bad of ['{', { type: 'object', properties: { a: { type: 'strnig' } } }, { type: 'object', properties: { email: {} } }]) {
    const refused = await cip(['attributes', 'schema', 'set', await file('bad.json', bad)], { env })
    assert.equal(refused.code, 1)
  }
  assert.equal(await readSetting(tenantId, database.sql, 'attribute-schema'), undefined)
  const standard = await cipJson<{ properties: object }>(['attributes', 'schema', 'show'], { env })
  const properties = { ...standard.properties, department: { type: 'string' }, badges: { type: 'array', items: { type: 'string' } } }
  const path = await file('schema.json', { ...standard, properties })
  const before = await epoch('settings')
  await cipJson(['attributes', 'schema', 'set', path], { env })
  assert.equal(await epoch('settings'), before + 1)
  const [event] = await database.sql.text<Event>(`select payload from events where type = 'setting.saved' order by at desc limit 1`)
  assert.deepEqual(event?.payload, { key: 'attribute-schema', version: 1, via: 'cli', approval: null })
  const { name, attributes } = await newUser('--attribute', 'department=Sales', '--attribute', 'badges=["gold"]')
  assert.deepEqual(attributes, { department: 'Sales', badges: ['gold'] })
  const refused = await cip(['users', 'set', name, '--attribute', 'department=7', '--attribute', 'departement=x'], { env })
  for (const line of [/^department must be text/m, /^departement is not in the attribute schema/m]) assert.match(refused.stderr, line)
})

test('maps attributes to claims, one mapping for each claim', async () => {
  const set = (claim: string, attribute: string, scope: string) =>
    cip(['claims', 'set', claim, '--attribute', attribute, '--scope', scope], { env })
  assert.equal((await set('department', 'department', 'profile')).code, 0)
  assert.equal((await set('https://example.com/unit', 'department', 'unit')).code, 0)
  assert.equal((await set('department', 'department', 'work')).code, 0)
  const expected = [
    { claim: 'https://example.com/unit', attribute: 'department', scope: 'unit' },
    { claim: 'department', attribute: 'department', scope: 'work' },
  ]
  assert.deepEqual((await cipJson<{ claims: unknown }>(['claims', 'list'], { env })).claims, expected)
  assert.deepEqual(await readSetting(tenantId, database.sql, 'claims'), expected)
  await cipJson(['claims', 'remove', 'department'], { env })
  assert.equal((await cip(['claims', 'remove', 'department'], { env })).code, 1)
  assert.match((await set('shoe', 'shoe-size', 'profile')).stderr, /does not name "shoe-size"/)
  assert.deepEqual(
    (await cipJson<{ claims: { claim: string }[] }>(['claims', 'list'], { env })).claims.map(({ claim }) => claim),
    ['https://example.com/unit', 'shoe'],
  )
})

test('refuses to map onto a claim of the protocol, a standard claim, or what is no name', async () => {
  const before = await readSetting(tenantId, database.sql, 'claims')
  const bad = [
    ...['sub', 'aud', 'cnf', 'act', 'acr', 'email', 'email_verified', 'preferred_username', 'a b', '', 'constructor'].map((claim) => [
      claim,
      'x',
      'profile',
    ]),
    ['fine', 'toString', 'profile'],
    ['fine', 'x', 'two scopes'],
    ['fine', 'x', ''],
    ['fine', 'x', 'quo"te'],
  ]
  for (const [claim = '', attribute = '', scope = ''] of bad)
    assert.equal(
      (await cip(['claims', 'set', claim, '--attribute', attribute, '--scope', scope], { env })).code,
      1,
      `${claim} ${attribute} ${scope}`,
    )
  assert.deepEqual(await readSetting(tenantId, database.sql, 'claims'), before)
})

test('loses none of the mappings that are set at a time', async () => {
  const names = ['at-once-1', 'at-once-2', 'at-once-3']
  await Promise.all(names.map((claim) => cipJson(['claims', 'set', claim, '--attribute', 'name', '--scope', 'profile'], { env })))
  const { claims } = await cipJson<{ claims: { claim: string }[] }>(['claims', 'list'], { env })
  assert.deepEqual(
    names.filter((name) => !claims.some(({ claim }) => claim === name)),
    [],
  )
})

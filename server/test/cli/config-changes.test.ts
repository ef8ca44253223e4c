import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, describe, test } from 'node:test'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment
let folder: string

const hook = 'https://hooks.example.com/identity'
const api = 'https://api.example.com'
const start = {
  version: 1,
  roles: { team: { name: 'Team', permissions: ['users:read'] }, unheld: { name: 'Unheld', permissions: [] } },
  resources: { [api]: { name: 'Orders', scopes: ['orders:read'] } },
  clients: {
    shop: { metadata: { client_name: 'Shop', redirect_uris: ['https://shop.example/callback'] } },
    closed: { disabled: true, metadata: { redirect_uris: ['https://closed.example/callback'] } },
    deploy: { roles: ['team'], metadata: { grant_types: ['client_credentials'], response_types: [], scope: 'admin' } },
  },
  groups: { 'Night shift': { roles: ['team'] }, 'Day shift': {} },
  mail_templates: { 'reset-password': { en: { subject: 'Another password' } } },
  webhooks: { [hook]: { event_types: ['user.*'] } },
  settings: {
    branding: { name: 'Acme' },
    claims: { claims: [{ claim: 'team', attribute: 'team', scope: 'profile' }] },
    hooks: { after_sign_in: { url: 'https://hooks.example.com/after', on_failure: 'allow' } },
  },
}

type Version = { version: number; changes: { section: string; key: string; kind: string }[]; via: string; approval: string | null }

const file = async (name: string, content: object): Promise<string> => {
  await writeFile(join(folder, name), JSON.stringify(content))
  return join(folder, name)
}
const json = (...args: readonly string[]) => cipJson<Record<string, unknown>>(args, { env })
const exported = () => json('config', 'export')
const newest = async (): Promise<Version | undefined> =>
  (await database.sql.text<Version>('select version, changes, via, approval from config_versions order by version desc limit 1'))[0]
const eventCount = async (): Promise<number> => (await database.sql.text('select 1 from events')).length
const toldBy = ({ changes }: Version): string => changes.map(({ kind, section, key }) => `${kind} ${section} ${key}`).join(', ')
const groupId = async (name: string): Promise<string> =>
  (await database.sql.text<{ id: string }>('select id from groups where name = $1', [name]))[0]?.id ?? 'nowhere'
const webhookId = async (): Promise<string> => (await database.sql.text<{ id: string }>('select id from webhooks'))[0]?.id ?? 'nowhere'

before(async () => {
  database = await (await startTestDatabase()).create()
  folder = await makeFolder()
  env = testEnvironment(await makeFolder(), database.env)
  await json('config', 'apply', await file('start.json', start), '--yes')
})

type Step = readonly [told: string, ...args: readonly string[]]

/** Every command that changes one thing of the configuration, with what the history calls it. */
const steps = async (): Promise<readonly Step[]> => {
  const [night, day, webhook] = [await groupId('Night shift'), await groupId('Day shift'), await webhookId()]
  const schema = await file('schema.json', { type: 'object', properties: { team: { type: 'string' } } })
  const signed = await file('signed.json', { redirect_uris: ['https://new.example/callback'], id_token_signed_response_alg: 'PS256' })
  return [
    ['create roles people', 'roles', 'create', 'people', '--permission', 'users:read'],
    ['change roles team', 'roles', 'set', 'team', '--permission', 'groups:read'],
    ['delete roles unheld', 'roles', 'delete', 'unheld'],
    ['change groups Day shift', 'roles', 'give', 'team', '--group', day],
    ['change groups Night shift', 'roles', 'take', 'team', '--group', night],
    ['change clients shop', 'roles', 'give', 'team', '--client', 'shop'],
    ['change clients deploy', 'roles', 'take', 'team', '--client', 'deploy'],
    ['create clients new', 'clients', 'create', '--id', 'new', '--metadata', signed],
    ['change clients shop', 'clients', 'update', 'shop', '--name', 'Store'],
    ['change clients closed', 'clients', 'enable', 'closed'],
    ['delete clients shop', 'clients', 'delete', 'shop', '--yes'],
    ['create resources https://b.example', 'resources', 'create', 'https://b.example', '--signing-algorithm', 'EdDSA'],
    [`change resources ${api}`, 'resources', 'update', api, '--name', 'Sales'],
    [`delete resources ${api}`, 'resources', 'delete', api, '--yes'],
    [`create webhooks ${hook}/2`, 'webhooks', 'create', `${hook}/2`, '--event', '*'],
    [`change webhooks ${hook}`, 'webhooks', 'disable', webhook],
    [`delete webhooks ${hook}`, 'webhooks', 'delete', webhook, '--yes'],
    ['create mail_templates sign-in-code', 'mail', 'template', 'set', 'sign-in-code', '--subject', '{code} it is'],
    ['delete mail_templates reset-password', 'mail', 'template', 'reset', 'reset-password'],
    ['change settings branding', 'branding', 'set', '--accent', '#1f4fd8'],
    ['change settings branding', 'branding', 'reset'],
    ['change settings sign-in', 'sign-in', 'set', '--sign-up', 'closed'],
    ['change settings claims', 'claims', 'set', 'roles', '--access', 'roles', '--scope', 'roles'],
    ['change settings claims', 'claims', 'remove', 'team'],
    ['change settings attributes', 'attributes', 'schema', 'set', schema],
    ['change settings hooks', 'hooks', 'set', 'before_token', 'https://hooks.example.com/token', '--on-failure', 'allow'],
    ['change settings hooks', 'hooks', 'remove', 'after_sign_in'],
    ['change settings registration', 'registration', 'set', '--mode', 'off'],
  ]
}

/** What cannot be done, with why. */
const refusals = async (): Promise<readonly (readonly [words: RegExp, ...args: readonly string[]])[]> => {
  const nobody = '019a0000-0000-7000-8000-000000000000'
  return [
    [/is there already/, 'roles', 'create', 'team', '--permission', 'users:read'],
    [/no permission/, 'roles', 'set', 'team', '--permission', 'users:everything'],
    [/is held by somebody/, 'roles', 'delete', 'team'],
    [/is not there/, 'roles', 'give', 'team', '--client', 'nobody'],
    [/is not there/, 'roles', 'give', 'nothing', '--group', await groupId('Night shift')],
    [/already/, 'clients', 'create', '--id', 'shop', '--template', 'web', '--redirect-uri', 'https://shop.example/callback'],
    [/redirect URI/, 'clients', 'update', 'shop', '--redirect-uri', 'javascript:x'],
    [/clients list/, 'clients', 'delete', 'nobody', '--yes'],
    [/already/, 'resources', 'create', api],
    [/no API/, 'resources', 'update', 'https://nowhere.example', '--name', 'x'],
    [/no such webhook/, 'webhooks', 'enable', nobody],
    [/no claim/, 'claims', 'remove', 'nothing'],
    [/before_token: /, 'hooks', 'set', 'before_token', 'http://169.254.169.254/', '--on-failure', 'allow'],
    [/\S/, 'sign-in', 'set', '--deny', 'password', 'passkey', 'email-code', 'sms-code'],
  ]
}

const refuses = async (args: readonly string[], words: RegExp): Promise<void> => {
  const { code, stderr } = await cip(args, { env })
  assert.equal(code, 1, args.join(' '))
  assert.match(stderr, words, args.join(' '))
  assert.doesNotMatch(stderr, /Unexpected error/, args.join(' '))
}

/** What is left of a change: its version, its event, and what the configuration is. */
const leavesNoTrace = async (...works: readonly (() => Promise<void>)[]): Promise<void> => {
  const traces = async () => [await newest(), await eventCount()]
  const [former, whole] = [await traces(), await exported()]
  for (const work of works) {
    await work()
    assert.deepEqual(await traces(), former)
  }
  assert.deepEqual(await exported(), whole)
}

describe('a command that changes one thing of the configuration', () => {
  test('makes a version of its own, which is taken back', async () => {
    const all = await steps()
    const kept: (readonly [version: number, whole: unknown])[] = []
    for (const [at, [told, ...args]] of all.entries()) {
      const former = (await newest())?.version ?? 0
      if (at % 10 === 0) kept.push([former, await exported()])
      await json(...args)
      const made = await newest()
      assert.deepEqual([made && toldBy(made), made?.version, made?.via, made?.approval], [told, former + 1, 'cli', null], args.join(' '))
    }
    for (const [version, whole] of kept.reverse()) {
      await json('config', 'revert', String(version), '--yes')
      assert.deepEqual(await exported(), whole)
    }
    assert.equal((await database.sql.text(`select 1 from events where type = 'config.applied'`)).length, 1 + kept.length)
  })

  test('leaves neither version nor event where it fails, or has nothing to do', async () => {
    await leavesNoTrace(
      ...(await refusals()).map(
        ([words, ...args]) =>
          () =>
            refuses(args, words),
      ),
    )
    await leavesNoTrace(async () => {
      assert.equal((await json('clients', 'enable', 'shop'))['changed'], false)
      assert.equal((await json('roles', 'give', 'team', '--client', 'deploy'))['changed'], false)
    })
  })

  test('is no version where an application registered by itself, or a person is given a role', async () => {
    const alice = ['users', 'create', '--username', 'alice', '--email', 'alice@example.com', '--password-stdin']
    await cipJson<unknown>(alice, { env, input: 'correct horse' })
    await json('clients', 'create', '--id', 'guest', '--template', 'web', '--redirect-uri', 'https://guest.example/callback')
    await database.sql.text(`update clients set created_via = 'registration' where id = 'guest'`)
    const former = await newest()
    await json('clients', 'disable', 'guest')
    await json('roles', 'give', 'team', '--user', 'alice')
    await json('clients', 'rotate-secret', 'shop')
    assert.deepEqual(await newest(), former)
  })
})

describe('where the tenant asks for two persons, such a command', () => {
  before(() =>
    file('two.json', { version: 1, settings: { approval: { two_persons: true } } }).then((path) => json('config', 'apply', path, '--yes')),
  )

  test('is refused, and names the way past it', async () => {
    await leavesNoTrace(
      ...(await steps()).map(
        ([, ...args]) =>
          () =>
            refuses(args, /second person[\s\S]*--without-approval/),
      ),
    )
  })

  test('says what is wrong with a change that could not be made anyway', async () => {
    await leavesNoTrace(
      ...(await refusals()).map(
        ([words, ...args]) =>
          () =>
            refuses(args, words),
      ),
    )
  })

  test('shuts an application at once, and gives people roles', async () => {
    const former = (await newest())?.version ?? 0
    await json('clients', 'disable', 'shop')
    const shut = await newest()
    assert.deepEqual([shut && toldBy(shut), shut?.version, shut?.approval], ['change clients shop', former + 1, null])
    await leavesNoTrace(() => refuses(['clients', 'enable', 'shop'], /second person/))
    assert.equal((await json('roles', 'take', 'team', '--user', 'alice'))['changed'], true)
  })

  test('goes past it where that is said, which is recorded', async () => {
    for (const args of [
      ['roles', 'create', 'waived', '--permission', 'users:read'],
      ['branding', 'set', '--name', 'Waived'],
    ]) {
      await json('--without-approval', ...args)
      const version = await newest()
      assert.equal(version?.approval, 'waived')
      const [event] = await database.sql.text<{ payload: { version: number; via: string; approval: string } }>(
        `select payload from events where type = 'config.applied' order by at desc, id desc limit 1`,
      )
      const { version: number, via, approval } = event?.payload ?? {}
      assert.deepEqual([number, via, approval], [version?.version, 'cli', 'waived'], args.join(' '))
    }
  })
})

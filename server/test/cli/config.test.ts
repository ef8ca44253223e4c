import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { readConfigFile } from '../../src/cli/config-file.ts'
import { record } from '../../src/events/events.job.ts'
import { changeSetting } from '../../src/settings/settings.job.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment
let folder: string
let platform: Awaited<ReturnType<typeof startTestPlatform>>

before(async () => {
  database = await (await startTestDatabase()).create()
  folder = await makeFolder()
  env = testEnvironment(await makeFolder(), database.env)
  platform = await startTestPlatform(database)
})

const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}
const refuses = async (args: readonly string[], ...words: readonly RegExp[]): Promise<void> => {
  const { code, stderr } = await cip(args, { env })
  assert.notEqual(code, 0, args.join(' '))
  for (const one of words) assert.match(stderr, one)
}

const tenant = `version: 1
roles:
  people-team: { name: People team, permissions: [users:read] }
clients:
  shop:
    metadata:
      client_name: Shop
      redirect_uris: [https://shop.example/callback]
`

test('plans, applies, exports and finds nothing left to do; a version is shown and gone back to', async () => {
  const path = await file('tenant.yaml', tenant)
  const plan = await cip(['config', 'plan', path], { env })
  assert.match(plan.stdout, /^\+ roles people-team\n {4}\+ description: ""\n/)
  assert.match(plan.stdout, /\+ metadata\.client_name: "Shop"\n[\s\S]*2 to make, 0 to change, 0 to delete\.\nPlan [0-9a-f]{64}\n$/)
  const hash = /Plan ([0-9a-f]{64})/.exec(plan.stdout)?.[1] ?? ''
  const applied = await cip(['config', 'apply', path, '--plan', hash], { env })
  assert.match(applied.stdout, /Applied as version 1\.\nSecret of clients shop: cip_cs_/)
  const exported = await file('exported.yaml', (await cip(['config', 'export'], { env })).stdout)
  assert.match((await cip(['config', 'diff', exported], { env })).stdout, /^Nothing differs\.\n$/)
  const other = await file('other.json', JSON.stringify({ version: 1, clients: { shop: null } }))
  await cipJson<unknown>(['config', 'apply', other, '--yes'], { env })
  await cipJson<unknown>(['config', 'revert', '1', '--yes'], { env })
  const [now, then] = await Promise.all([cipJson(['config', 'export'], { env }), cipJson(['config', 'show', '1'], { env })])
  assert.deepEqual(now, then)
})

test('a file that does not fit is told with line and column, without a database', async () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    [tenant.replace('users:read', 'users:everything'), /wrong\.yaml:3:\d+: roles › people-team › permissions › 0: Should be/],
    [tenant.replace('client_name', 'secret'), /wrong\.yaml:7:7: clients › shop › metadata › secret: No client metadata/],
    [tenant.replace('clients:', 'people:'), /wrong\.yaml:4:1: people: There is no section/],
    [tenant.replace('version: 1', 'version: 2'), /wrong\.yaml:1:1: version: The version of the format must be 1/],
    [`${tenant}  shop: {}\n`, /wrong\.yaml:9:3: Map keys must be unique/],
    [tenant.replace('Shop', '!!js/function x'), /wrong\.yaml:7:\d+: Unresolved tag/],
    ['a: [', /wrong\.yaml:1:\d+: /],
    [
      `version: 1\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((one, at) => `${one}: &${one} [${Array(9).fill(`*${'abcdefgh'[at]}`)}]`)
        .join('\n')}`,
      /alias/i,
    ],
  ]
  for (const [index, [text, words]] of wrong.entries()) {
    const path = await file(`${index}-wrong.yaml`, text)
    await assert.rejects(readConfigFile(path), (error: Error) => words.test(error.message) && !/postgres/.test(error.message), text)
  }
  const { document } = await readConfigFile(await file('right.yaml', tenant))
  assert.deepEqual(Object.keys(document), ['roles', 'clients'])
  await assert.rejects(readConfigFile(join(folder, 'nowhere.yaml')), /cannot be read \(ENOENT\)/)
})

test('what the server refuses is told at its place too', async () => {
  const path = await file('refused.yaml', `${tenant}groups:\n  Night: { roles: [nothing] }\n`)
  await refuses(
    ['config', 'apply', path, '--yes'],
    /refused\.yaml:10:\d+: groups › Night › roles: There is no role nothing/,
    /Nothing was changed/,
  )
})

test('goes past the second person that the tenant asks for only where that is said, and it is recorded', async () => {
  const { db, tenantId } = platform.platform.base
  await changeSetting({ db, tenantId, record }, { key: 'approval', change: () => ({ twoPersons: true }) })
  const back = await file('back.yaml', 'version: 1\nsettings:\n  approval: null\n')
  await Promise.all([
    refuses(['config', 'apply', back, '--yes'], /second person/, /--without-approval/),
    refuses(['branding', 'set', '--name', 'Other'], /second person/),
    refuses(['registration', 'set', '--mode', 'off'], /second person/),
  ])
  await cipJson<unknown>(['config', 'apply', back, '--yes', '--without-approval'], { env })
  const [event] = await db.text<{ payload: unknown }>(
    `select payload from events where type = 'config.applied' order by at desc, id desc limit 1`,
  )
  assert.deepEqual(event?.payload, { version: 4, created: 0, changed: 1, deleted: 0, via: 'cli', approval: 'waived' })
})

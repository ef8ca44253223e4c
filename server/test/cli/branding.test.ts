import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { prepareDatabase } from '../../src/db/connect.ts'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment
let folder: string

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

type Saved = Readonly<Record<string, unknown>>
const branding = (...args: readonly string[]): Promise<Saved> => cipJson<Saved>(['branding', ...args], { env })
const file = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

before(async () => {
  database = await (await startTestDatabase()).create()
  folder = await makeFolder()
  env = testEnvironment(folder, database.env)
  await prepareDatabase({ connection: database.connection, isPooled: false, waitSeconds: 5, say: () => undefined, withMigrations: true })
})

test('a look is saved part by part, shown, and reset part by part, each time with its event', async () => {
  assert.deepEqual(await branding('show'), {})
  const first = await branding(
    'set',
    '--name',
    'Acme',
    '--accent',
    '#1F4FD8',
    '--accent-dark',
    '#8aa4f0',
    '--logo',
    await file('logo.png', Buffer.from(png, 'base64')),
  )
  assert.deepEqual(first['accent'], { light: '#1f4fd8', dark: '#8aa4f0' })
  assert.equal((first['logo'] as Saved)['mediaType'], 'image/png')
  const css = await file('pages.css', '.card {\n  padding: 3rem;\n}\n')
  const second = await branding('set', '--background', '#f2f4f8', '--css', css)
  assert.deepEqual(
    [second['name'], second['background'], second['customCss']],
    ['Acme', { light: '#f2f4f8', dark: '#f2f4f8' }, '.card{padding:3rem}'],
  )
  assert.deepEqual(await branding('show'), second)
  const third = await branding('reset', 'logo', 'css', 'accent')
  assert.deepEqual(Object.keys(third).sort(), ['background', 'name'])
  assert.deepEqual(await branding('reset'), {})
  const events = await database.sql.text<{ version: number }>(
    `select payload->'version' as version from events where type = 'setting.saved' and payload->>'key' = 'branding' order by at, id`,
  )
  assert.deepEqual(
    events.map(({ version }) => version),
    [1, 2, 3, 4],
  )
})

test('prints an address where a draft can be looked at, and saves nothing', async () => {
  const before = await branding('show')
  const { url } = await branding('preview', '--accent', '#9b2c5e', '--page', 'consent')
  assert.match(String(url), /^http:\/\/127\.0\.0\.1:\d+\/interaction\/preview\?page=consent&draft=[\w-]+$/)
  assert.deepEqual(await branding('show'), before)
})

test('refuses what cannot be read or used, with a sentence, and saves nothing', async () => {
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['set', '--accent', '#ffee00'], 1, /The accent #ffee00 has a contrast of 1\.2:1 to the white card/],
    [['set', '--accent', 'red'], 1, /Write it as #rrggbb/],
    [['set', '--accent-dark', '#8aa4f0'], 2, /--accent-dark goes with --accent/],
    [['set', '--radius', 'huge'], 2, /none, small, medium, large/],
    [['set', '--terms-url', 'javascript:alert(1)'], 1, /terms of service must be an http or https URL/],
    [['set', '--logo', await file('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')], 1, /must be a PNG, JPEG or WebP/],
    [['set', '--logo', join(folder, 'nowhere.png')], 1, /cannot be read \(ENOENT\)/],
    [['set', '--css', await file('wrong.css', '\n.card { position: fixed }')], 1, /refused\.\nLine 2: The property position/],
    [['set'], 2, /Nothing was asked to be changed/],
    [['preview'], 2, /Nothing was asked to be changed/],
    [['reset', 'everything'], 2, /Allowed choices are name/],
  ]
  const before = await branding('show')
  for (const [args, code, sentence] of cases) {
    const outcome = await cip(['branding', ...args], { env })
    assert.equal(outcome.code, code, `${args.join(' ')}: ${outcome.stderr}`)
    assert.match(outcome.stderr, sentence)
  }
  assert.deepEqual(await branding('show'), before)
})

test('tells people what the look is and where to see it', async () => {
  const { stdout } = await cip(['branding', 'show'], { env })
  assert.match(stdout, /^name +none$/m)
  assert.match(stdout, /^accent +that of the product$/m)
  assert.match(stdout, /^See it at http:\/\/127\.0\.0\.1:\d+\/interaction\/preview\?page=sign-in$/m)
})

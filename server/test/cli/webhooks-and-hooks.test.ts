import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type FreshDatabase, startTestDatabase } from '../harness/database.ts'
import { type Environment, testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { receive } from '../harness/receiver.ts'
import { cip, cipJson } from './cip.ts'

let database: FreshDatabase
let env: Environment

before(async () => {
  database = await (await startTestDatabase()).create()
  env = testEnvironment(await makeFolder(), { ...database.env, CIP_OUTBOUND_ALLOW: '127.0.0.0/8' })
})

const refuses = async (args: readonly string[], words: RegExp): Promise<void> => {
  const { code, stderr } = await cip(args, { env })
  assert.notEqual(code, 0, args.join(' '))
  assert.match(stderr, words)
}
const typesOf = async (like: string): Promise<string[]> =>
  (await database.sql.text<{ type: string }>('select type from events where type like $1 order by at, id', [like])).map(({ type }) => type)

test('webhooks are made, shut, tested, sent again and deleted, each with its event', async () => {
  type Made = { id: string; secret?: string; enabled: boolean; event_types: string[] }
  const made = await cipJson<Made>(['webhooks', 'create', 'http://127.0.0.1:1/hook', '--event', 'user.*', '--event', 'webhook.tested'], {
    env,
  })
  assert.match(made.secret ?? '', /^whsec_/)
  assert.deepEqual([made.enabled, made.event_types], [true, ['user.*', 'webhook.tested']])
  const other = '019a0000-0000-7000-8000-000000000000'
  await Promise.all([
    refuses(['webhooks', 'create', 'http://169.254.169.254/', '--event', '*'], /169\.254\.169\.254|private|public|https/),
    refuses(['webhooks', 'disable', other], /no such webhook/),
  ])
  assert.equal((await cipJson<Made>(['webhooks', 'disable', made.id], { env })).enabled, false)
  await cipJson<unknown>(['webhooks', 'test', made.id], { env })
  assert.deepEqual(await cipJson<unknown>(['webhooks', 'replay', made.id], { env }), { deliveries: 0 })
  const { webhooks } = await cipJson<{ webhooks: Made[] }>(['webhooks', 'list'], { env })
  assert.deepEqual(
    webhooks.map(({ id, secret }) => [id, secret]),
    [[made.id, undefined]],
  )
  await cipJson<unknown>(['webhooks', 'delete', made.id, '--yes'], { env })
  assert.deepEqual(await typesOf('webhook.%'), ['webhook.created', 'webhook.changed', 'webhook.tested', 'webhook.deleted'])
})

test('hooks are set, tested and removed, and their secret is told with an event', async () => {
  const receiver = await receive(200)
  receiver.text = '{"action":"refuse","message":"No."}'
  await Promise.all([
    refuses(['hooks', 'set', 'before_token', receiver.url], /on-failure/),
    refuses(['hooks', 'set', 'before_token', 'http://169.254.169.254/', '--on-failure', 'allow'], /before_token: /),
  ])
  const set = await cipJson<unknown>(['hooks', 'set', 'before_token', receiver.url, '--on-failure', 'refuse', '--timeout', '500'], { env })
  assert.deepEqual(set, { before_token: { url: receiver.url, enabled: true, timeout_ms: 500, on_failure: 'refuse', secret_version: 1 } })
  assert.deepEqual(await cipJson<unknown>(['hooks', 'test', 'before_token'], { env }), { outcome: 'refused', reason: 'No.' })
  assert.match((await cipJson<{ secret: string }>(['hooks', 'secret', 'before_token'], { env })).secret, /^whsec_/)
  assert.deepEqual(await cipJson<unknown>(['hooks', 'remove', 'before_token'], { env }), {})
  assert.deepEqual(await typesOf('hook.%'), ['hook.secret_shown'])
  assert.equal((await typesOf('setting.saved')).length, 2)
})

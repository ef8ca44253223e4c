import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { inTransaction, type Tx } from '../../src/db/database.ts'
import { extendChain } from '../../src/events/chain/chain.job.ts'
import { checkpointKey } from '../../src/events/chain/checkpoint.ts'
import { type Finding, verifyChain } from '../../src/events/chain/verify.job.ts'
import { erasureUpkeep } from '../../src/events/erasure.job.ts'
import { endWithUs } from '../harness/closing.ts'
import { startTestDatabase } from '../harness/database.ts'
import { testEnvironment } from '../harness/environment.ts'
import { makeFolder } from '../harness/folder.ts'
import { personalDataOf } from '../harness/personal-data.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { pinnedNode } from '../harness/server.ts'

const database = await (await startTestDatabase()).create()
const { platform, config } = await startTestPlatform(database)
const { db, tenantId: root } = platform.base
const [row] = await db.text<{ tenant_id: string }>(`insert into tenants (slug, name) values ('kept', 'Kept') returning tenant_id`)
const tenantId = row?.tenant_id ?? ''
const key = checkpointKey(config.key('audit-checkpoints'))
const extend = (id: string) => extendChain({ db, key, origin: 'id.example.com/audit' }, id)
const verify = (sql: Parameters<typeof verifyChain>[1]['sql'] = db) => verifyChain(tenantId, { sql, key, kept: [] })

const program = fileURLToPath(new URL('./audit-process.ts', import.meta.url))
const env = { ...testEnvironment(await makeFolder(), database.env), PATH: process.env['PATH'] ?? '' }
const began = String(Date.now())
let said = ''

/** A process of those; ready once it writes. */
const begin = async (): Promise<ChildProcess> => {
  const child = spawn(pinnedNode, [program, tenantId, began], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  endWithUs(child)
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  await Promise.race([once(child.stdout as NonNullable<typeof child.stdout>, 'data'), once(child, 'exit')])
  return child
}
const kill = async (child: ChildProcess): Promise<void> => {
  assert.deepEqual([child.exitCode, child.signalCode], [null, null], said)
  const exited = once(child, 'exit')
  child.kill('SIGKILL')
  await exited
}

const rounds = 6

test('Y-01 Y-08 the tree stays right while two processes write, expire and erase, and one of them is killed again and again', async () => {
  await db.text(
    `insert into events (tenant_id, at, id, type, payload)
     select $1, now() - interval '20 days' - n * interval '1 hour', gen_random_uuid(), 'backup.created', '{"rows": 1}' from generate_series(1, 2400) n`,
    [tenantId],
  )
  await extend(tenantId)
  const steady = await begin()
  for (let round = 0; round < rounds; round += 1) {
    const victim = await begin()
    await sleep(300 + Math.random() * 700)
    await kill(victim)
  }
  await kill(steady)
  assert.equal(said, '', 'no process failed by itself')
  await extend(tenantId)
  // What autovacuum does in a database that is older than a minute.
  await db.text('analyze')
  await erasureUpkeep(async () => 400 * 86_400).run(db)
  const found = await verify()
  assert.deepEqual(found.findings, [])
  assert.ok(found.expired > 500, `${found.expired} expired`)
  const deleted = await personalDataOf(
    db,
    `e.tenant_id = $1 and e.key_id is not null and e.user_id in (select user_id from events where tenant_id = $1 and type = 'user.deleted')`,
    [tenantId],
  )
  assert.ok(deleted.length > 5, `${deleted.length} of deleted persons`)
  assert.deepEqual([...new Set(deleted.map(({ personal_data: state }) => state))], ['erased'])
  const kept = await personalDataOf(
    db,
    `e.tenant_id = $1 and e.key_id is not null and not exists (select from events d where d.tenant_id = $1 and d.type = 'user.deleted' and d.user_id = e.user_id)
       and not exists (select from users u where u.id = e.user_id)`,
    [tenantId],
  )
  assert.ok(kept.length > 50 && kept.some(({ user_agent: agent }) => agent === 'Agent of a person/1.0'), `${kept.length} of others`)
})

describe('Y-01 after that', () => {
  const one = `(select id from events where tenant_id = $1 and key_id is not null order by at, id offset 20 limit 1)`
  const tampering: readonly { readonly what: string; readonly sql: string; readonly finds: Finding['kind'] }[] = [
    { what: 'what is sealed', sql: `update events set sealed = sealed || '\\x00' where id = ${one}`, finds: 'changed' },
    { what: 'the key that it names', sql: `update events set key_id = gen_random_uuid() where id = ${one}`, finds: 'changed' },
    { what: 'the bucket', sql: `update events set ip_bucket = (ip_bucket + 1) % 65536 where id = ${one}`, finds: 'changed' },
    {
      what: 'sealed as if nothing had been',
      sql: `update events set key_id = null, sealed = null, ip_bucket = null where id = ${one}`,
      finds: 'changed',
    },
    { what: 'a plain address beside what is sealed', sql: `update events set ip = '192.0.2.1' where id = ${one}`, finds: 'changed' },
    {
      what: 'something sealed where nothing was',
      sql: `update events set key_id = gen_random_uuid(), sealed = '\\x01' where id = (select id from events where tenant_id = $1 and key_id is null limit 1)`,
      finds: 'changed',
    },
    { what: 'whom it is about', sql: `update events set user_id = gen_random_uuid() where id = ${one}`, finds: 'changed' },
    { what: 'an event that is gone', sql: `delete from events where id = ${one}`, finds: 'removed' },
    {
      what: 'the form of a leaf',
      sql: `update event_chain set form = 3 - form where tenant_id = $1 and event_id = ${one}`,
      finds: 'changed',
    },
    {
      what: 'a leaf of an expired event',
      sql: `update event_chain set leaf = sha256('x') where tenant_id = $1 and position = 2390`,
      finds: 'wrong-root',
    },
    { what: 'a leaf that is gone', sql: `delete from event_chain where tenant_id = $1 and position = 2390`, finds: 'leaf-missing' },
    {
      what: 'what was said of the expiry',
      sql: `update events set payload = payload || '{"months": 9}' where id = (select id from events where tenant_id = $1 and type = 'events.expired' limit 1)`,
      finds: 'changed',
    },
    {
      what: 'an event put in',
      sql: `insert into events (tenant_id, at, id, type) select $1, now() - interval '1 day', gen_random_uuid(), 'user.deleted'`,
      finds: 'not-in-tree',
    },
  ]
  for (const { what, sql, finds } of tampering)
    test(`is found: ${what}`, async () => {
      const undone = new Error('undone')
      const attempt = async (tx: Tx): Promise<never> => {
        const changed = await tx.text(`${sql} returning 1`, [tenantId])
        assert.equal(changed.length, 1)
        const { findings } = await verify(tx)
        assert.ok(
          findings.some(({ kind }) => kind === finds),
          JSON.stringify(findings.slice(0, 3)),
        )
        throw undone
      }
      await assert.rejects(inTransaction(db, { isIdempotent: false }, attempt), (error) => error === undone || Promise.reject(error))
    })

  test('nothing is, once all of that is undone', async () => {
    assert.deepEqual((await verify()).findings, [])
  })

  test('a server of an older release, which knows no seal, puts no leaf in', async () => {
    await assert.rejects(
      db.text(`insert into event_chain (tenant_id, position, event_at, event_id, leaf) values ($1, 0, now(), gen_random_uuid(), '')`, [
        root,
      ]),
      /null value in column "form"/,
    )
  })
})

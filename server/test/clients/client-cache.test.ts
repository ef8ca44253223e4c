import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClientCache } from '../../src/clients/client-cache.ts'
import type { Client } from '../../src/clients/clients.ts'

const client = (name: string): Client => ({ id: 'shop', name }) as Client
const resource = async (): Promise<undefined> => undefined

test('asks once for many requests of one client, and for each tenant apart', async () => {
  const asked: string[] = []
  const cache = createClientCache({
    client: async (tenantId, id) => {
      asked.push(`${tenantId} ${id}`)
      return client(tenantId)
    },
    resource,
  })
  const names = await Promise.all(['a', 'a', 'b', 'a'].map(async (tenantId) => (await cache.client(tenantId, 'shop'))?.name))
  assert.deepEqual(names, ['a', 'a', 'b', 'a'])
  assert.deepEqual(asked, ['a shop', 'b shop'])
})

test('forgets what it holds and what is being loaded when it is cleared', async () => {
  const waiting = Promise.withResolvers<Client>()
  let calls = 0
  const cache = createClientCache({ client: () => (++calls === 1 ? waiting.promise : Promise.resolve(client('new'))), resource })
  const before = cache.client('t', 'shop')
  cache.clear()
  waiting.resolve(client('old'))
  await before
  assert.equal((await cache.client('t', 'shop'))?.name, 'new')
})

test('a name that no client can have is neither looked for nor remembered', async () => {
  const asked: string[] = []
  const load = async (_: string, name: string): Promise<undefined> => void asked.push(name)
  const cache = createClientCache({ client: load, resource: load })
  for (const find of [cache.client, cache.resource])
    for (const name of ['x'.repeat(513), 'x'.repeat(60_000), 'a\u0000', 'a\ud800']) assert.equal(await find('t', name), undefined)
  assert.deepEqual(asked, [])
})

test('remembers a failure of the database not at all', async () => {
  let calls = 0
  const cache = createClientCache({
    client: () => (++calls === 1 ? Promise.reject(new Error('lost')) : Promise.resolve(client('new'))),
    resource,
  })
  await assert.rejects(cache.client('t', 'shop'))
  assert.equal((await cache.client('t', 'shop'))?.name, 'new')
})

import { test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import { startTestServer } from '../harness/server.ts'
import { startTestPlatform } from '../harness/platform.ts'
console.time('db')
const database = await startTestDatabase()
console.timeEnd('db')
console.time('create')
const fresh = await database.create()
console.timeEnd('create')
test('works', async () => {
console.time('server')
  const s = await startTestServer({ env: fresh.env })
console.timeEnd('server')
console.time('server2')
  const s2 = await startTestServer({ env: fresh.env })
console.timeEnd('server2')
  const api = accountApi(s.url)
console.time('join')
  const { pair } = await api.join()
console.timeEnd('join')
  console.log((await accountApi(s2.url).me(pair.access_token)).json)
console.time('own')
  const s3 = await startTestServer()
console.timeEnd('own')
  console.log(s3.logs())
console.time('plat')
  const p = await startTestPlatform(await database.create())
console.timeEnd('plat')
  const j = await accountApi(p.url).join()
  console.log((await accountApi(p.url).me(j.pair.access_token)).text)
})

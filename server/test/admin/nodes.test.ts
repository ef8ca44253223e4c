import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { administrator } from '../harness/admin.ts'
import { startTestDatabase } from '../harness/database.ts'
import { freePort } from '../harness/free-port.ts'
import { newOwner, ownAccount, signInAgain } from '../harness/own-account.ts'
import { startTestPlatform } from '../harness/platform.ts'
import { startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const postgres = await startTestDatabase()
const database = await postgres.create()
const first = await startProvider({}, { ...postgres, create: async () => database })
const second = await startTestPlatform(database, { PUBLIC_URL: first.url, PORT: String(await freePort()) })
const support = await administrator(first, 'support')

test('I-02: what an administrator ends on one node is dead on the other, whose memory holds it', async () => {
  for (const end of [
    (userId: string, sessionId: string) => support.remove(`users/${userId}/sessions/${sessionId}`),
    (userId: string) => support.remove(`users/${userId}/sessions`),
    (userId: string) => support.remove(`users/${userId}/credentials/password`),
  ]) {
    const person = await newOwner(first.url)
    const elsewhere = ownAccount(second.url, person.token)
    assert.equal((await elsewhere.get('me')).status, 200)
    const answer = await end(person.userId, person.sessionId)
    assert.ok(answer.status < 300, answer.text)
    await until(async () => (await elsewhere.get('me')).status === 401, 5000, 'the end of the session on the other node')
    assert.equal((await accountApi(second.url).refresh(person.refreshToken)).status, 401)
  }
})

test('a name that an administrator changes is the new one on the other node', async () => {
  const admin = await administrator(first, 'administrator')
  const person = await newOwner(first.url)
  const there = async () => ((await accountApi(second.url).me(person.token)).json as { username: string }).username
  assert.equal(await there(), person.account.username)
  const username = `${person.account.username}-renamed`
  assert.equal((await admin.patch(`users/${person.userId}`, { username })).status, 200)
  await until(async () => (await there()) === username, 5000, 'the new name')
  await signInAgain(second.url, { ...person.account, username })
})

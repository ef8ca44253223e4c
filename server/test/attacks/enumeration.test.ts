import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Account, accountApi, newAccount, pairOf } from '../harness/account-api.ts'
import { startTestDatabase } from '../harness/database.ts'
import type { Answer } from '../harness/http.ts'
import { startTestPlatform } from '../harness/platform.ts'

const own = await startTestPlatform(await (await startTestDatabase()).create())
const api = accountApi(own.url)
const { db } = own.platform.base

const userOf = `(select user_id from identifiers where kind = 'username' and canonical = $1)`
const change = async ({ username }: Account, statement: string): Promise<void> => void (await db.text(statement, [username]))

const accountIn = async (statement?: string): Promise<Account> => {
  const { account } = await api.join()
  if (statement !== undefined) await change(account, statement)
  return account
}

const upsert = (set: string): string => `update sign_in_states set ${set} where user_id = ${userOf}`
const right = (account: Account): Promise<Answer> => api.token(account)
const wrong = (account: Account): Promise<Answer> => api.token({ ...account, password: 'wrong-password' })
const byEmail = (account: Account): Promise<Answer> => api.token({ username: account.email, password: 'wrong-password' })

const attempts: Readonly<Record<string, () => Promise<Answer>>> = {
  'an unknown user name': async () => wrong(newAccount()),
  'an unknown e-mail address': async () => byEmail(newAccount()),
  'a name that nobody can have': async () => wrong({ ...newAccount(), username: " ' or 1=1-- " }),
  'an e-mail address that is none': async () => wrong({ ...newAccount(), username: 'a@@b' }),
  'a wrong password': async () => wrong(await accountIn()),
  'a wrong password with the e-mail address': async () => byEmail(await accountIn()),
  'a locked account and the right password': async () =>
    right(await accountIn(upsert(`failures = 7, locked_until = now() + interval '1 hour'`))),
  'a locked account and a wrong password': async () =>
    wrong(await accountIn(upsert(`failures = 7, locked_until = now() + interval '1 hour'`))),
  'a password that is off after too many failures': async () => right(await accountIn(upsert('failures = 100'))),
  'a disabled account and the right password': async () =>
    right(await accountIn(`update users set status = 'disabled' where id = ${userOf}`)),
  'a disabled account and a wrong password': async () =>
    wrong(await accountIn(`update users set status = 'disabled' where id = ${userOf}`)),
  'an account without a password': async () => right(await accountIn(`delete from passwords where user_id = ${userOf}`)),
  'an account whose hash cannot be read': async () =>
    right(await accountIn(`update passwords set encoded = 'nonsense' where user_id = ${userOf}`)),
  'an account whose hash is hostile': async () =>
    right(
      await accountIn(
        `update passwords set encoded = '$argon2id$v=19$m=4194304,t=1000,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA' where user_id = ${userOf}`,
      ),
    ),
}

const changing = new Set(['date', 'x-request-id'])
const shownBy = ({ status, headers, text }: Answer) => ({
  status,
  text,
  headers: Object.entries(headers).filter(([name]) => !changing.has(name)),
  names: Object.keys(headers),
})

describe('one and the same refusal, to the byte, for', () => {
  for (const [what, attempt] of Object.entries(attempts))
    test(what, async () => {
      assert.deepEqual(shownBy(await attempt()), shownBy(await wrong(newAccount())))
      assert.equal(shownBy(await attempt()).text, '{"detail":"Incorrect username or password"}')
    })
})

test('the reason is told to the events, where operators read it', async () => {
  const rows = await db.text<{ reason: string }>(
    `select distinct payload->>'reason' as reason from events where type = 'sign_in.refused' order by 1`,
  )
  const reasons = rows.map(({ reason }) => reason)
  for (const reason of ['disabled', 'locked', 'no-password', 'password-disabled', 'unknown-user', 'wrong-password'])
    assert.ok(reasons.includes(reason), reason)
})

test('every attempt, whoever it was for, costs a hash', async () => {
  const completed = async (): Promise<number> => {
    const metrics = await own.platform.metrics.registry.getMetricsAsJSON()
    const values = metrics.find(({ name }) => name === 'cip_hash_completed_jobs')?.values
    return Number(values?.[0]?.value)
  }
  for (const [what, attempt] of Object.entries(attempts)) {
    await attempt()
    const before = await completed()
    await wrong(newAccount())
    assert.equal((await completed()) - before, 1, what)
  }
})

test('a refresh and an access token of a disabled account are refused like any other', async () => {
  const { account, pair } = await api.join()
  await change(account, `update users set status = 'disabled' where id = ${userOf}`)
  const refused = await api.refresh(pair.refresh_token)
  assert.deepEqual(shownBy(refused), shownBy(await api.refresh('cip_rt_none')))
  await change(account, `update users set status = 'active' where id = ${userOf}`)
  pairOf(await api.refresh(pair.refresh_token))
})

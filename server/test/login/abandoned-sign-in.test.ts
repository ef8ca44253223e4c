import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { form, request } from '../harness/http.ts'
import { parametersOf } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { type Enrolled, peopleOf } from './people-of.ts'

const own = await startProvider()
const { url, sql } = own
const { idOf, withApp, password } = peopleOf(own, await operatorClient(own))

const stateOf = async (person: Enrolled) => {
  const [row] = await sql.text<{ failures: number; is_locked: boolean }>(
    'select failures, locked_until > now() as is_locked from sign_in_states where user_id = $1',
    [await idOf(person)],
  )
  return row
}
const factorFailures = async (person: Enrolled, method: string): Promise<number> =>
  (
    await sql.text<{ failures: number }>('select failures from factor_states where user_id = $1 and method = $2', [
      await idOf(person),
      method,
    ])
  )[0]?.failures ?? 0
const unlock = async (person: Enrolled): Promise<void> => {
  await sql.text(`update factor_states set locked_until = '-infinity' where user_id = $1`, [await idOf(person)])
}
const eventsOf = async (person: Enrolled): Promise<string[]> =>
  (await sql.text<{ type: string }>('select type from events where user_id = $1 order by at', [await idOf(person)])).map(({ type }) => type)

/** Comes as far as the second factor and leaves. */
const abandon = async (person: Enrolled): Promise<void> => {
  const page = await password(person, openBrowser(url))
  assert.deepEqual([page.status, page.name], [200, 'second-factor'])
}

describe('who leaves at the second factor', () => {
  for (const times of [3, 5, 10, 20])
    test(`${times} times is neither locked out nor slowed down, and nothing was counted or told as wrong`, async () => {
      const person = await withApp()
      for (let count = 0; count < times; count += 1) await abandon(person)
      assert.deepEqual(await stateOf(person), { failures: 0, is_locked: false })
      const claims = parametersOf(await person.browser.submit(await password(person, person.browser), { code: await person.code() }))
      assert.ok(claims['code'])
      const told = await eventsOf(person)
      for (const type of ['sign_in.refused', 'password.locked', 'password.disabled', 'factor.locked']) assert.ok(!told.includes(type), type)
    })

  test('at the account API, by asking without a code, is told that one is needed, however often', async () => {
    const person = await withApp()
    for (let count = 0; count < 8; count += 1) {
      const answer = await accountApi(url).token(person.account)
      assert.equal(answer.status, 401)
      assert.match((answer.json as { detail: string }).detail, /^Second factor required/)
    }
    assert.deepEqual(await stateOf(person), { failures: 0, is_locked: false })
  })

  test('after wrong passwords is as free as one who signed in: one more wrong one does not lock', async () => {
    const person = await withApp()
    const wrong = () => password({ ...person, account: { ...person.account, password: 'not the password' } }, openBrowser(url))
    for (let count = 0; count < 4; count += 1) assert.equal((await wrong()).status, 422)
    await abandon(person)
    assert.equal((await wrong()).status, 422)
    assert.deepEqual(await stateOf(person), { failures: 1, is_locked: false })
    await abandon(person)
  })
})

describe('whoever has the password of somebody else', () => {
  test('L-02 finds one counter of the factor, in every new browser and sign-in: a lock after five wrong codes that holds for the right one, too', async () => {
    const person = await withApp()
    for (let count = 0; count < 5; count += 1) {
      const browser = openBrowser(url)
      assert.equal((await browser.submit(await password(person, browser), { code: '000000' })).status, 422)
    }
    const browser = openBrowser(url)
    const page = await password(person, browser)
    assert.equal(page.name, 'second-factor', 'the password is not locked by it')
    assert.equal((await browser.submit(page, { code: await person.code() })).status, 429)
  })

  test('L-02 has a hundred tries in all: then the factor is off, whatever is typed', async () => {
    const person = await withApp()
    await sql.text(
      `insert into factor_states (tenant_id, user_id, method, failures) select tenant_id, id, 'totp', 99 from users where id = $1
       on conflict (tenant_id, user_id, method) do update set failures = 99`,
      [await idOf(person)],
    )
    for (const [code, failures] of [
      ['000000', 100],
      [await person.code(), 100],
      ['111111', 100],
    ] as const) {
      await unlock(person)
      const browser = openBrowser(url)
      assert.equal((await browser.submit(await password(person, browser), { code })).status, 422)
      assert.equal(await factorFailures(person, 'totp'), failures)
    }
  })

  test('L-01 L-02 and guesses codes at the account API moves the counter of the factor, not that of the password', async () => {
    const person = await withApp()
    for (let count = 1; count <= 4; count += 1) {
      assert.equal(
        (await request(`${url}/auth/token`, form({ username: person.account.username, password: person.account.password, otp: '000000' })))
          .status,
        401,
      )
      assert.equal(await factorFailures(person, 'totp'), count)
    }
    assert.deepEqual(await stateOf(person), { failures: 0, is_locked: false })
  })

  test('L-01 and who has not, is counted and locked as before', async () => {
    const person = await withApp()
    for (let count = 0; count < 6; count += 1)
      await password({ ...person, account: { ...person.account, password: `guess ${count}` } }, openBrowser(url))
    assert.equal((await stateOf(person))?.is_locked, true)
    assert.equal((await password(person, openBrowser(url))).status, 422, 'the right one is refused as well, with the same words')
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

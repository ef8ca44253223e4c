import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { latestMessage } from '../harness/messages.ts'
import { newPerson } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { type Person, peopleOf } from './people-of.ts'

const own = await startProvider()
const { url, sql } = own
const { tenantId } = own.platform.base
const { policy, idOf, arrive, password } = peopleOf(own, await operatorClient(own))

/** Every way of a first factor, as a door that a policy must hold at. */
const doors = {
  'the password on the page': async (person: Person): Promise<string | undefined> => (await password(person, openBrowser(url))).name,
  'the password of the account API': async ({ account }: Person): Promise<string | undefined> =>
    (await accountApi(url).token(account)).status === 401 ? 'refused' : undefined,
  'a code by mail': async ({ account }: Person): Promise<string | undefined> => {
    const browser = openBrowser(url)
    const asked = await browser.submit(await arrive(browser), { username: account.username, action: 'mail-code' })
    const { code } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    return (await browser.submit(asked, { code })).name
  },
  'the link of a mail': async ({ account }: Person): Promise<string | undefined> => {
    const browser = openBrowser(url)
    await browser.submit(await arrive(browser), { username: account.username, action: 'mail-code' })
    const { link } = await latestMessage(own, { template: 'sign-in-code', to: account.email })
    return (await browser.submit(await browser.follow(link), {})).name
  },
} as const

/** Every rule that asks for a second factor of somebody, with what has to come at each door then. */
const rules = {
  'the tenant asks everybody': { policy: { secondFactor: 'always' }, isAdministrator: false },
  'the tenant asks administrators': { policy: { secondFactor: 'administrators' }, isAdministrator: true },
} as const

describe('O-04 the matrix of doors and rules', () => {
  for (const [rule, { policy: value, isAdministrator }] of Object.entries(rules))
    test(`where ${rule}, no door lets anybody in by one factor`, async () => {
      await policy(value)
      for (const [door, open] of Object.entries(doors)) {
        const person = await newPerson(url)
        if (isAdministrator)
          await sql.text(`insert into role_assignments (tenant_id, user_id, role) values ($1, $2, 'administrator')`, [
            tenantId,
            await idOf(person),
          ])
        assert.ok(['enrol', 'second-factor', 'refused'].includes((await open(person)) ?? ''), `${door}: let in`)
      }
      await policy({})
    })

  for (const status of ['disabled', 'frozen'])
    test(`an account that is ${status} comes in by no door`, async () => {
      for (const [door, open] of Object.entries(doors)) {
        const person = await newPerson(url)
        await sql.text('update users set status = $2 where id = $1', [await idOf(person), status])
        const outcome = await open(person).catch(() => 'refused')
        assert.ok(['sign-in', 'code', 'refused', 'outcome'].includes(outcome ?? ''), `${door}: ${outcome}`)
      }
    })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

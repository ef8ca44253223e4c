import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newOwner } from '../harness/own-account.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql } = provider

const decide = async (policy: object): Promise<void> => {
  await sql.text(
    `with moved as (
        insert into cache_epochs as e (tenant_id, kind) select tenant_id, 'settings' from tenants where slug = 'default'
        on conflict (tenant_id, kind) do update set version = e.version + 1)
     insert into tenant_settings (tenant_id, key, value) select tenant_id, 'sign-in', $1 from tenants where slug = 'default'
     on conflict (tenant_id, key) do update set value = excluded.value`,
    [JSON.stringify(policy)],
  )
  await new Promise((resolve) => setTimeout(resolve, 1_500))
}

const texts = async (phone: string): Promise<number> => {
  const rows = await sql.text(`select 1 from messages where channel = 'sms' and recipient = $1`, [phone])
  return rows.length
}
const withheld = async (userId: string): Promise<number> =>
  (await sql.text(`select 1 from events where type = 'proof.withheld' and user_id = $1`, [userId])).length

describe('O-09: text messages', () => {
  test('go to numbers of the countries that the tenant named, and the refusal says what to do', async () => {
    await decide({ smsPrefixes: ['+41', '+4930'] })
    const person = await newOwner(url)
    for (const phone of ['+41791234567', '+493012345678']) {
      assert.equal((await person.post('phone', { phone })).status, 202)
      assert.equal(await texts(phone), 1)
    }
    for (const phone of ['+491701234567', '+8821234567', '+4179123456'.replace('+41', '+42')]) {
      const answer = await person.post('phone', { phone })
      assert.equal(answer.status, 422, answer.text)
      assert.match(answer.text, /numbers of this country/)
      assert.equal(await texts(phone), 0)
    }
  })

  test('end where the tenant had its share of the hour: nothing is sent, and an event says so', async () => {
    await sql.text(`delete from proofs where channel = 'sms'`)
    await decide({ smsPerHour: 2 })
    const [first, second, third] = [await newOwner(url), await newOwner(url), await newOwner(url)]
    const phones = ['+41791000001', '+41791000002', '+41791000003'] as const
    for (const [index, person] of [first, second, third].entries())
      assert.equal((await person.post('phone', { phone: phones[index] })).status, 202)
    assert.deepEqual(await Promise.all(phones.map(texts)), [1, 1, 0])
    assert.deepEqual([await withheld(second.userId), await withheld(third.userId)], [0, 1])
  })

  test('never hold back a mail', async () => {
    await decide({ smsPerHour: 0, smsPrefixes: ['+1'] })
    const person = await newOwner(url)
    const answer = await person.post('email', { email: 'another-address@example.com' })
    assert.equal(answer.status, 202, answer.text)
    const rows = await sql.text(`select 1 from messages where channel = 'email' and recipient = 'another-address@example.com'`)
    assert.equal(rows.length, 1)
  })
})

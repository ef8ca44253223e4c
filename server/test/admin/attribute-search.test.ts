import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrator } from '../harness/admin.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { sql, platform } = own
const { tenantId } = platform.base
const auditor = await administrator(own, 'auditor')
const count = 4600

// More than are looked at in their order, so that a rare value is found by the index.
await sql.text(
  `with made as (insert into users (tenant_id, id) select $1, gen_random_uuid() from generate_series(1, ${count}) returning id),
     numbered as (select id, row_number() over (order by id) as n from made)
   insert into profiles (tenant_id, user_id, attributes)
   select $1, id, jsonb_build_object('department', case when n % 2 = 0 then 'sales' else 'support' end, 'level', n % 1500, 'lead', n > ${count - 3})
   from numbered`,
  [tenantId],
)
await sql.text(
  `update users set status = 'disabled' where id in (select user_id from profiles where (attributes ->> 'level')::int = 7 order by user_id limit 1)`,
)

type Page = { users: { id: string; status: string }[]; next: string | null }

const idsBy = async (attribute: string, more = ''): Promise<readonly string[]> => {
  const ids: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const cursor = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
    const answer = await auditor.get(`users?attribute=${encodeURIComponent(attribute)}&limit=200${more}${cursor}`)
    assert.equal(answer.status, 200, answer.text)
    const page = answer.json as Page
    ids.push(...page.users.map(({ id }) => id))
    next = page.next
  }
  return ids
}
const expected = async (condition: string): Promise<readonly string[]> =>
  (await sql.text<{ user_id: string }>(`select user_id from profiles where ${condition} order by user_id`)).map(({ user_id: id }) => id)

test('a value that many have is paged through whole, each account once', async () => {
  assert.deepEqual(await idsBy('department:sales'), await expected(`attributes ->> 'department' = 'sales'`))
})

test('a value that few have is found, also behind thousands of others, as text, number and truth', async () => {
  assert.deepEqual(await idsBy('level:7'), await expected(`attributes ->> 'level' = '7'`))
  assert.deepEqual(await idsBy('lead:true'), await expected(`attributes ->> 'lead' = 'true'`))
  assert.deepEqual(await idsBy('department:nobody'), [])
})

test('the status counts beside the value', async () => {
  const disabled = await idsBy('level:7', '&status=disabled')
  assert.equal(disabled.length, 1)
  assert.deepEqual(
    await idsBy('level:7', '&status=active'),
    (await idsBy('level:7')).filter((id) => id !== disabled[0]),
  )
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

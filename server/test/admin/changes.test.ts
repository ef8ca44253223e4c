import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { changesUpkeep } from '../../src/admin/changes.job.ts'
import { adminApi, administrator, isProblem } from '../harness/admin.ts'
import { bearer, request } from '../harness/http.ts'
import { startProvider } from '../harness/provider.ts'

const provider = await startProvider()
const { url, sql, platform } = provider
const owner = await administrator(provider, 'owner')
const second = await administrator(provider, 'administrator')
const auditor = await administrator(provider, 'auditor')

type Change = {
  id: string
  state: string
  title: string
  proposed_by: string
  decided_by: string | null
  changes: { section: string; key: string }[]
}

const tagOf = async (name: string) => ({ 'if-match': String((await owner.get(`settings/${name}`)).headers['etag']) })
const put = async (name: string, body: unknown, by = owner) => by.call('PUT', `settings/${name}`, { body, headers: await tagOf(name) })
const idOf = (answer: { status: number; json: unknown; text: string }): string => {
  assert.equal(answer.status, 202, answer.text)
  return (answer.json as { change: string }).change
}
const changeOf = async (id: string): Promise<Change> => (await auditor.get(`changes/${id}`)).json as Change
const nameNow = async (): Promise<unknown> => ((await owner.get('settings/branding')).json as { name?: string }).name
const propose = async (name: string, by = owner): Promise<string> => idOf(await put('branding', { name }, by))
const approve = (id: string, by = second) => by.post(`changes/${id}/approve`)

before(async () => {
  assert.equal((await put('approval', { two_persons: true })).status, 200)
})

describe('where the tenant asks for two persons', () => {
  test('a change of a setting waits, and is made when somebody else approves it', async () => {
    const id = await propose('Acme')
    assert.equal(await nameNow(), undefined)
    const waiting = await changeOf(id)
    assert.deepEqual([waiting.state, waiting.proposed_by, waiting.changes[0]?.key], ['pending', `user ${owner.userId}`, 'branding'])
    const approved = await approve(id)
    assert.equal(approved.status, 200, approved.text)
    assert.equal(await nameNow(), 'Acme')
    const [event] = await sql.text<{ payload: { approval: string } }>(
      `select payload from events where type = 'setting.saved' order by at desc, id desc limit 1`,
    )
    assert.equal(event?.payload.approval, id)
    assert.deepEqual([(await changeOf(id)).state, (await changeOf(id)).decided_by], ['approved', `user ${second.userId}`])
    const types = (await sql.text<{ type: string }>(`select type from events where payload ->> 'change' = $1 order by at, id`, [id])).map(
      ({ type }) => type,
    )
    assert.deepEqual(types, ['change.proposed', 'change.approved'])
  })

  test('nobody approves their own, nor with a token, nor twice', async () => {
    const id = await propose('Own')
    isProblem(await approve(id, owner), 403, 'own-change')
    const made = await second.post('tokens', { name: 'script', permissions: ['changes:write', 'settings:read', 'settings:write'] })
    isProblem(await adminApi(url, (made.json as { token: string }).token).post(`changes/${id}/approve`), 403, 'person-needed')
    isProblem(await auditor.post(`changes/${id}/approve`), 403, 'missing-permission')
    assert.equal(await nameNow(), 'Acme')
    assert.equal((await approve(id)).status, 200)
    isProblem(await approve(id), 409, 'change-decided')
    isProblem(await second.post(`changes/${id}/reject`), 409, 'change-decided')
    for (const wrong of ['x', '%00', '019a0000-0000-7000-8000-000000000000'])
      isProblem(await second.post(`changes/${wrong}/approve`), 404, 'not-found')
  })

  test('one of many approvals and rejections at once decides', async () => {
    const others = await Promise.all([1, 2, 3].map(() => administrator(provider, 'administrator')))
    const versions = async () => (await sql.text('select 1 from config_versions')).length
    for (const name of ['Race one', 'Race two', 'Race three']) {
      const [id, earlier] = [await propose(name), await versions()]
      const answers = await Promise.all([
        ...[second, ...others].flatMap((by) => [approve(id, by), approve(id, by)]),
        ...others.map((by) => by.post(`changes/${id}/reject`)),
      ])
      const won = answers.filter(({ status }) => status < 300)
      assert.equal(won.length, 1, answers.map(({ status }) => status).join(' '))
      assert.ok(
        answers.every(({ status }) => status < 300 || status === 409),
        answers.map(({ text }) => text).join('\n'),
      )
      const { state } = await changeOf(id)
      assert.equal((await versions()) - earlier, state === 'approved' ? 1 : 0)
      assert.equal((await nameNow()) === name, state === 'approved')
    }
  })

  test('is stale when what it would change was changed meanwhile, and not when something else was', async () => {
    const claims = { claims: [{ claim: 'team', attribute: 'team', scope: 'profile' }] }
    const [first, other, last] = [await propose('First'), idOf(await put('claims', claims)), await propose('Last')]
    assert.equal((await approve(other)).status, 200)
    assert.equal((await approve(last)).status, 200)
    isProblem(await approve(first), 409, 'change-stale')
    assert.equal((await changeOf(first)).state, 'stale')
    assert.equal(await nameNow(), 'Last')
  })

  test('waits seven days, and no longer', async () => {
    const id = await propose('Late')
    const [row] = await sql.text<{ days: number }>(
      `select extract(epoch from expires_at - created_at)::int / 86400 as days from pending_changes where id = $1`,
      [id],
    )
    assert.equal(row?.days, 7)
    await sql.text(`update pending_changes set expires_at = now() - interval '1 second' where id = $1`, [id])
    isProblem(await approve(id), 409, 'change-decided')
    assert.equal((await changeOf(id)).state, 'expired')
  })

  test('is rejected by another and withdrawn by whoever asked', async () => {
    const [rejected, withdrawn] = [await propose('No'), await propose('Never mind')]
    assert.equal((await second.post(`changes/${rejected}/reject`)).status, 204)
    assert.equal((await owner.post(`changes/${withdrawn}/reject`)).status, 204)
    assert.deepEqual([(await changeOf(rejected)).state, (await changeOf(withdrawn)).state], ['rejected', 'withdrawn'])
    isProblem(await approve(rejected), 409, 'change-decided')
    const listed = (await auditor.get('changes?state=withdrawn')).json as { changes: Change[] }
    assert.deepEqual(
      listed.changes.map(({ id }) => id),
      [withdrawn],
    )
  })

  test('S-02: is approved by those alone who could make it', async () => {
    await sql.text(`insert into roles (tenant_id, id, name, permissions) values ($1, 'approver', 'Approver', $2)`, [
      ...[platform.base.tenantId, ['changes:read', 'changes:write', 'clients:read']],
    ])
    const approver = await administrator(provider, 'approver')
    const id = await propose('Mine')
    isProblem(await approve(id, approver), 403, 'more-than-held')
    assert.equal((await changeOf(id)).state, 'pending')
    assert.deepEqual(((await approver.get(`changes/${id}`)).json as Change).changes, [])
    assert.equal((await approve(id)).status, 200)
  })

  test('a revert, the logo, a text of mails and a whole document wait as well', async () => {
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const upload = { ...bearer(owner.token), ...(await tagOf('branding')), 'content-type': 'image/png' }
    const logo = idOf(await request(`${url}/admin/v1/settings/branding/logo`, { method: 'PUT', headers: upload, body: png }))
    assert.equal((await approve(logo)).status, 200)
    assert.ok(((await owner.get('settings/branding')).json as { logo?: object }).logo)
    const revert = idOf(await owner.post('settings/branding/revert/1', undefined, await tagOf('branding')))
    assert.equal((await approve(revert)).status, 200)
    assert.equal(await nameNow(), 'Acme')
    const roles = { zebra: { name: 'Zebra', permissions: [] }, 'a-longer-name': { name: 'Longer', permissions: [] } }
    const document = { version: 1, roles, clients: { shop: { metadata: { redirect_uris: ['https://shop.example/callback'] } } } }
    const applied = await approve(idOf(await owner.post('config/apply', { document })))
    assert.deepEqual(
      (applied.json as { secrets: { key: string }[] }).secrets.map(({ key }) => key),
      ['shop'],
    )
    const back = idOf(await owner.post('config/revert/1'))
    const reverted = await approve(back)
    assert.equal(reverted.status, 200, reverted.text)
    assert.equal((await owner.get('clients/shop')).status, 404)
    const words = idOf(await owner.call('PUT', 'mail/templates/sign-in-code/en', { body: { subject: '{code} is your code' } }))
    assert.equal((await approve(words)).status, 200)
    const template = (await owner.get('mail/templates/sign-in-code/en')).json as { parts: { subject: string } }
    assert.equal(template.parts.subject, '{code} is your code')
    assert.equal(((await owner.post('config/plan', { document })).json as { needs_approval: boolean }).needs_approval, true)
  })

  test('what cannot be made, or is like this already, does not wait', async () => {
    const count = async () => (await sql.text('select 1 from pending_changes')).length
    const earlier = await count()
    isProblem(await put('branding', { name: '' }), 422, 'invalid-request')
    isProblem(await put('branding', { custom_css: 'body { position: fixed }' }), 422, 'invalid-setting')
    isProblem(
      await owner.post('config/apply', { document: { version: 1, roles: { owner: { name: 'x', permissions: [] } } } }),
      422,
      'invalid-configuration',
    )
    isProblem(await put('branding', (await owner.get('settings/branding')).json), 409, 'nothing-to-change')
    isProblem(
      await owner.call('PUT', 'settings/branding', { body: { name: 'x' }, headers: { 'if-match': '"1"' } }),
      412,
      'changed-meanwhile',
    )
    assert.equal(await count(), earlier)
  })

  test('what was decided over long ago is forgotten, what waits is not', async () => {
    const [old, waiting] = [await propose('Long ago'), await propose('Waits')]
    assert.equal((await second.post(`changes/${old}/reject`)).status, 204)
    await sql.text(`update pending_changes set decided_at = now() - interval '401 days' where id = $1`, [old])
    await changesUpkeep.run(platform.base.db)
    assert.equal((await auditor.get(`changes/${old}`)).status, 404)
    assert.equal((await changeOf(waiting)).state, 'pending')
  })

  test('going back to one person takes two', async () => {
    const id = idOf(await put('approval', { two_persons: false }))
    isProblem(await approve(id, owner), 403, 'own-change')
    assert.equal((await approve(id)).status, 200)
    assert.equal((await put('branding', { name: 'Alone' })).status, 200)
    assert.equal(await nameNow(), 'Alone')
  })
})

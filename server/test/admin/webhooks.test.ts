import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../src/platform/ids.ts'
import { accountApi } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { startProvider } from '../harness/provider.ts'
import { type Got, type Receiver, receive } from '../harness/receiver.ts'
import { until } from '../harness/until.ts'

const soon = (condition: () => boolean | Promise<boolean>, milliseconds = 15_000): Promise<void> =>
  until(condition, milliseconds, 'the receiver has it')

const provider = await startProvider({ CIP_OUTBOUND_ALLOW: '127.0.0.0/8' })
const { url, sql } = provider
const owner = await administrator(provider, 'owner')
const developer = await administrator(provider, 'developer')
const auditor = await administrator(provider, 'auditor')

type Made = { readonly id: string; readonly secret: string; readonly url: string }
const make = async (at: string, types: readonly string[] = ['user.registered']): Promise<Made> => {
  const answer = await developer.post('webhooks', { url: at, event_types: types })
  assert.equal(answer.status, 201, answer.text)
  return answer.json as Made
}

type Sent = {
  readonly type: string
  readonly timestamp: string
  readonly data: { readonly id: string; readonly user_id: string; readonly payload: object }
}
const sentTo = ({ got }: Receiver): readonly Sent[] => got.map(({ body }) => JSON.parse(body) as Sent)
const signatureOf = (secret: string, { headers, body }: Got): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
    .digest('base64')}`

type Delivery = {
  readonly id: string
  readonly state: string
  readonly attempts: number
  readonly status: number | null
  readonly error: string | null
}
const deliveriesOf = async (id: string): Promise<readonly Delivery[]> =>
  ((await developer.get(`webhooks/${id}/deliveries`)).json as { deliveries: Delivery[] }).deliveries
/** Lets what waits be due. */
const hurry = () => sql.text(`update webhook_deliveries set due_at = now() where state = 'waiting'`)

describe('a webhook', () => {
  test('gets every event that it asked for once, signed, with the id by which it is known', async () => {
    const receiver = await receive()
    const { id, secret } = await make(receiver.url)
    const people = [await accountApi(url).join(), await accountApi(url).join()]
    await soon(() => receiver.got.length >= 2)
    await sleep(2_500)
    assert.equal(receiver.got.length, people.length)
    for (const got of receiver.got) {
      assert.equal(got.headers['webhook-signature'], signatureOf(secret, got))
      assert.ok(Math.abs(Number(got.headers['webhook-timestamp']) - Date.now() / 1000) < 30)
      assert.equal(got.headers['content-type'], 'application/json')
    }
    const [sent] = sentTo(receiver)
    assert.deepEqual([sent?.type, sent?.data.payload], ['user.registered', { via: 'account-api' }])
    const delivered = await deliveriesOf(id)
    assert.deepEqual(
      delivered.map(({ state, attempts, status }) => [state, attempts, status]),
      [
        ['delivered', 1, 204],
        ['delivered', 1, 204],
      ],
    )
    assert.deepEqual(receiver.got.map(({ headers }) => headers['webhook-id']).sort(), delivered.map((one) => one.id).sort())
  })

  test('gets nothing else, and groups of events as user.*', async () => {
    const [some, all] = [await receive(), await receive()]
    await make(some.url, ['user.*'])
    await make(all.url, ['*'])
    const person = await accountApi(url).join()
    await owner.post(`users/${newId()}/disable`)
    await accountApi(url).revoke(person.pair.refresh_token)
    await soon(() => sentTo(all).some(({ type }) => type === 'session.ended'))
    assert.ok(sentTo(some).length > 0 && sentTo(some).every(({ type }) => type.startsWith('user.')))
    assert.ok(sentTo(all).some(({ type }) => type === 'sign_in.succeeded'))
  })

  test('X-04: is told no secret, no network address and no browser', async () => {
    const receiver = await receive()
    await make(receiver.url, ['*'])
    const { account, pair } = await accountApi(url).join()
    const token = (await owner.post('tokens', { name: 'x', permissions: ['users:read'] })).json as { token: string }
    await soon(() => sentTo(receiver).some(({ type }) => type === 'token.made'))
    const all = receiver.got.map(({ body }) => body).join('\n')
    for (const secret of [account.password, pair.access_token, pair.refresh_token, token.token, '127.0.0.1', 'user_agent'])
      assert.ok(!all.includes(secret), secret.slice(0, 12))
  })

  test('X-04: of an event that was undone never hears', async () => {
    const receiver = await receive()
    await make(receiver.url, ['*'])
    const { db } = provider.platform.base
    await assert.rejects(
      sql.text(
        `insert into events (tenant_id, id, type) select tenant_id, gen_random_uuid(), 'backup.created' from tenants limit 1; select 1 / 0`,
      ),
    )
    await db.text('select 1')
    await sleep(2_500)
    assert.ok(!sentTo(receiver).some(({ type }) => type === 'backup.created'))
  })
})

describe('F14 I10: a receiver', () => {
  for (const answer of [500, 302, 'drop'] as const)
    test(`that answers ${answer} gets the same delivery again, later and later, until it takes it`, async () => {
      const receiver = await receive(answer)
      const { id } = await make(receiver.url)
      await accountApi(url).join()
      await soon(() => receiver.got.length === 1)
      await soon(async () => (await deliveriesOf(id))[0]?.error !== null)
      const [first] = await deliveriesOf(id)
      assert.deepEqual([first?.state, first?.attempts], ['waiting', 1])
      receiver.answer = 204
      await hurry()
      await soon(async () => (await deliveriesOf(id))[0]?.state === 'delivered')
      assert.equal(receiver.got.length, 2)
      assert.equal(receiver.got[0]?.headers['webhook-id'], receiver.got[1]?.headers['webhook-id'])
      assert.equal(receiver.got[0]?.body, receiver.got[1]?.body)
    })

  test('that never takes it: the delivery is given up after its last try, and is sent again by hand', async () => {
    const receiver = await receive(500)
    const { id } = await make(receiver.url)
    await accountApi(url).join()
    await soon(() => receiver.got.length === 1)
    for (let tries = 2; tries <= 10; tries += 1) {
      await soon(async () => (await deliveriesOf(id))[0]?.attempts === tries - 1 && (await deliveriesOf(id))[0]?.error !== null)
      await hurry()
      await soon(() => receiver.got.length === tries)
    }
    await soon(async () => (await deliveriesOf(id))[0]?.state === 'dead')
    await hurry()
    await sleep(1_500)
    assert.equal(receiver.got.length, 10)
    receiver.answer = 204
    const [dead] = await deliveriesOf(id)
    const again = await developer.post(`webhooks/${id}/deliveries/${dead?.id}/replay`)
    assert.deepEqual([again.status, again.json], [200, { deliveries: 1 }])
    await soon(async () => (await deliveriesOf(id))[0]?.state === 'delivered')
    assert.equal(receiver.got.at(-1)?.headers['webhook-id'], dead?.id)
    assert.deepEqual((await developer.post(`webhooks/${id}/replay`)).json, { deliveries: 0 })
  })

  test('that hangs keeps nobody else waiting', async () => {
    const [hanging, prompt] = [await receive('hang'), await receive()]
    await make(hanging.url, ['*'])
    await make(prompt.url)
    for (let index = 0; index < 12; index += 1) await accountApi(url).join()
    await soon(() => prompt.got.length >= 12, 8_000)
    assert.ok(hanging.got.length > 0)
  })

  test('that is gone shuts the webhook, with an event; opened again it goes on', async () => {
    const receiver = await receive(410)
    const { id } = await make(receiver.url)
    await accountApi(url).join()
    const state = async () => (await developer.get(`webhooks/${id}`)).json as { enabled: boolean; disabled_reason: string | null }
    await soon(async () => !(await state()).enabled)
    assert.match((await state()).disabled_reason ?? '', /410 Gone/)
    const rows = await sql.text(`select 1 from events where type = 'webhook.shut' and payload ->> 'webhook' = $1`, [id])
    assert.equal(rows.length, 1)
    receiver.answer = 204
    assert.equal((await developer.patch(`webhooks/${id}`, { enabled: true })).status, 200)
    await hurry()
    await soon(async () => (await deliveriesOf(id))[0]?.state === 'delivered')
  })

  test('X-02: inside the network is not reached, at whatever time its name leads there', async () => {
    const { id } = await make('https://169.254.169.254/latest/meta-data')
    await accountApi(url).join()
    await soon(async () => (await deliveriesOf(id))[0]?.error !== undefined && (await deliveriesOf(id))[0]?.error !== null)
    const [delivery] = await deliveriesOf(id)
    assert.deepEqual([delivery?.state, delivery?.status], ['waiting', null])
    assert.doesNotMatch(delivery?.error ?? '', /ECONN|timeout/i)
    for (const at of [
      'ftp://example.com',
      'http://example.com/hook',
      'https://user:secret@example.com/',
      'nonsense',
      'https://example.com:22/',
    ])
      isProblem(await developer.post('webhooks', { url: at, event_types: ['*'] }), 422, 'invalid-request')
  })
})

describe('the secret of a webhook', () => {
  test('is shown once, and kept sealed', async () => {
    const { id, secret } = await make('https://hooks.example.com/a')
    assert.ok(!(await developer.get(`webhooks/${id}`)).text.includes('whsec_'))
    const [row] = await sql.text<{ secrets: Buffer }>('select secrets from webhooks where id = $1', [id])
    assert.ok(row !== undefined && !row.secrets.toString('latin1').includes(secret.slice(6)))
  })

  test('X-01: is rotated with an overlap in which both sign, and then the new one alone', async () => {
    const receiver = await receive()
    const { id, secret } = await make(receiver.url)
    const rotated = await developer.post(`webhooks/${id}/rotate-secret`, { overlap_seconds: 3_600 })
    const { secret: next } = rotated.json as Made
    await accountApi(url).join()
    await soon(() => receiver.got.length === 1)
    const both = receiver.got[0] as Got
    assert.deepEqual(String(both.headers['webhook-signature']).split(' '), [signatureOf(next, both), signatureOf(secret, both)])
    const last = (await developer.post(`webhooks/${id}/rotate-secret`, { overlap_seconds: 0 })).json as Made
    await accountApi(url).join()
    await soon(() => receiver.got.length === 2)
    const alone = receiver.got[1] as Got
    assert.equal(alone.headers['webhook-signature'], signatureOf(last.secret, alone))
  })
})

describe('webhooks in the admin API', () => {
  test('are seen by who may, and made and changed by who may', async () => {
    const { id } = await make('https://hooks.example.com/b')
    assert.equal((await auditor.get(`webhooks/${id}`)).status, 200)
    for (const answer of [
      await auditor.post('webhooks', { url: 'https://a.example', event_types: ['*'] }),
      await auditor.patch(`webhooks/${id}`, { enabled: false }),
      await auditor.remove(`webhooks/${id}`),
      await auditor.post(`webhooks/${id}/rotate-secret`, {}),
      await auditor.post(`webhooks/${id}/test`),
      await auditor.post(`webhooks/${id}/replay`),
    ])
      isProblem(answer, 403, 'missing-permission')
  })

  test('refuse events that do not exist, members that are not theirs, and ids that are none', async () => {
    const good = { url: 'https://a.example/', event_types: ['*'] }
    for (const body of [
      { ...good, event_types: ['user.nothing'] },
      { ...good, event_types: [] },
      { ...good, secret: 'mine' },
      { ...good, tenant_id: newId() },
    ])
      isProblem(await developer.post('webhooks', body), 422, 'invalid-request')
    for (const id of [newId(), 'x', '%00'])
      for (const answer of [
        await developer.get(`webhooks/${id}`),
        await developer.patch(`webhooks/${id}`, { enabled: true }),
        await developer.remove(`webhooks/${id}`),
        await developer.get(`webhooks/${id}/deliveries`),
        await developer.post(`webhooks/${id}/replay`),
        await developer.post(`webhooks/${id}/test`),
      ])
        assert.equal(answer.status, 404, `${id} ${answer.text}`)
  })

  test('S-08: are not changed over what somebody else changed meanwhile', async () => {
    const { id } = await make('https://hooks.example.com/c')
    const tag = { 'if-match': String((await developer.get(`webhooks/${id}`)).headers['etag']) }
    assert.equal((await owner.patch(`webhooks/${id}`, { description: 'First' }, tag)).status, 200)
    isProblem(await developer.patch(`webhooks/${id}`, { description: 'Second' }, tag), 412, 'changed-meanwhile')
    isProblem(await developer.remove(`webhooks/${id}`, tag), 412, 'changed-meanwhile')
    assert.equal((await developer.remove(`webhooks/${id}`)).status, 204)
  })

  test('are tested by an event of their own', async () => {
    const receiver = await receive()
    const { id } = await make(receiver.url, ['webhook.tested'])
    assert.equal((await developer.post(`webhooks/${id}/test`)).status, 202)
    await soon(() => receiver.got.length === 1)
    assert.equal(sentTo(receiver)[0]?.type, 'webhook.tested')
  })
})

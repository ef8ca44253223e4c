import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inTransaction } from '../../src/db/database.ts'
import { extendChain } from '../../src/events/chain/chain.job.ts'
import { checkpointKey } from '../../src/events/chain/checkpoint.ts'
import { countByHour } from '../../src/events/event-hours.ts'
import { record } from '../../src/events/events.store.ts'
import { makeEvent } from '../../src/events/events.ts'
import { accountApi } from '../harness/account-api.ts'
import { type AdminApi, administrator, isProblem } from '../harness/admin.ts'
import { form, request } from '../harness/http.ts'
import { startProvider } from '../harness/provider.ts'

type Figures = { readonly succeeded: number; readonly refused: number }
type Overview = {
  readonly sign_ins: {
    readonly hours: readonly { readonly at: string; readonly succeeded: Readonly<Record<string, number>>; readonly refused: number }[]
    readonly total: Figures
    readonly week_before: Figures
    readonly refused_by_reason: readonly { readonly reason: string; readonly count: number }[]
  }
  readonly live_sessions: { readonly count: number; readonly more: boolean }
  readonly latest_events: readonly { readonly type: string; readonly user_name: string | null; readonly sentence: string }[]
  readonly audit: { readonly size: number; readonly signed_at: string | null; readonly waiting_since: string | null }
  readonly mail: object | null
  readonly webhooks: object | null
  readonly next_key_rotation_at: string | null
  readonly ending_secrets: readonly { readonly client_id: string; readonly only: boolean }[] | null
  readonly hash_queue: object | null
}

const provider = await startProvider()
const { url, sql, platform } = provider
const { db, tenantId } = platform.base
const [owner, developer, support] = await Promise.all([
  administrator(provider, 'owner'),
  administrator(provider, 'developer'),
  administrator(provider, 'support'),
])
const extend = () => extendChain({ db, key: checkpointKey(Buffer.alloc(32, 9)), origin: 'id.example.com/audit' }, tenantId)
const overview = async (api: AdminApi = owner, query = ''): Promise<Overview> => (await api.get(`overview${query}`)).json as Overview

const signInsOf = (one: Overview): Figures & { readonly password: number } => ({
  ...one.sign_ins.total,
  password: one.sign_ins.hours.reduce((sum, { succeeded }) => sum + (succeeded['password'] ?? 0), 0),
})

describe('the overview', () => {
  test('tells a sign-in at once, and once, whether the tree has taken it or not', async () => {
    const { account } = await accountApi(url).join()
    const before = signInsOf(await overview())
    const token = (password: string) => request(`${url}/auth/token`, form({ username: account.username, password }))
    assert.equal((await token(account.password)).status, 200)
    assert.equal((await token('wrong password')).status, 401)
    const expected = { succeeded: before.succeeded + 1, refused: before.refused + 1, password: before.password + 1 }
    assert.deepEqual(signInsOf(await overview()), expected)
    await extend()
    assert.deepEqual(signInsOf(await overview()), expected)
    await extend()
    assert.deepEqual(signInsOf(await overview()), expected)
    const { reason } = (await overview()).sign_ins.refused_by_reason.find((one) => one.reason === 'wrong-password') ?? {}
    assert.equal(reason, 'wrong-password')
  })

  test('has every hour that was asked for, the present one last, and no more', async () => {
    for (const hours of [1, 24, 168]) {
      const { sign_ins: figures } = await overview(owner, `?hours=${hours}`)
      assert.equal(figures.hours.length, hours)
      const last = new Date(figures.hours.at(-1)?.at ?? '').getTime()
      assert.ok(last <= Date.now() && Date.now() - last < 3_600_000 + 60_000)
    }
  })

  test('compares with the same hours a week before', async () => {
    const at = new Date(Date.now() - 7 * 86_400_000)
    await sql.text(
      `insert into event_hours (tenant_id, hour, type, detail, count) values ($1, date_trunc('hour', $2::timestamptz), 'sign_in.succeeded', 'password', 7),
       ($1, date_trunc('hour', $2::timestamptz - interval '2 days'), 'sign_in.succeeded', 'password', 1000)`,
      [tenantId, at],
    )
    assert.deepEqual((await overview()).sign_ins.week_before, { succeeded: 7, refused: 0 })
  })

  test('names whom the latest events are about, the newest first', async () => {
    const { latest_events: latest } = await overview()
    assert.ok(latest.length > 0 && latest.length <= 8)
    assert.ok(latest.some(({ user_name: name }) => name !== null))
    assert.ok(latest.every(({ sentence, type }) => sentence !== type))
  })

  test('says since when an event has waited for the audit tree', async () => {
    await extend()
    const sealed = (await overview()).audit
    assert.ok(sealed.size > 0 && sealed.signed_at !== null)
    const event = makeEvent({ tenantId, type: 'backup.created', payload: { rows: 1 } })
    await inTransaction(db, { isIdempotent: false }, (tx) => record(tx, event))
    assert.ok((await overview()).audit.waiting_since !== null)
  })

  test('tells of secrets that end, and which has no successor', async () => {
    const { clients } = provider
    const made = await clients.create({ id: 'ending', isFirstParty: true, metadata: { redirect_uris: ['https://a.example/cb'] } })
    assert.equal(made.kind, 'saved')
    assert.equal((await clients.rotateSecret({ id: 'ending', overlapSeconds: 86_400 })).kind, 'rotated')
    const secretsOf = async () => (await overview()).ending_secrets?.filter(({ client_id: id }) => id === 'ending').map(({ only }) => only)
    assert.deepEqual(await secretsOf(), [false])
    await sql.text(`delete from client_secrets where client_id = 'ending' and expires_at is null`)
    assert.deepEqual(await secretsOf(), [true])
  })

  test('leaves out what the asker may not read', async () => {
    assert.equal((await overview(developer)).mail, null)
    const seen = await overview(support)
    assert.deepEqual([seen.webhooks, seen.next_key_rotation_at], [null, null])
    const all = await overview()
    for (const member of ['mail', 'webhooks', 'next_key_rotation_at', 'ending_secrets', 'hash_queue'] as const)
      assert.notEqual(all[member], null, member)
  })

  test('refuses who may not read events, and more hours than a week', async () => {
    isProblem(await (await administrator(provider)).get('overview'), 403, 'missing-permission')
    for (const hours of ['0', '169', '1.5', 'all']) isProblem(await owner.get(`overview?hours=${hours}`), 422, 'invalid-request')
  })
})

describe('the hours of events', () => {
  const event = (type: string, payload: object, at = '2026-03-01T10:59:59.999999Z') => ({ at, type, payload: JSON.stringify(payload) })

  test('tell sign-ins by their method and refusals by their reason, and nothing of any other payload', () => {
    const details = (events: readonly ReturnType<typeof event>[]) => countByHour(events).map(({ detail, count }) => [detail, count])
    const signIns = [['pwd'], ['pwd'], ['pwd', 'otp', 'mfa'], ['pop', 'user'], ['otp'], ['sms'], ['new'], []]
    assert.deepEqual(details(signIns.map((amr) => event('sign_in.succeeded', { amr }))), [
      ['password', 2],
      ['password-and-second-factor', 1],
      ['passkey', 1],
      ['code', 2],
      ['other', 2],
    ])
    assert.deepEqual(details([event('sign_in.refused', { reason: 'locked' }), event('user.renamed', { reason: 'secret' })]), [
      ['locked', 1],
      ['', 1],
    ])
  })

  test('begin and end on the hour', () => {
    const counts = countByHour([event('a', {}), event('a', {}, '2026-03-01T11:00:00.000000Z')])
    assert.deepEqual(
      counts.map(({ hour }) => hour),
      ['2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z'],
    )
  })

  test('hold what two nodes take into the tree at the same time once', async () => {
    const event_ = () => makeEvent({ tenantId, type: 'backup.restored', payload: { rows: 1 } })
    for (let index = 0; index < 20; index += 1) await inTransaction(db, { isIdempotent: false }, (tx) => record(tx, event_()))
    await Promise.all(Array.from({ length: 6 }, extend))
    const [row] = await sql.text<{ count: string }>(`select sum(count)::text as count from event_hours where type = 'backup.restored'`)
    assert.equal(row?.count, '20')
  })
})

import assert from 'node:assert/strict'
import type { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { totpCode } from '../../src/credentials/totp/totp-code.ts'
import { eventExportRoute } from '../../src/events/export.admin.routes.ts'
import { newId } from '../../src/platform/ids.ts'
import { calmStep, secretOf } from '../credentials/authenticator-app.ts'
import { accountApi } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { newOwner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url, sql } = own
const owner = await administrator(own, 'owner')
const auditor = await administrator(own, 'auditor')
const nobody = await administrator(own)

type Event = {
  id: string
  at: string
  type: string
  sentence: string
  actor: string | null
  request_id: string
  user_id: string
  payload: object
}
type Page = { events: Event[]; next: string | null }

const search = async (query: string, path = 'events'): Promise<Page> => {
  const answer = await auditor.get(`${path}?${query}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Page
}
const typesOf = ({ events }: Page): string[] => events.map(({ type }) => type)
const allPages = async (query: string): Promise<Event[]> => {
  const found: Event[] = []
  for (let next: string | null = ''; next !== null; ) {
    const page: Page = await search(`${query}${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`)
    found.push(...page.events)
    next = page.next
  }
  return found
}
/** Events of an hour long ago, `count` in all, many of them at the same instant. */
const plant = (user: string, count: number) =>
  sql.text(
    `insert into events (tenant_id, at, id, type, user_id, ip, user_agent, request_id, payload)
     select tenant_id, now() - interval '40 days' + (n / 10) * interval '1 second', gen_random_uuid(), 'sign_in.refused', $1, '192.0.2.7',
       '=HYPERLINK("https://evil.example")', 'planted', '{"reason":"wrong-password"}' from tenants, generate_series(1, $2::int) n where slug = 'default'`,
    [user, count],
  )

describe('the search of events', () => {
  test('finds by each of its filters, the newest first', async () => {
    const person = await newOwner(url)
    await accountApi(url).token({ ...person.account, password: 'wrong' })
    await owner.patch(`users/${person.userId}`, { attributes: { nickname: 'x' } })
    const user = `user=${person.userId}`
    assert.deepEqual(typesOf(await search(user)), ['user.updated', 'sign_in.refused', 'sign_in.succeeded', 'user.registered'])
    assert.deepEqual(typesOf(await search('', `users/${person.userId}/events`)), typesOf(await search(user)))
    const [updated] = (await search(user)).events
    assert.ok(updated)
    assert.deepEqual([updated.actor, updated.payload], [`user ${owner.userId}`, { attributes: ['nickname'], via: 'admin' }])
    assert.match(updated.sentence, /^Attributes of an account were changed/)
    const onlyOne = [
      `${user}&type=user.updated`,
      `request_id=${updated.request_id}`,
      `actor=${encodeURIComponent(`user ${owner.userId}`)}&${user}`,
      `session=${person.sessionId}`,
      `${user}&until=${encodeURIComponent(updated.at)}&type=sign_in.refused`,
      `${user}&since=${encodeURIComponent(updated.at)}`,
      `${user}&ip=127.0.0.1&type=sign_in.refused`,
    ]
    for (const query of onlyOne) assert.equal((await search(query)).events.length, 1, query)
    for (const query of [`${user}&ip=192.0.2.1`, `${user}&client=nobody`, `${user}&type=nothing`, `user=${newId()}`])
      assert.deepEqual(await search(query), { events: [], next: null }, query)
  })

  test('comes page by page, each event once, also where many have one instant', async () => {
    const user = newId()
    await plant(user, 57)
    const found = await allPages(`user=${user}&limit=4`)
    assert.equal(found.length, 57)
    assert.equal(new Set(found.map(({ id }) => id)).size, 57)
    assert.deepEqual(
      found.map(({ at }) => at),
      found
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    )
  })

  test('S-06, W-01: takes no operator, no hidden field and nothing that is not of its kind', async () => {
    for (const query of [
      'user=x',
      'session=1',
      'since=yesterday',
      'ip=1.2.3',
      'ip=::g',
      'actor=root',
      'payload=x',
      'sort=at',
      'limit=0',
      'limit=201',
      'type=',
    ])
      isProblem(await auditor.get(`events?${query}`), 422, 'invalid-request')
    isProblem(await auditor.get('events?type=%00'), 422, 'invalid-request')
    for (const text of ["'", '%', "' or 1=1--", '$1', "a'); drop table events;--"])
      assert.deepEqual((await search(`type=${encodeURIComponent(text)}`)).events, [], text)
  })

  test('S-07: takes no cursor of another search', async () => {
    const { next } = await search('limit=1')
    for (const query of ['type=user.registered', `user=${owner.userId}`, 'ip=127.0.0.1'])
      isProblem(await auditor.get(`events?${query}&cursor=${encodeURIComponent(next ?? '')}`), 422, 'invalid-request')
  })

  test('T-01: of a person who is not there there are none', async () => {
    for (const id of [newId(), 'x', '%00']) isProblem(await auditor.get(`users/${id}/events`), 404, 'not-found')
    for (const path of ['events', 'events/export?format=csv', 'events/types', `users/${owner.userId}/events`, 'requests/x'])
      isProblem(await nobody.get(path), 403, 'missing-permission')
  })
})

test('every type that an event can have is told with a sentence', async () => {
  const { types } = (await auditor.get('events/types')).json as { types: { type: string; sentence: string; example: object }[] }
  const known = new Map(types.map((one) => [one.type, one]))
  for (const { type } of await sql.text<{ type: string }>('select distinct type from events')) assert.ok(known.get(type)?.sentence, type)
  assert.ok(types.length > 60)
})

describe('a request', () => {
  test('is explained by its events, in their order', async () => {
    const person = await newOwner(url)
    const answer = await owner.post(`users/${person.userId}/disable`)
    const id = String(answer.headers['x-request-id'])
    const { events } = (await auditor.get(`requests/${id}`)).json as { events: Event[] }
    assert.deepEqual(events.map(({ type }) => type).sort(), ['session.ended', 'user.disabled'])
    for (const event of events) assert.deepEqual([event.request_id, event.actor], [id, `user ${owner.userId}`])
  })

  test('of a sign-in tells which rule asked for a second factor, and how that was answered', async () => {
    const plain = await newOwner(url)
    const person = await newOwner(url)
    const { uri } = (await person.post('totp')).json as { uri: string }
    const step = await calmStep(sql)
    await person.post('totp/confirm', { code: totpCode(secretOf(uri), step) })
    await sql.text('update totp_factors set last_step = 0 where user_id = $1', [person.userId])
    const { sessionId } = await signInAgain(url, person.account, totpCode(secretOf(uri), step))
    const decisionOf = async (session: string) => {
      const { request_id: id } = (await search(`session=${session}&type=sign_in.succeeded`)).events[0] ?? { request_id: '' }
      const { events } = (await auditor.get(`requests/${id}`)).json as { events: { payload: { second_factor?: object } }[] }
      return events[0]?.payload.second_factor
    }
    assert.deepEqual(await decisionOf(plain.sessionId), { asked_by: null, answer: 'not-asked' })
    assert.deepEqual(await decisionOf(sessionId), { asked_by: 'the person has set one up', answer: 'given' })
  })

  test('that wrote nothing, or is none, is not found', async () => {
    for (const id of ['unknown', 'x'.repeat(200), '%00', "'--"]) isProblem(await auditor.get(`requests/${encodeURI(id)}`), 404, 'not-found')
  })
})

describe('the export of events', () => {
  test('W-03: what a spreadsheet would run is text in CSV, and stays as it is in JSON Lines', async () => {
    const user = newId()
    await plant(user, 1203)
    const csv = await auditor.get(`events/export?format=csv&user=${user}`)
    assert.deepEqual([csv.status, csv.headers['content-type']], [200, 'text/csv; charset=utf-8; header=present'])
    assert.match(String(csv.headers['content-disposition']), /^attachment; filename="events.csv"$/)
    const rows = parse(csv.text, { columns: true }) as Record<string, string>[]
    assert.equal(rows.length, 1203)
    assert.equal(new Set(rows.map((row) => row['id'])).size, 1203)
    for (const row of rows) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/)
    assert.equal(rows[0]?.['user_agent'], `'=HYPERLINK("https://evil.example")`)
    const lines = (await auditor.get(`events/export?format=jsonl&user=${user}`)).text.trimEnd().split('\n')
    assert.equal(lines.length, 1203)
    assert.equal((JSON.parse(lines[0] ?? '') as { user_agent: string }).user_agent, '=HYPERLINK("https://evil.example")')
  })

  test('reads on only as its reader takes what there is: memory does not grow with it', async () => {
    let reads = 0
    const event = { id: newId(), at: '2026-01-01T00:00:00.000000Z', type: 'sign_in.refused', payload: {}, actor: null, request_id: null }
    const row = { ...event, user_id: null, session_id: null, client_id: null, ip: null, user_agent: null, personal_data: 'none' as const }
    const endless = eventExportRoute({
      limit: 10,
      search: async ({ limit }) => {
        reads += 1
        return Array.from({ length: limit }, () => row)
      },
      record: async () => undefined,
    })
    const answer = await endless.handle({ query: { format: 'jsonl' }, events: { make: () => undefined } } as never)
    const body = answer.body as Readable
    const chunks = body[Symbol.asyncIterator]()
    for (let taken = 0; taken < 3; taken += 1) assert.equal((await chunks.next()).done, false)
    await sleep(100)
    assert.ok(reads <= 6, `${reads} pages were read for three that were taken`)
    body.destroy()
    const before = reads
    await sleep(100)
    assert.equal(reads, before, 'a reader who goes away ends it')
  })

  test('is itself an event, with who took it', async () => {
    await auditor.get('events/export?format=jsonl&type=nothing')
    const [event] = (await search('type=events.exported')).events
    assert.deepEqual([event?.actor, event?.payload], [`user ${auditor.userId}`, { format: 'jsonl' }])
    isProblem(await auditor.get('events/export'), 422, 'invalid-request')
    isProblem(await auditor.get('events/export?format=xlsx'), 422, 'invalid-request')
    isProblem(await auditor.get('events/export?format=csv&limit=1'), 422, 'invalid-request')
  })
})

test('each filter of the search has an index that every partition has', async () => {
  const rows = await sql.text<{ name: string; valid: boolean; parts: number; partitions: number }>(
    `select p.relname as name, i.indisvalid as valid, (select count(*) from pg_inherits a where a.inhparent = p.oid) as parts,
       (select count(*) from pg_inherits h where h.inhparent = 'events'::regclass) as partitions
     from pg_index i join pg_class p on p.oid = i.indexrelid where i.indrelid = 'events'::regclass`,
  )
  assert.ok(rows.length >= 8)
  for (const { name, valid, parts, partitions } of rows) assert.deepEqual([name, valid, parts], [name, true, partitions])
})

test('no request of this file made the server fail', async () => {
  await signInAgain(url, (await newOwner(url)).account)
  assert.deepEqual(failuresIn(own), [])
})

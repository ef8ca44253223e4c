import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkpointKey, extendChain, readCheckpoint, verifierKey } from '../../src/events/chain/chain.job.ts'
import { type EventType, eventTypeFilters } from '../../src/events/events.ts'
import { endings, refusals, revocations, stops } from '../../src/events/explanations.ts'
import { explain, relatedTo, storyTypes } from '../../src/events/story.ts'
import { accountApi } from '../harness/account-api.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { request } from '../harness/http.ts'
import { newOwner } from '../harness/own-account.ts'
import { failuresIn, operatorClient, signedIn, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const own = await startProvider()
const { url, sql } = own
const auditor = await administrator(own, 'auditor')

type Step = {
  event: { id: string; type: string; user_id: string | null; session_id: string | null; request_id: string; at: string }
  of_request: boolean
  verdict: string
  says: string
  remedy: string | null
  place: string | null
  reason: string | null
}
type Story = { request_id: string; outcome: string; steps: Step[] }

const storyOf = async (requestId: string): Promise<Story> => {
  const answer = await auditor.get(`requests/${encodeURIComponent(requestId)}/story`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Story
}
const refuse = async (username: string): Promise<string> => {
  const answer = await accountApi(url).token({ username, password: 'wrong password' })
  return String(answer.headers['x-request-id'])
}
const requestOf = async (where: string, values: readonly unknown[]): Promise<string> => {
  const [row] = await sql.text<{ request_id: string }>(`select request_id from events where ${where} order by at desc limit 1`, [...values])
  assert.ok(row)
  return row.request_id
}

/** An event of this person, minutes from now. */
const plant = (at: { userId: string; minutes: number; request: string; type?: string }) =>
  sql.text(
    `insert into events (tenant_id, at, id, type, user_id, request_id, payload)
     select tenant_id, now() + $2::int * interval '1 minute', gen_random_uuid(), $4, $1, $3, '{"reason":"wrong-password"}' from tenants where slug = 'default'`,
    [at.userId, at.minutes, at.request, at.type ?? 'sign_in.refused'],
  )

describe('the story of a sign-in', () => {
  test('tells why it was refused, what can be done and where', async () => {
    const person = await newOwner(url)
    const story = await storyOf(await refuse(person.account.username))
    assert.equal(story.outcome, 'refused')
    const refused = story.steps.find(({ of_request: isOfRequest }) => isOfRequest)
    assert.ok(refused)
    assert.deepEqual([refused.verdict, refused.reason, refused.place], ['refused', 'wrong-password', 'user'])
    assert.equal(refused.says, refusals['wrong-password'].says)
    assert.equal(refused.remedy, refusals['wrong-password'].remedy)
  })

  test('holds what other requests of the same sign-in decided, in their order, from a wrong password to the tokens of the application', async () => {
    const client = await operatorClient(own)
    const person = await signedIn(url, client)
    await refuse(person.account.username)
    const [row] = await sql.text<{ request_id: string; user_id: string }>(
      `select request_id, user_id from events where type = 'grant.redeemed' and client_id = $1 order by at desc limit 1`,
      [client.id],
    )
    assert.ok(row)
    const story = await storyOf(row.request_id)
    const types = story.steps.map(({ event }) => event.type)
    for (const type of ['sign_in.succeeded', 'authorization.granted', 'grant.redeemed', 'sign_in.refused'])
      assert.ok(types.includes(type), `${type} in ${types.join(' ')}`)
    assert.ok(types.indexOf('sign_in.succeeded') < types.indexOf('grant.redeemed'))
    assert.equal(story.outcome, 'passed', 'the refusal afterwards is of another request')
    assert.ok(new Set(story.steps.map(({ event }) => event.request_id)).size >= 3)
    const signIn = story.steps.find(({ event }) => event.type === 'sign_in.succeeded')
    assert.equal(signIn?.says, 'Signed in with pwd. No rule asked for a second factor.')
    const ats = story.steps.map(({ event }) => event.at)
    assert.deepEqual(ats, ats.toSorted())
  })

  test('holds nothing of other persons, of long before or after, and nothing that decides no sign-in', async () => {
    const [person, other] = [await newOwner(url), await newOwner(url)]
    await refuse(other.account.username)
    await plant({ userId: person.userId, minutes: -31, request: 'long-before' })
    await plant({ userId: person.userId, minutes: -20, request: 'before' })
    await plant({ userId: person.userId, minutes: 12, request: 'long-after' })
    await plant({ userId: person.userId, minutes: -5, request: 'profile', type: 'avatar.changed' })
    const { steps } = await storyOf(await refuse(person.account.username))
    const requests = steps.map(({ event }) => event.request_id)
    assert.ok(requests.includes('before'))
    for (const none of ['long-before', 'long-after', 'profile']) assert.equal(requests.includes(none), false, none)
    assert.deepEqual(new Set(steps.map(({ event }) => event.user_id)), new Set([person.userId]))
  })

  test('tells of a redirect address that is not registered, and leads to the application', async () => {
    const client = await operatorClient(own)
    const query = new URLSearchParams({
      client_id: client.id,
      response_type: 'code',
      redirect_uri: 'https://elsewhere.example/cb',
      scope: 'openid',
    })
    await request(`${url}/oauth2/authorize?${query}`)
    const story = await storyOf(await requestOf(`type = 'client.redirect_refused' and client_id = $1`, [client.id]))
    assert.equal(story.outcome, 'refused')
    assert.match(story.steps[0]?.says ?? '', /https:\/\/elsewhere\.example\/cb/)
    assert.equal(story.steps[0]?.place, 'client')
  })

  test('tells which rule refused a request of an application, at every door, also before anybody is known', async () => {
    const client = await operatorClient(own, { metadata: { scope: 'openid profile' } })
    const query = (rest: object) => new URLSearchParams({ client_id: client.id, response_type: 'code', scope: 'openid', ...rest })
    const redirect_uri = client.redirectUri
    const told = async (answer: { headers: Record<string, unknown> }) => {
      const id = String(answer.headers['x-request-id'])
      await until(
        async () => (await sql.text('select 1 from events where request_id = $1', [id])).length > 0,
        5000,
        'the refusal is recorded',
      )
      const { outcome, steps } = await storyOf(id)
      assert.deepEqual([outcome, steps.length, steps[0]?.event.type, steps[0]?.place], ['refused', 1, 'request.refused', 'client'])
      assert.ok(steps[0]?.remedy)
      return steps[0]?.says ?? ''
    }
    const authorize = (rest: object) => request(`${url}/oauth2/authorize?${query(rest)}`)
    assert.match(await told(await authorize({ client_id: 'nobody', redirect_uri })), /client_id|application/i)
    assert.match(await told(await authorize({ redirect_uri, prompt: 'none login' })), /invalid_request/)
    assert.match(await told(await authorize({ redirect_uri, response_type: 'nonsense' })), /unsupported_response_type|unauthorized_client/)
    const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } } as const
    const token = (rest: object) =>
      request(`${url}/oauth2/token`, { ...form, body: new URLSearchParams({ client_id: client.id, ...rest }).toString() })
    assert.match(await told(await token({ client_secret: 'wrong', grant_type: 'authorization_code', code: 'x' })), /invalid_client/)
    const text = JSON.stringify(await sql.text(`select payload from events where type = 'request.refused'`))
    assert.doesNotMatch(text, /"wrong"/)
  })

  test('stays bounded, however much somebody tried', async () => {
    const person = await newOwner(url)
    await sql.text(
      `insert into events (tenant_id, at, id, type, user_id, request_id, payload)
       select tenant_id, now() - n * interval '1 millisecond', gen_random_uuid(), 'sign_in.refused', $1, 'flood', '{"reason":"wrong-password"}'
       from tenants, generate_series(1, 1000) n where slug = 'default'`,
      [person.userId],
    )
    const { steps } = await storyOf(await refuse(person.account.username))
    assert.ok(steps.length <= 201, String(steps.length))
  })

  test('of a request that nobody knows is not there, and needs the permission to read events', async () => {
    for (const id of ['nothing', "' or 1=1--", '%00', 'x'.repeat(129)])
      isProblem(await auditor.get(`requests/${id === '%00' ? id : encodeURIComponent(id)}/story`), 404, 'not-found')
    const nobody = await administrator(own)
    const known = await requestOf('user_id = $1', [auditor.userId])
    isProblem(await nobody.get(`requests/${encodeURIComponent(known)}/story`), 403, 'missing-permission')
  })

  test('each of its searches goes by an index and ends at a time', () => {
    const event = {
      ...{ id: 'a', at: new Date().toISOString(), type: 'x', ip: null, user_agent: null },
      request_id: 'r',
      actor: null,
      payload: {},
    }
    const many = Array.from({ length: 50 }, (_, n) => ({ ...event, user_id: `user ${n}`, session_id: `session ${n}`, client_id: null }))
    const searches = relatedTo(many)
    assert.equal(searches.length, 5)
    for (const search of searches) {
      assert.ok((search.userId ?? search.sessionId) !== undefined)
      assert.ok(search.since !== undefined && search.until !== undefined && search.limit <= 100)
    }
    assert.deepEqual(relatedTo([]), [])
  })
})

describe('explanations', () => {
  test('every reason has a sentence, and every refused sign-in something that can be done', () => {
    for (const [reason, { says, remedy, verdict }] of Object.entries(refusals)) {
      assert.match(says, /^[A-Z].+\.$/, reason)
      assert.match(remedy ?? '', /^[A-Z].+\.$/, reason)
      assert.equal(verdict, 'refused')
      assert.deepEqual(explain({ type: 'sign_in.refused', payload: { reason } }), refusals[reason as keyof typeof refusals])
    }
    for (const [reason, sentence] of Object.entries({ ...endings, ...revocations, ...stops })) assert.match(sentence, /^[A-Z].+\.$/, reason)
  })

  test('are of events that there are, and hold where an older release wrote less', () => {
    for (const type of storyTypes) {
      assert.ok(eventTypeFilters.includes(type), type)
      assert.match(explain({ type: type as EventType, payload: {} })?.says ?? '', /^[A-Z]/, type)
    }
    assert.equal(explain({ type: 'avatar.changed', payload: {} }), undefined)
    assert.equal(explain({ type: 'constructor', payload: {} }), undefined)
  })
})

describe('the audit tree', () => {
  test('is shown with its newest signed head, which holds by the key that is shown beside it', async () => {
    const key = checkpointKey(own.config.key('audit-checkpoints'))
    const { base } = own.platform
    await extendChain({ db: base.db, key, origin: 'id.example.com/audit' }, base.tenantId)
    const answer = await auditor.get('audit')
    assert.equal(answer.status, 200, answer.text)
    const shown = answer.json as { size: number; signed_at: string; checkpoint: string; verifier_key: string }
    const head = readCheckpoint(shown.checkpoint, key)
    assert.ok(head && head.size === shown.size && shown.size > 0)
    assert.equal(shown.verifier_key, verifierKey(head.origin, key))
    assert.ok(Date.now() - Date.parse(shown.signed_at) < 60_000)
    assert.equal(readCheckpoint(shown.checkpoint.replace(`${shown.size}`, `${shown.size + 1}`), key), undefined)
  })

  test('is not shown to who may read no events', async () => {
    isProblem(await (await administrator(own)).get('audit'), 403, 'missing-permission')
  })
})

test('no request of this file made the server fail', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createReusedValues, type ReusedKind, reuseTolerated } from '../../src/oauth/reused-values.ts'
import { authorizeUrl, type Fields, pkce, postAs } from '../harness/oauth.ts'
import { failuresIn, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own

const counted = async (): Promise<Record<string, number>> => {
  const text = await own.platform.metrics.registry.metrics()
  const rows = [...text.matchAll(/^cip_oauth_reused_values_total\{parameter="(\w+)"\} (\d+)$/gm)]
  return Object.fromEntries(rows.map(([, kind = '', count]) => [kind, Number(count)]))
}
const warnings = (clientId: string): string[] =>
  own
    .logs()
    .split('\n')
    .filter((line) => line.includes('with many authorization requests') && line.includes(clientId))

const often = async (work: (round: number) => Promise<unknown>): Promise<void> => {
  for (let round = 0; round < reuseTolerated + 3; round += 1) await work(round)
}

test('A-15 a nonce or challenge that never changes is told once to the operator, without its value, and counted', async () => {
  const client = await operatorClient(own)
  const person = await signedIn(url, client)
  for (const [kind, value] of [
    ['nonce', 'the-constant-nonce'],
    ['code_challenge', pkce().challenge],
  ] as const) {
    const before = (await counted())[kind] ?? 0
    const fixed: Fields = kind === 'nonce' ? { nonce: value } : { code_challenge: value, code_challenge_method: 'S256' }
    await often((round) => person.browser.follow(authorizeUrl(url, client, { ...fixed, state: `s${round}` })))
    assert.equal((await counted())[kind], before + 3, kind)
    const told = warnings(client.id).filter((line) => line.includes(`"parameter":"${kind}"`))
    assert.equal(told.length, 1, kind)
    assert.match(told[0] ?? '', /"level":40.*must make a new random/)
    assert.equal(own.logs().includes(value), false, 'the value is in no line of the log')
  }
})

test('A-15 looks at pushed requests when they are pushed, and at those by POST, and counts each request once', async () => {
  const client = await operatorClient(own)
  const person = await signedIn(url, client)
  const before = (await counted())['nonce'] ?? 0
  const asked = { redirect_uri: client.redirectUri, response_type: 'code', scope: 'openid', nonce: 'pushed-nonce' }
  for (let round = 0; round < reuseTolerated; round += 1) {
    const pushed = (await postAs(`${url}/oauth2/par`, client, asked)).json as { request_uri: string }
    await person.browser.follow(`${url}/oauth2/authorize?${new URLSearchParams({ client_id: client.id, ...pushed })}`)
  }
  assert.deepEqual([(await counted())['nonce'] ?? 0, warnings(client.id)], [before, []])
  await postAs(`${url}/oauth2/authorize`, client, { client_id: client.id, ...asked })
  assert.deepEqual([(await counted())['nonce'], warnings(client.id).length], [before + 1, 1])
})

test('A-15 a flow that goes from page to page is one request, and values that change are no matter', async () => {
  const client = await operatorClient(own, { isFirstParty: false })
  const person = await signedIn(url, client)
  const page = await person.browser.follow(authorizeUrl(url, client, { prompt: 'consent', nonce: 'walked-nonce' }))
  const { search } = new URL(page.url)
  await often(() => person.browser.follow(`${url}/interaction/continue${search}`))
  await often(() => person.browser.follow(page.url))
  await often((round) => person.browser.follow(authorizeUrl(url, client, { nonce: `n${round}` })))
  assert.deepEqual(warnings(client.id), [])
})

test('A-15 tells each tenant, client and kind apart, again after an hour, and remembers no more than it may', () => {
  let now = 1000
  const told: string[] = []
  const reused = createReusedValues({ onReuse: ({ clientId, kind }) => told.push(`${clientId} ${kind}`), now: () => now, valuesMax: 100 })
  const send = (times: number, request: { tenantId?: string; clientId?: string; kind?: ReusedKind; value?: string } = {}): void => {
    const { tenantId = 't', clientId = 'a', kind = 'nonce', value = 'v' } = request
    const [nonce, codeChallenge] = kind === 'nonce' ? [value, undefined] : [undefined, value]
    for (let count = 0; count < times; count += 1) reused.look({ tenantId, clientId, nonce, codeChallenge })
  }
  send(reuseTolerated)
  send(reuseTolerated, { tenantId: 'u' })
  send(reuseTolerated, { clientId: 'b' })
  send(reuseTolerated, { kind: 'code_challenge' })
  // A name that holds what could divide it from the value is another name.
  send(reuseTolerated, { clientId: 'a","nonce' })
  assert.deepEqual(told, [])
  send(5)
  assert.deepEqual([told, reused.counts().nonce], [['a nonce'], 5])
  send(1, { kind: 'code_challenge' })
  assert.deepEqual(told, ['a nonce', 'a code_challenge'])
  now += 3_600_001
  send(reuseTolerated)
  assert.equal(told.length, 2, 'an hour later it is counted anew')
  send(1)
  assert.deepEqual(told.slice(2), ['a nonce'])
  send(reuseTolerated, { value: 'kept' })
  for (let index = 0; index < 100; index += 1) send(1, { value: `flood ${index}` })
  send(1, { clientId: 'c', value: 'kept' })
  send(1, { value: 'kept' })
  assert.equal(reused.counts().nonce, 6, 'the oldest values made room')
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createAccountClient } from './account-client.ts'
import { ApiError, StepUpRequired } from './errors.ts'
import { readChallenge } from './read-refusal.ts'

type Answer = { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }

const setUp = (...answers: readonly Answer[]) => {
  const requests: { url: string; options: RequestInit }[] = []
  const demands: StepUpRequired[] = []
  const wishes: boolean[] = []
  const client = createAccountClient({
    issuer: 'https://id.example/t/acme',
    getToken: async ({ isStale }) => {
      wishes.push(isStale)
      return isStale ? 'new' : 'old'
    },
    onStepUp: (required) => demands.push(required),
    fetch: async (url, options) => {
      const { status, body, headers = {} } = answers[requests.length] ?? { status: 500 }
      requests.push({ url, options })
      return body === undefined ? new Response(null, { status, headers }) : Response.json(body, { status, headers })
    },
  })
  return { client, requests, demands, wishes }
}

const challenge =
  'Bearer error="insufficient_user_authentication", error_description="Sign in again, \\"now\\"", max_age="600", acr_values="aal2"'
const problem = (expected: Partial<ApiError>) => (error: unknown) => {
  assert.ok(error instanceof ApiError)
  for (const [name, value] of Object.entries(expected)) assert.deepEqual(error[name as keyof ApiError], value, name)
  return true
}

describe('a call', () => {
  test('goes below the issuer with the token and its body as JSON', async () => {
    const { client, requests } = setUp({ status: 200, body: {} })
    await client.changeProfile({ given_name: null })
    const [{ url, options } = { url: '', options: {} }] = requests
    assert.equal(url, 'https://id.example/t/acme/account/v1/profile')
    assert.deepEqual(
      [options.method, options.body, new Headers(options.headers).get('authorization')],
      ['PATCH', '{"attributes":{"given_name":null}}', 'Bearer old'],
    )
  })

  test('asks for words in the language of the page, as it is at the time of the call', async () => {
    const asked: (string | null)[] = []
    let language = 'de'
    const client = createAccountClient({
      issuer: 'https://id.example',
      getToken: async () => 'token',
      getLanguage: () => language,
      fetch: async (_, { headers }) => {
        asked.push(new Headers(headers).get('accept-language'))
        return Response.json({ identities: [], sessions: [] })
      },
    })
    assert.deepEqual(await client.identities(), [])
    language = 'ar'
    await client.sessions()
    assert.deepEqual(asked, ['de', 'ar'])
  })

  test('escapes what it puts into a path', async () => {
    const { client, requests } = setUp({ status: 204 })
    await client.disconnectApplication('https://api.example/../x?y')
    assert.equal(requests[0]?.url, 'https://id.example/t/acme/account/v1/applications/https%3A%2F%2Fapi.example%2F..%2Fx%3Fy')
  })

  test('is made once more with a new token after a 401, and no third time', async () => {
    const lucky = setUp({ status: 401 }, { status: 200, body: { sessions: [] } })
    assert.deepEqual(await lucky.client.sessions(), [])
    assert.deepEqual(lucky.wishes, [false, true])
    const unlucky = setUp({ status: 401 }, { status: 401 })
    await assert.rejects(unlucky.client.me(), problem({ kind: 'signed-out', status: 401 }))
    assert.equal(unlucky.requests.length, 2)
  })

  test('refuses without a token before it sends anything', async () => {
    const client = createAccountClient({ issuer: 'https://id.example', getToken: async () => undefined, fetch: () => assert.fail('sent') })
    await assert.rejects(client.me(), problem({ kind: 'signed-out' }))
  })

  test('says that the server cannot be reached', async () => {
    const client = createAccountClient({
      issuer: 'https://id.example',
      getToken: async () => 'token',
      fetch: () => Promise.reject(new TypeError('Failed to fetch')),
    })
    await assert.rejects(client.me(), problem({ kind: 'offline', status: 0 }))
  })
})

describe('a refusal', () => {
  test('for a fresher sign-in is StepUpRequired with what is wanted, and is told', async () => {
    const { client, demands } = setUp({
      status: 403,
      body: { detail: 'Sign in again to do this' },
      headers: { 'www-authenticate': challenge },
    })
    await assert.rejects(client.removeTotp(), (error) => error instanceof StepUpRequired)
    assert.deepEqual([demands[0]?.maxAge, demands[0]?.acrValues], [600, ['aal2']])
  })

  test('with 403 and no such challenge is a plain refusal', async () => {
    const { client, demands } = setUp({ status: 403, body: { detail: 'Not yours' } })
    await assert.rejects(client.removeTotp(), problem({ kind: 'refused', message: 'Not yours' }))
    assert.equal(demands.length, 0)
  })

  test('of the schema says what is wrong with which member', async () => {
    const detail = [{ loc: ['body', 'attributes', 'birthdate'], msg: 'must be a date such as 1990-12-31', type: 'format' }]
    const { client } = setUp({ status: 422, body: { detail } })
    await assert.rejects(
      client.changeProfile({ birthdate: 'x' }),
      problem({ kind: 'invalid', fields: { birthdate: 'must be a date such as 1990-12-31' } }),
    )
  })

  test('keeps its kind, its sentence and when to come again', async () => {
    const cases: readonly (readonly [Answer, Partial<ApiError>])[] = [
      [
        { status: 404, body: { detail: 'Not Found' } },
        { kind: 'not-found', message: 'Not Found' },
      ],
      [{ status: 409, body: { detail: 'The last way to sign in' } }, { kind: 'conflict' }],
      [
        { status: 429, body: { detail: 'Too many requests' }, headers: { 'retry-after': '7' } },
        { kind: 'too-many', retryAfterSeconds: 7 },
      ],
      [
        { status: 503, headers: { 'retry-after': 'soon' } },
        { kind: 'unavailable', retryAfterSeconds: undefined },
      ],
      [{ status: 502 }, { kind: 'failed', message: 'The server answered 502.' }],
    ]
    for (const [answer, expected] of cases) await assert.rejects(setUp(answer).client.factors(), problem(expected))
  })

  test('reads challenges with quoted and bare values, and nothing from other schemes', () => {
    assert.deepEqual(readChallenge(challenge), {
      error: 'insufficient_user_authentication',
      error_description: 'Sign in again, "now"',
      max_age: '600',
      acr_values: 'aal2',
    })
    assert.deepEqual(readChallenge('Bearer max_age=60,error=x'), { max_age: '60', error: 'x' })
    for (const header of [null, 'Basic error="x"', 'Bearer']) assert.deepEqual(readChallenge(header), {})
  })
})

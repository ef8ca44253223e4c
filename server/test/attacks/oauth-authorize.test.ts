import assert from 'node:assert/strict'
import { test } from 'node:test'
import { form, request } from '../harness/http.ts'
import { authorizeUrl, type Fields, newPerson, parametersOf, registerClient } from '../harness/oauth.ts'
import { askSilently, failuresIn, operatorClient, signedIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own)
const dynamic = await registerClient(url)
const person = await signedIn(url, client)
const endpoint = `${url}/oauth2/authorize`
const usual = { client_id: client.id, redirect_uri: client.redirectUri, response_type: 'code', scope: 'openid', state: 's' }

/** The request by GET and by POST, as far as the first answer. */
const bothWays = async (query: string) => [
  await person.browser.send(`${endpoint}?${query}`),
  await person.browser.send(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: query,
  }),
]

const isPageOnly = (answer: Awaited<ReturnType<typeof request>>, about: string): void => {
  assert.deepEqual([answer.status, answer.headers.location], [400, undefined], about)
  assert.match(String(answer.headers['content-type']), /^text\/html/, about)
  assert.match(String(answer.headers['content-security-policy']), /default-src 'none'.*frame-ancestors 'none'/, about)
  assert.doesNotMatch(answer.text, /cip_ac_/, about)
}

const answerOf = async (parameters: Fields, by = client): Promise<Record<string, string>> => {
  const page = await person.browser.follow(authorizeUrl(url, by, parameters))
  assert.ok(page.url.startsWith(by.redirectUri), `${page.url} ${page.text.slice(0, 300)}`)
  return parametersOf(page)
}

const isError = (answer: Record<string, string>, error: string, about = ''): void => {
  assert.equal(answer['error'], error, `${about} ${JSON.stringify(answer)}`)
  for (const name of ['code', 'access_token', 'id_token']) assert.equal(answer[name], undefined, about)
}

test('A-01 shows a page and sends nobody on where the client or its redirect_uri is not known to be right', async () => {
  const off = await operatorClient(own)
  assert.equal(await own.clients.setStatus(off.id, 'disabled'), true)
  const cases: Record<string, Fields> = {
    'an unknown client': { client_id: 'nobody' },
    'no client': { client_id: '' },
    'a client id of 10 KB': { client_id: 'x'.repeat(10_000) },
    'a disabled client': { client_id: off.id },
    'no redirect_uri': { redirect_uri: '' },
    'a redirect_uri of nobody': { redirect_uri: 'https://evil.example/callback' },
    'a redirect_uri of a script': { redirect_uri: 'javascript:alert(1)' },
    'every other thing wrong too': { redirect_uri: 'https://evil.example', response_type: 'token', scope: '"', prompt: 'none login' },
  }
  for (const [about, wrong] of Object.entries(cases))
    for (const answer of await bothWays(new URLSearchParams({ ...usual, ...wrong }).toString())) isPageOnly(answer, about)
})

test('A-01 what is refused for its redirect_uri is told to administrators: the address alone, of a known client, and bounded', async () => {
  const fresh = await operatorClient(own)
  const toldOf = async (id: string): Promise<string[]> => {
    const where = `type = 'client.redirect_refused' and client_id = $1`
    const rows = await own.sql.text<{ uri: string }>(`select payload ->> 'redirect_uri' as uri from events where ${where} order by at`, [
      id,
    ])
    return rows.map(({ uri }) => uri)
  }
  const send = (client_id: string, redirect_uri: string) => bothWays(new URLSearchParams({ ...usual, client_id, redirect_uri }).toString())
  for (const answer of await send(fresh.id, 'http://localhost:3000/callback?token=secret#more')) {
    isPageOnly(answer, 'refused')
    assert.doesNotMatch(answer.text, /localhost:3000/, 'the page tells nobody')
  }
  for (const uri of ['javascript:alert(1)', '/callback', 'https://name:word@evil.example/', '']) await send(fresh.id, uri)
  assert.deepEqual(await toldOf(fresh.id), ['http://localhost:3000/callback'])
  for (let index = 0; index < 15; index += 1) await send(fresh.id, `http://localhost:3000/${index}`)
  assert.equal((await toldOf(fresh.id)).length, 10)
  await send('nobody', 'http://localhost:3000/callback')
  assert.deepEqual(await toldOf('nobody'), [])
})

test('A-02 refuses every response type that would bring a token in the front channel, of a client that has none', async () => {
  for (const type of [
    'token',
    'id_token',
    'id_token token',
    'token id_token',
    'code token',
    'code id_token',
    'code id_token token',
    'none',
    'CODE',
  ])
    for (const by of [client, dynamic]) isError(await answerOf({ response_type: type, nonce: 'n' }, by), 'unsupported_response_type', type)
})

test('A-02 takes no flow that was changed on its way through the pages', async () => {
  const { browser } = await newPerson(url)
  const page = await browser.follow(authorizeUrl(url, client))
  const sealed = new URL(page.url).searchParams.get('flow') ?? ''
  const middle = sealed.length >> 1
  const changed = [
    `${sealed.slice(0, middle)}${sealed[middle] === 'A' ? 'B' : 'A'}${sealed.slice(middle + 1)}`,
    sealed.slice(0, -8),
    '',
    Buffer.from(JSON.stringify({ parameters: [['response_type', 'token']], resources: [], startedAt: Date.now() })).toString('base64url'),
  ]
  for (const flow of changed)
    for (const path of ['sign-in', 'sign-up', 'consent', 'select-account', 'continue', 'logout'])
      isPageOnly(await browser.send(`${url}/interaction/${path}?flow=${flow}`), `${path} ${flow.slice(0, 20)}`)
})

test('A-03 takes neither the first nor the last of a parameter that comes twice, in the query or in query and body', async () => {
  const rest = { nonce: 'n', prompt: 'none', response_mode: 'query', max_age: '9', ui_locales: 'en', login_hint: 'x' }
  const query = new URLSearchParams({ ...usual, ...rest }).toString()
  for (const [name, value] of Object.entries({ ...usual, ...rest })) {
    for (const second of [value, 'https://evil.example/callback']) {
      const again = new URLSearchParams({ [name]: second }).toString()
      const answers = [
        ...(await bothWays(`${query}&${again}`)),
        await person.browser.send(`${endpoint}?${query}`, form({ [name]: second })),
      ]
      for (const answer of answers) {
        const isTold = !['client_id', 'redirect_uri'].includes(name)
        if (!isTold) isPageOnly(answer, name)
        else isError(parametersOf({ url: String(answer.headers.location) }), 'invalid_request', name)
        assert.doesNotMatch(String(answer.headers.location), /evil/, name)
      }
    }
  }
})

test('A-04 refuses response modes that nobody offers or the client is not registered for, in one that it has', async () => {
  const narrow = await operatorClient(own, { metadata: { response_modes: ['query'] } })
  for (const mode of ['web_message', 'jwt', 'query.jwt', 'form_post.jwt', 'QUERY', 'fragment ', 'form_post', 'fragment'])
    isError(await answerOf({ response_mode: mode }, narrow), 'invalid_request', mode)
  const front = await operatorClient(own, {
    metadata: { grant_types: ['implicit'], response_types: ['id_token', 'id_token token'] },
  })
  for (const response_type of ['id_token', 'id_token token']) {
    const page = await person.browser.follow(authorizeUrl(url, front, { response_type, response_mode: 'query', nonce: 'n' }))
    assert.equal(new URL(page.url).searchParams.has('id_token'), false, page.url)
    isError(parametersOf(page), 'invalid_request', response_type)
  }
})

test('A-04 a page that posts the answer writes every value as text', async () => {
  const evil = `"><script>alert(1)</script><form action='https://evil.example'>`
  for (const parameters of [{}, { response_type: 'token' }, { prompt: 'none none' }]) {
    const page = await person.browser.follow(authorizeUrl(url, client, { response_mode: 'form_post', state: evil, ...parameters }))
    assert.equal(page.form?.action, client.redirectUri)
    assert.equal(page.form?.fields['state'], evil)
    assert.equal(page.form?.fields['iss'], url)
    assert.doesNotMatch(page.text, /<script>alert|action='https:\/\/evil/)
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/)
    assert.doesNotMatch(String(page.headers['content-security-policy']), /unsafe-inline/)
  }
})

test('A-05 prompt=none never shows a page and never gives a code where one would be needed', async () => {
  const stranger = await newPerson(url)
  isError(await askSilently(url, client, { person: stranger }), 'login_required')
  isError(await askSilently(url, dynamic, { person }), 'consent_required')
  await own.sql.text(`update sessions set auth_time = now() - interval '2 minutes' where kind = 'browser'`)
  for (const max_age of ['0', '60']) isError(await askSilently(url, client, { person, parameters: { max_age } }), 'login_required', max_age)
  const claims = JSON.stringify({ id_token: { sub: { value: 'somebody-else' } } })
  isError(await askSilently(url, client, { person, parameters: { claims } }), 'login_required')
  for (const prompt of ['none login', 'none consent', 'none select_account', 'none create'])
    isError(await answerOf({ prompt }), 'invalid_request', prompt)
})

test('A-12 names the issuer in every answer, success and error, in every mode', async () => {
  for (const response_mode of ['query', 'fragment'])
    for (const parameters of [{}, { scope: '"' }, { response_type: 'token' }, { prompt: 'none', max_age: '0' }, { registration: '{}' }])
      assert.equal((await answerOf({ response_mode, ...parameters }))['iss'], url, JSON.stringify(parameters))
})

test('A-14 never lets a script of another site read what the authorization endpoint or a page answers', async () => {
  const { browser } = await newPerson(url)
  const page = await browser.follow(authorizeUrl(url, client))
  const { search } = new URL(page.url)
  const pages = ['sign-in', 'sign-up', 'consent', 'select-account', 'continue', 'logout', 'signed-out'].map(
    (name) => `/interaction/${name}${search}`,
  )
  for (const path of [`/oauth2/authorize?${new URLSearchParams(usual)}`, '/oauth2/logout', '/device', ...pages])
    for (const method of ['GET', 'POST', 'OPTIONS'])
      for (const origin of ['https://evil.example', 'null', url]) {
        const headers = { origin, 'access-control-request-method': method, 'content-type': 'application/x-www-form-urlencoded' }
        const answer = await request(`${url}${path}`, { method, headers, body: method === 'POST' ? '' : undefined })
        const allowing = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))
        assert.deepEqual(allowing, [], `${method} ${path.slice(0, 40)} ${origin}`)
      }
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

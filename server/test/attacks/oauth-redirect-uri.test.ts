import assert from 'node:assert/strict'
import { test } from 'node:test'
import { json, request } from '../harness/http.ts'
import { authorizeUrl, newPerson, parametersOf, redeem, type TestClient, tokensFor } from '../harness/oauth.ts'
import { askSilently, errorOf, failuresIn, isRefused, operatorClient, type Person, signedIn, startProvider } from '../harness/provider.ts'
import { ownKeys, signed } from './forge.ts'

const registered = 'https://app.example/cb'
const after = 'https://app.example/bye'
const own = await startProvider()
const { url } = own
const client: TestClient = {
  ...(await operatorClient(own, { metadata: { redirect_uris: [registered], post_logout_redirect_uris: [after] } })),
  redirectUri: registered,
}
const person = await signedIn(url, client)

/** The same address in other letters, with a detour, or with something around it. */
const otherwiseWritten = (uri: string): readonly string[] => {
  const [host, path] = ['app.example', new URL(uri).pathname]
  return [
    ...[
      uri.toUpperCase(),
      `https://${host}${path.toUpperCase()}`,
      `HTTPS://${host}${path}`,
      `https://APP.example${path}`,
      `https://${host}.${path}`,
    ],
    ...[
      `https://${host}/.${path}`,
      `https://${host}/x/..${path}`,
      `https://${host}/%2e${path}`,
      `https://${host}/%63b`,
      `https://${host}//${path}`,
    ],
    ...[
      ` ${uri}`,
      `\t${uri}`,
      `\u0000${uri}`,
      `${uri}\u0000`,
      `javascript:alert(1)//${uri}`,
      `data:text/html,${uri}`,
      'https://аpp.example/cb',
    ],
  ]
}

/** What a careless comparison would take for the registered address: by prefix, host, port, path, case, encoding, user information. */
const lookAlikes = (uri: string): readonly string[] => {
  const [host, path] = ['app.example', new URL(uri).pathname]
  return [
    `https://${host}.evil.tld${path}`,
    `https://${host}x${path}`,
    `https://x.${host}${path}`,
    `https://appxexample${path}`,
    `https://evil.tld/${uri}`,
    `https://evil.tld/?u=${uri}`,
    `https://evil.tld#${uri}`,
    ...['/../evil', '/', '?x=1', '?', '#', '#f', '/%2e%2e%2f', '/..;/', ';x', '%20', ' ', '%00', '\\', '\t', '\n', '%0d%0a', '*'].map(
      (end) => uri + end,
    ),
    ...[
      `https://${host}@evil.tld${path}`,
      `https://${host}:443@evil.tld`,
      `https://evil.tld\\@${host}${path}`,
      `https://a@b@${host}${path}`,
    ],
    ...[`https://user@${host}${path}`, `https://user:word@${host}${path}`, `https://${host}:443${path}`, `https://${host}:8443${path}`],
    ...[
      `http://${host}${path}`,
      `https:${host}${path}`,
      `https:/${host}${path}`,
      `https:///${host}${path}`,
      `//${host}${path}`,
      path,
      '//evil.tld',
    ],
    ...otherwiseWritten(uri),
  ].filter((one) => one !== uri)
}

test('B-01 B-02 B-03 takes a redirect_uri only as it is registered, to the letter', async () => {
  for (const redirect_uri of lookAlikes(registered)) {
    const page = await person.browser.follow(authorizeUrl(url, client, { redirect_uri, prompt: 'none' }))
    assert.deepEqual([page.status, page.headers.location, page.name], [400, undefined, 'error'], JSON.stringify(redirect_uri))
    assert.doesNotMatch(page.text, /cip_ac_/)
  }
  assert.ok((await askSilently(url, client, { person }))['code'])
})

test('B-01 B-08 returns after a logout only to an address as it is registered, to the letter', async () => {
  const { id_token } = await tokensFor(url, client, { person })
  for (const wanted of lookAlikes(after)) {
    const query = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: wanted, state: 's' })
    const page = await person.browser.follow(`/oauth2/logout?${query}`)
    assert.deepEqual([page.status, page.name], [200, 'logout'], JSON.stringify(wanted))
    const stranger = await request(`${url}/oauth2/logout?${query}`)
    assert.deepEqual([stranger.status, stranger.headers.location], [200, undefined], JSON.stringify(wanted))
  }
})

test('B-08 returns nowhere on the word of a hint that is forged, of another client, or of no token of that kind', async () => {
  const { id_token, access_token } = await tokensFor(url, client, { person })
  const other = await operatorClient(own, { metadata: { post_logout_redirect_uris: ['https://other.example/bye'] } })
  const others = await tokensFor(url, other, { person })
  const [key] = await ownKeys(own)
  assert.ok(key)
  const forged = signed({ alg: 'ES256', typ: 'JWT', kid: 'unknown' }, { iss: url, sub: 'x', aud: client.id, auth_time: 1 }, key.key)
  const cases: readonly (readonly [string, Record<string, string>])[] = [
    ['nothing that names the client', {}],
    ['a hint of another client', { id_token_hint: others.id_token }],
    ['a hint of another client than the one that is named', { id_token_hint: others.id_token, client_id: client.id }],
    ['a client that is named beside the hint of another', { id_token_hint: id_token, client_id: other.id }],
    ['an access token', { id_token_hint: access_token, client_id: client.id }],
    ['a broken signature', { id_token_hint: `${id_token.slice(0, -6)}AAAAAA`, client_id: client.id }],
    ['an unknown key', { id_token_hint: forged, client_id: client.id }],
    ['no token', { id_token_hint: 'x', client_id: client.id }],
    ['an unknown client', { client_id: 'nobody' }],
  ]
  for (const [about, fields] of cases) {
    const query = new URLSearchParams({ ...fields, post_logout_redirect_uri: after })
    const page = await person.browser.follow(`/oauth2/logout?${query}`)
    assert.deepEqual([page.status, page.name], [200, 'logout'], about)
    const stranger = await request(`${url}/oauth2/logout?${query}`)
    assert.deepEqual([stranger.status, stranger.headers.location], [200, undefined], about)
  }
  assert.ok((await askSilently(url, client, { person }))['code'], 'a request alone signs nobody out')
})

const badAddresses: readonly string[] = [
  ...[
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
  ],
  ...[
    'file:///etc/passwd',
    'blob:https://app.example/x',
    'about:blank',
    'http://app.example/cb',
    'http://localhost.evil.test/cb',
    'http://127.0.0.1.evil.test/',
  ],
  ...[
    'http://127.1/cb',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://127.0.0.1:49152@evil.tld/',
    'http://127.0.0.1:@evil.tld',
    'http://a@b@evil.tld',
  ],
  ...[
    'http://[::1]:1@evil.tld',
    'https://app.example@evil.tld/cb',
    'https://app.example/cb#f',
    'https://u:p@app.example/',
    'https://*.app.example/',
    'https://app.example/*',
  ],
  ...[
    'https://аpp.example/cb',
    'https://app.example\\@evil.tld',
    '//evil.tld',
    '/cb',
    '',
    'https://',
    'https:app.example',
    'https://app.example/a/../cb',
    'myapp:/cb',
  ],
]

test('B-05 B-02 registers no address that a browser would read in another way or that leads to a script', async () => {
  for (const uri of badAddresses)
    for (const member of ['redirect_uris', 'post_logout_redirect_uris']) {
      const answer = await request(`${url}/oauth2/register`, json({ redirect_uris: ['https://app.example/cb'], [member]: [uri] }))
      assert.deepEqual([answer.status, errorOf(answer)], [400, 'invalid_redirect_uri'], `${member} ${JSON.stringify(uri)} ${answer.text}`)
    }
})

test('B-06 lets a native client vary the port of its loopback address and nothing else', async () => {
  const metadata = { application_type: 'native', redirect_uris: ['http://127.0.0.1/cb'] }
  const native = { ...(await operatorClient(own, { metadata })), redirectUri: 'http://127.0.0.1/cb' }
  for (const redirect_uri of ['http://127.0.0.1:49152/cb', 'http://127.0.0.1:1/cb', 'http://127.0.0.1/cb'])
    assert.ok((await askSilently(url, native, { person, parameters: { redirect_uri } }))['code'], redirect_uri)
  const wrong = [
    ...[
      'http://localhost:1/cb',
      'http://[::1]:1/cb',
      'https://127.0.0.1:1/cb',
      'http://127.0.0.1:1/other',
      'http://127.0.0.1:1/cb?x',
      'http://127.0.0.1:1/cb#f',
    ],
    ...[
      'http://127.0.0.1:49152@evil.tld/cb',
      'http://127.0.0.1:@evil.tld/cb',
      'http://u@127.0.0.1:1/cb',
      'http://127.0.0.1:99999/cb',
      'http://127.0.0.1:/cb',
    ],
    ...[
      'http://127.0.0.1:1:2/cb',
      'http://127.0.0.2:1/cb',
      'http://127.0.0.1.evil.tld:1/cb',
      'http://127.0.0.1:-1/cb',
      'http://127.0.0.1:1/CB',
    ],
  ]
  for (const redirect_uri of wrong) {
    const page = await person.browser.follow(authorizeUrl(url, native, { redirect_uri, prompt: 'none' }))
    assert.deepEqual([page.status, page.name], [400, 'error'], redirect_uri)
  }
  const page = await person.browser.follow(authorizeUrl(url, client, { redirect_uri: 'https://app.example:444/cb' }))
  assert.equal(page.name, 'error', 'no port varies for anybody else')
})

test('B-07 refuses a code with another redirect_uri or with none, and the attempt has spent it', async () => {
  for (const redirect_uri of [
    '',
    'https://app.example/other',
    `${registered}/`,
    `${registered}?x`,
    registered.toUpperCase(),
    'https://evil.tld',
  ]) {
    const { code = '' } = await askSilently(url, client, { person })
    isRefused(await redeem(url, client, { code, redirect_uri }), 400, 'invalid_grant', redirect_uri)
    isRefused(await redeem(url, client, { code }), 400, 'invalid_grant', redirect_uri)
  }
})

test('B-09 a page goes on to no address that stands in its own', async () => {
  const evil = ['//evil.tld', '/\\evil.tld', 'https:evil.tld', '%09//evil.tld', 'javascript:alert(1)', 'https://evil.tld']
  for (const to of evil)
    for (const name of ['returnTo', 'return_to', 'next', 'redirect', 'redirect_uri', 'continue', 'continueUrl', 'u', 'target_link_uri']) {
      const stranger: Person = await (evil.indexOf(to) === 0 ? newPerson(url) : Promise.resolve(person))
      for (const path of ['/device', '/oauth2/logout', '/interaction/signed-out', '/interaction/continue', '/interaction/sign-in']) {
        const page = await stranger.browser.follow(`${path}?${name}=${encodeURIComponent(to)}`)
        assert.ok(page.url.startsWith(`${url}/`), page.url)
        // The menu of languages opens the page again by a query alone, which leads to this address whatever stands in it.
        assert.doesNotMatch(page.text, /(href|action|src|content)="(?!\?)[^"]*evil\.tld/, `${path} ${name}`)
      }
    }
})

test('B-10 no page tells another site where it was opened from, nor loads anything from there', async () => {
  const stranger = await newPerson(url)
  const signIn = await stranger.browser.follow(authorizeUrl(url, client))
  const pages = [
    signIn,
    await stranger.browser.follow(`/interaction/sign-up${new URL(signIn.url).search}`),
    await person.browser.follow(authorizeUrl(url, client, { prompt: 'consent' })),
    await person.browser.follow(authorizeUrl(url, client, { prompt: 'select_account' })),
    await person.browser.follow(authorizeUrl(url, client, { redirect_uri: 'https://evil.tld' })),
    await person.browser.follow(authorizeUrl(url, client, { prompt: 'none', response_mode: 'form_post' })),
    await person.browser.follow('/oauth2/logout'),
    await person.browser.follow('/device'),
  ]
  for (const page of pages) {
    assert.equal(page.headers['referrer-policy'], 'no-referrer', page.url)
    assert.equal(page.headers['cache-control'], 'no-store', page.url)
    const loaded = [...page.text.matchAll(/<(?:link|script|img|iframe)[^>]*\s(?:href|src)="([^"]*)"/g)].map(([, address]) => address ?? '')
    assert.deepEqual(
      loaded.filter((address) => !/^\/assets\//.test(address)),
      [],
      page.url,
    )
  }
  assert.deepEqual(
    pages.map(({ name }) => name),
    ['sign-in', 'sign-up', 'consent', 'select-account', 'error', 'form-post', 'logout', 'device'],
  )
  assert.equal(parametersOf({ url: pages[0]?.url ?? '' })['code'], undefined)
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

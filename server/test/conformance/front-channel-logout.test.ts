import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from '../harness/http.ts'
import { newPerson, type TestClient } from '../harness/oauth.ts'
import { askSilently, failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { checkErrorReply, completeFlow } from './relying-party.ts'

const own = await startProvider()
const { url } = own

const clientOf = async (origin: string, metadata: Readonly<Record<string, unknown>>): Promise<TestClient> => ({
  ...(await operatorClient(own, { metadata: { redirect_uris: [`${origin}/callback`], ...metadata } })),
  redirectUri: `${origin}/callback`,
})

const decode = (text: string): string => text.replaceAll('&amp;', '&')

test('every client of the session is framed with iss and sid where it asks for them, then the person goes back (oidcc-frontchannel-rp-initiated-logout)', async () => {
  const [one, two, three] = ['https://one.example.test', 'https://two.example.test:8443', 'https://three.example.test']
  const after = `${one}/post_logout_redirect`
  const needing = { frontchannel_logout_session_required: true }
  const first = await clientOf(one, {
    ...{ frontchannel_logout_uri: `${one}/frontchannel_logout`, post_logout_redirect_uris: [after] },
    ...needing,
  })
  const second = await clientOf(two, { frontchannel_logout_uri: `${two}/frontchannel_logout?a=b` })
  const silent = await clientOf(three, {})
  const person = await newPerson(url)
  const { tokens, claims } = await completeFlow(url, first, { person })
  for (const client of [second, silent]) await completeFlow(url, client, { person })

  const parameters = { id_token_hint: tokens.id_token, post_logout_redirect_uri: after, state: 'the state' }
  const asked = await person.browser.follow(`${url}/oauth2/logout?${new URLSearchParams(parameters)}`)
  const page = await person.browser.submit(asked, { decision: 'logout' })
  assert.deepEqual([page.name, page.status], ['signed-out', 200])
  const frames = [...page.text.matchAll(/<iframe[^>]*\ssrc="([^"]*)"/g)].map(([, source = '']) => new URL(decode(source)))
  assert.deepEqual(
    frames.map(({ origin, pathname, searchParams }) => [origin + pathname, Object.fromEntries(searchParams)]),
    [
      [`${one}/frontchannel_logout`, { iss: url, sid: claims['sid'] }],
      [`${two}/frontchannel_logout`, { a: 'b' }],
    ],
  )

  const policy = String(page.headers['content-security-policy']).split('; ')
  assert.ok(policy.includes(`frame-src ${one} ${two}`), String(policy))
  assert.ok(policy.includes("default-src 'none'"))
  const refresh = /<meta http-equiv="refresh" content="(\d+); url=([^"]*)">/.exec(page.text)
  assert.ok(Number(refresh?.[1]) >= 2, 'the frames have time to load')
  assert.equal(decode(refresh?.[2] ?? ''), `${after}?state=the%20state`)
  const script = /<script src="([^"]+)"/.exec(page.text)?.[1] ?? ''
  assert.equal((await request(new URL(script, url).href)).status, 200)

  const reply = await askSilently(url, first, { person, parameters: { state: 's' } })
  checkErrorReply(reply, { error: 'login_required', state: 's', issuer: url })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))

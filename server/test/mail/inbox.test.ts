import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { describe, test } from 'node:test'
import { insertMessages, makeMessage, messagesParameter, type OutgoingMessage, type TemplateName } from '../../src/mail/mail.ts'
import { startTestDatabase } from '../harness/database.ts'
import { type Answer, request } from '../harness/http.ts'
import { startTestPlatform, type TestPlatform } from '../harness/platform.ts'
import { startTestServer } from '../harness/server.ts'
import { until } from '../harness/until.ts'
import { readPage } from '../pages/read-page.ts'

const databases = await startTestDatabase()
const database = await databases.create()
const own = await startTestPlatform(database)
const { url } = own

type Item = { id: string; to: string; code?: string; link?: string; html?: string; state: string; subject: string; channel: string }

const write = async ({ platform, config }: TestPlatform, message: Partial<OutgoingMessage> = {}): Promise<string> => {
  const row = makeMessage<TemplateName>(config.key('messages'), {
    ...{ tenantId: platform.base.tenantId, channel: 'email', language: 'en', recipient: 'person@example.com', lifeSeconds: 600 },
    ...{ template: 'sign-in-code', words: { code: '482913', link: `${url}/sample#secret`, minutes: '10' } },
    ...message,
  })
  await platform.base.db.text(insertMessages('$1'), [messagesParameter(row)])
  return row.id
}

const read = async (): Promise<Item[]> => ((await request(`${url}/dev/inbox.json`)).json as { messages: Item[] }).messages

const arrived = async (id: string): Promise<Item> => {
  await until(async () => (await read()).some((one) => one.id === id && one.state === 'sent'), 10_000, 'the message is in the inbox')
  return (await read()).find((one) => one.id === id) as Item
}

test('shows a message with its code and link, as a page and as JSON, and logs both once', async () => {
  assert.match((await request(`${url}/dev/inbox`)).text, /No messages yet/)
  const id = await write(own)
  const item = await arrived(id)
  assert.deepEqual([item.to, item.code, item.link], ['person@example.com', '482913', `${url}/sample#secret`])
  const list = await request(`${url}/dev/inbox`)
  assert.equal(list.status, 200)
  assert.ok(readPage(list.text).elements.some(({ attributes }) => attributes.get('href') === `/dev/inbox/${id}`))
  const page = readPage((await request(`${url}/dev/inbox/${id}`)).text)
  const link = page.elements.find(({ attributes }) => attributes.get('id') === 'link')
  assert.equal(link?.attributes.get('href'), `${url}/sample#secret`)
  assert.match(page.text, /482913/)
  const lines = own
    .logs()
    .split('\n')
    .filter((line) => line.includes('a message waits in the development inbox'))
  assert.equal(lines.length, 1)
  assert.ok(lines[0]?.includes('482913') && lines[0].includes('/sample#secret'))
})

test('shows the HTML part in a frame that runs nothing, fetches nothing and belongs to nobody', async () => {
  const id = await write(own)
  await arrived(id)
  const { elements } = readPage((await request(`${url}/dev/inbox/${id}`)).text)
  const frame = elements.find(({ name }) => name === 'iframe')?.attributes
  assert.deepEqual([frame?.get('src'), frame?.get('sandbox')], [`/dev/inbox/${id}/html`, ''])
  const part = await request(`${url}/dev/inbox/${id}/html`)
  assert.match(String(part.headers['content-security-policy']), /^sandbox; default-src 'none'/)
  assert.equal(part.headers['x-frame-options'], 'SAMEORIGIN')
  assert.match(part.text, /482913/)
})

test('shows SMS, messages of other tenants and those that nobody can read, and takes no path for an id', async () => {
  const sms = await arrived(
    await write(own, { channel: 'sms', recipient: '+41791234567', template: 'phone-code', words: { code: '111222', minutes: '10' } }),
  )
  assert.deepEqual([sms.channel, sms.html, sms.code], ['sms', undefined, '111222'])
  assert.equal((await request(`${url}/dev/inbox/${sms.id}/html`)).status, 404)
  const bad = await write(own)
  await database.sql.text(`update messages set sealed = 'x' where id = $1`, [bad])
  await until(async () => (await read()).some((one) => one.id === bad && one.state === 'gave-up'), 10_000, 'it was given up')
  assert.equal((await read()).find((one) => one.id === bad)?.subject, 'Unreadable')
  assert.equal((await request(`${url}/dev/inbox/${bad}`)).status, 200)
  for (const path of ['x', '../inbox', '00000000-0000-7000-8000-000000000000', `${sms.id}'--`])
    assert.equal((await request(`${url}/dev/inbox/${encodeURIComponent(path)}`)).status, 404, path)
})

test('shows the newest fifty, the newest first, and escapes what they say', async () => {
  const device = '<script>alert(1)</script>'
  const words = { time: '2026-01-31T12:00:00Z', ip: '192.0.2.1', device, link: `${url}/x`, what: device }
  for (let index = 0; index < 55; index += 1) await write(own, { recipient: `p${index}@example.com` })
  const last = await write(own, { template: 'factor-changed', words, recipient: 'last@example.com' })
  await arrived(last)
  const messages = await read()
  assert.deepEqual([messages.length, messages[0]?.to, messages[1]?.to], [50, 'last@example.com', 'p54@example.com'])
  const page = await request(`${url}/dev/inbox/${last}`)
  assert.ok(!page.text.includes('<script'))
})

const paths = (id: string): string[] => ['/dev/inbox', '/dev/inbox.json', `/dev/inbox/${id}`, `/dev/inbox/${id}/html`]

const isHidden = (answer: Answer): void => {
  assert.deepEqual([answer.status, answer.json], [404, { detail: 'Not Found' }])
}

describe('N-08 the inbox answers this machine alone', () => {
  const port = new URL(url).port
  const others: readonly (readonly [string, Record<string, string>])[] = [
    ['a forwarded request', { 'x-forwarded-for': '127.0.0.1' }],
    ['a forwarded request of RFC 7239', { forwarded: 'for=127.0.0.1' }],
    ['a request through a proxy', { via: '1.1 proxy' }],
    ['a real address in a header', { 'x-real-ip': '127.0.0.1' }],
    ['a forwarded host', { 'x-forwarded-host': 'localhost' }],
    ['a forwarded scheme', { 'x-forwarded-proto': 'https' }],
    ['another name that leads here', { host: `evil.example:${port}` }],
    ['a name that begins like ours', { host: `localhost.evil.example:${port}` }],
    ['a name that is none', { host: '@' }],
  ]
  for (const [what, headers] of others) {
    test(`not ${what}`, async () => {
      const id = (await read())[0]?.id ?? ''
      for (const path of paths(id)) isHidden(await request(`${url}${path}`, { headers }))
    })
  }

  test('under each of its names, and without leave for pages of other origins', async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `demo.localhost:${port}`]) {
      const answer = await request(`${url}/dev/inbox.json`, { headers: { host, origin: 'https://evil.example' } })
      assert.equal(answer.status, 200, host)
      assert.equal(answer.headers['access-control-allow-origin'], undefined)
      assert.equal(answer.headers['cache-control'], 'no-store')
    }
    const page = await request(`${url}/dev/inbox`)
    assert.match(String(page.headers['content-security-policy']), /frame-ancestors 'none'/)
  })

  test('not another address of this machine, as others see it', async (t) => {
    const address = Object.values(networkInterfaces())
      .flat()
      .find((one) => one !== undefined && !one.internal && one.family === 'IPv4')?.address
    const server = await startTestServer({ env: { ...(await databases.create()).env, HOST: '0.0.0.0' } })
    assert.equal((await request(`${server.url}/dev/inbox`)).status, 200)
    if (address === undefined) return t.diagnostic('this machine has no address but loopback ones')
    isHidden(await request(`http://${address}:${server.port}/dev/inbox`, { headers: { host: 'localhost' } }))
    await server.stop()
  })

  test('at the root alone, not below a tenant', async () => {
    await database.sql.text(`insert into tenants (slug, name) values ('acme', 'Acme')`)
    isHidden(await request(`${url}/t/acme/dev/inbox`))
    isHidden(await request(`${url}/t/acme/dev/inbox.json`))
  })
})

describe('N-08 there is no inbox', () => {
  const closed: readonly (readonly [string, Record<string, string>])[] = [
    ['in production', { NODE_ENV: 'production' }],
    ['where a mail server is set', { SMTP_URL: 'smtp://127.0.0.1:9' }],
  ]
  for (const [what, env] of closed) {
    test(what, async () => {
      const other = await startTestPlatform(await databases.create(), env)
      const id = await write(other)
      for (const path of paths(id)) isHidden(await request(`${other.url}${path}`))
      await until(
        async () => {
          const [row] = await other.platform.base.db.text<{ last_error: string | null }>('select last_error from messages')
          return row?.last_error !== null
        },
        15_000,
        'the message was tried',
      )
      assert.ok(!other.logs().includes('482913') && !other.logs().includes('sample#secret'))
      assert.ok(!other.platform.routes.some(({ path }) => path.startsWith('/dev/')))
    })
  }

  test('but where the operator asks for it beside a mail server', async () => {
    const other = await startTestPlatform(await databases.create(), { SMTP_URL: 'smtp://127.0.0.1:9', CIP_DEV_INBOX: 'true' })
    assert.equal((await request(`${other.url}/dev/inbox`)).status, 200)
  })
})

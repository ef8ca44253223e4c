import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { allowedTargets } from './allowed-targets.ts'
import { chooseAddresses, readTarget } from './choose-addresses.ts'
import { createGuardedFetch, type GuardedFetchOptions, type GuardedRequest } from './guarded-fetch.ts'
import { type GuardedFetchCode, GuardedFetchError } from './guarded-fetch-error.ts'

const servers: Server[] = []
after(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

const serve = async (listener: RequestListener, host = '127.0.0.1', port = 0): Promise<number> => {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return (server.address() as AddressInfo).port
}

const refused = async (
  url: string,
  code: GuardedFetchCode,
  { request, ...options }: Partial<GuardedFetchOptions> & { request?: GuardedRequest } = {},
) => {
  const fetch = createGuardedFetch({ allow: [], resolve: async () => assert.fail('no name is resolved here'), ...options })
  await assert.rejects(fetch(url, request), (error) => {
    assert.ok(error instanceof GuardedFetchError, String(error))
    assert.equal(error.code, code, `${url}: ${error.message}`)
    return true
  })
}

const local = { allow: ['127.0.0.1'] }

test('U-01 refuses every spelling of an inner address before it connects', async () => {
  const hosts = `169.254.169.254 [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] 127.1 0.0.0.0 0 0x7f000001 2130706433 017700000001 127.0.0.1. [::1] [::]
    [2002:7f00:1::] [64:ff9b::7f00:1] [2001:0:7f00:1::] [::127.0.0.1] 100.64.0.1 198.18.0.1 [fec0::1] [5f00::1] [3fff::1] [fd00:ec2::254] [ff02::1]`
  for (const host of hosts.split(/\s+/)) await refused(`https://${host}/`, 'refused-address')
  await refused('https://[fe80::1%25eth0]/', 'refused-url')
})

test('U-01 refuses names that lie at inner addresses, though one of their addresses is public', async () => {
  const names = ['localhost', 'localhost.', 'x.localhost', 'metadata.google.internal', 'rebind.evil.test']
  for (const name of names)
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '169.254.169.254'],
      ['2606:4700::1111', '::1'],
      ['fe80::1%eth0'],
      ['not an address'],
    ])
      await refused(`https://${name}/`, 'refused-address', { resolve: async () => addresses })
  await refused('https://nowhere.test/', 'unreachable', { resolve: async () => [] })
  await refused('https://nowhere.test/', 'unreachable', { resolve: async () => Promise.reject(new Error('ENOTFOUND')) })
})

test('U-01 asks for the addresses of a name once and connects to those, whatever a second answer would be', async () => {
  const answers = [['8.8.8.8'], ['127.0.0.1']]
  const resolve = async () => answers.shift() ?? assert.fail('resolved too often')
  const allowed = allowedTargets([])
  assert.deepEqual(await chooseAddresses(readTarget('https://rebind.evil.test/', allowed), allowed, resolve), ['8.8.8.8'])

  const port = await serve((_request, response) => response.end('checked'))
  const seen: string[] = []
  await serve((request, response) => response.end(seen.push(String(request.url)).toString()), '127.0.0.2', port)
  const later = [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.2']]
  let asked = 0
  const fetch = createGuardedFetch({ ...local, resolve: async () => later[asked++] ?? [] })
  assert.equal((await fetch(`http://rebind.localhost:${port}/`)).text, 'checked')
  assert.deepEqual([asked, seen], [1, []])
  await assert.rejects(fetch(`http://rebind.localhost:${port}/`), { code: 'refused-address' })
  assert.deepEqual(seen, [])
})

test('refuses every scheme but https, and http even to a public address', async () => {
  for (const url of [
    'http://8.8.8.8/',
    'http://example.test/',
    'ftp://example.test/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:1',
    'gopher://x',
  ])
    await refused(url, 'refused-scheme')
  await refused('http://127.0.0.1/', 'refused-address')
  await refused('http://10.0.0.1/', 'refused-scheme', { allow: ['10.0.0.0/8'] })
  await refused('http://idp.internal:8080/', 'refused-scheme', { allow: ['idp.internal:8080'] })
  await refused('http://x.localhost:80/', 'refused-address', { allow: ['x.localhost:80'], resolve: async () => ['8.8.8.8'] })
})

test('refuses URLs with credentials, without a form, and ports of other services', async () => {
  for (const url of [
    'https://user:secret@example.test/',
    'https://user@example.test/',
    'https://:x@example.test/',
    '',
    '/path',
    'https://',
    'nonsense',
  ])
    await refused(url, 'refused-url')
  for (const port of [22, 25, 80, 1023]) await refused(`https://example.test:${port}/`, 'refused-address')
})

test('G-05 follows no redirect, wherever it leads', async () => {
  for (const status of [300, 301, 302, 303, 304, 307, 308]) {
    const port = await serve((_request, response) => response.writeHead(status, { location: 'http://169.254.169.254/' }).end())
    await refused(`http://127.0.0.1:${port}/`, 'redirect', local)
  }
})

test('U-04 ends an answer that is too large, said or not, and an endless one', async () => {
  const said = await serve((_request, response) => response.writeHead(200, { 'content-length': '10000000' }).write('x'))
  const unsaid = await serve((_request, response) => {
    const more = () => {
      while (response.write('x'.repeat(16_384)));
    }
    response.on('drain', more)
    more()
  })
  for (const port of [said, unsaid]) await refused(`http://127.0.0.1:${port}/`, 'too-large', local)
  const exact = await serve((_request, response) => response.end('x'.repeat(100)))
  const fetch = createGuardedFetch(local)
  assert.equal((await fetch(`http://127.0.0.1:${exact}/`, { bytesMax: 100 })).text.length, 100)
  await refused(`http://127.0.0.1:${exact}/`, 'too-large', { ...local, request: { bytesMax: 99 } })
})

test('U-04 opens no compressed answer and takes no text that is not UTF-8', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000))
  const zipped = await serve((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb.subarray(0, 9000)))
  const broken = await serve((_request, response) => response.end(Buffer.from([0xc3, 0x28])))
  for (const port of [zipped, broken]) await refused(`http://127.0.0.1:${port}/`, 'unreadable', local)
})

test('U-04 gives one time for all: name, connection, head and a body that drips', async () => {
  const request = { timeoutMs: 150 }
  const silent = await serve(() => undefined)
  const dripping = await serve((_request, response) => {
    const timer = setInterval(() => response.write('x'), 20)
    response.on('close', () => clearInterval(timer))
  })
  for (const port of [silent, dripping]) await refused(`http://127.0.0.1:${port}/`, 'timeout', { ...local, request })
  await refused('https://slow.test/', 'timeout', { resolve: () => new Promise(() => undefined), request })
})

test('U-05 sends what the caller gives and nothing besides', async () => {
  const seen: unknown[] = []
  const port = await serve((request, response) => {
    let text = ''
    request.on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      seen.push([request.method, request.url, text, request.headers])
      response.writeHead(201, { 'content-type': 'text/plain', 'x-two': ['a', 'b'] }).end('done')
    })
  })
  const fetch = createGuardedFetch(local)
  const answer = await fetch(`http://127.0.0.1:${port}/hook?x=1#f`, {
    method: 'POST',
    body: 'ä',
    accept: 'text/plain',
    headers: { 'webhook-id': '1' },
  })
  assert.deepEqual(
    [answer.status, answer.text, answer.headers['content-type'], answer.headers['x-two']],
    [201, 'done', 'text/plain', 'a, b'],
  )
  const headers = {
    'webhook-id': '1',
    accept: 'text/plain',
    'accept-encoding': 'identity',
    'user-agent': 'custom-identity-platform',
    'content-length': '2',
    host: `127.0.0.1:${port}`,
    connection: 'close',
  }
  assert.deepEqual(seen, [['POST', '/hook?x=1', 'ä', headers]])
})

test('U-06 keeps path, query and the words of the network out of the error', async () => {
  const port = await serve((request) => request.socket.destroy())
  const fetch = createGuardedFetch(local)
  await assert.rejects(fetch(`http://127.0.0.1:${port}/path?token=secret`), (error: GuardedFetchError) => {
    assert.equal(error.code, 'unreachable')
    assert.doesNotMatch(`${error.message} ${error.stack}`, /secret|path\?/)
    assert.equal(error.cause, undefined)
    return true
  })
})

test('gives a client error or a server error of the other side as an answer, not as a failure', async () => {
  const port = await serve((_request, response) => response.writeHead(503).end('later'))
  assert.deepEqual((await createGuardedFetch(local)(`http://127.0.0.1:${port}/`)).status, 503)
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '../free-port.ts'
import { type Server, startServer } from '../server.ts'

// scripts/clients.sh installs Next.js with the SDK, and names the folder here.
const { CONNECT_NEXT: folder } = process.env
const audience = 'https://api.example.com'

const writeExample = async (name: string, path: string, issuer: string): Promise<void> => {
  const page = await readFile(fileURLToPath(new URL('../../docs/sdk.md', import.meta.url)), 'utf8')
  const [, example] = new RegExp(`\`\`\`js\\n// ${name}\\n([\\s\\S]*?)\`\`\``).exec(page) ?? assert.fail(`docs/sdk.md has no ${name}`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, example?.replaceAll('https://id.example.com', issuer) ?? '')
}

const startNext = async (project: string): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const words = [join(project, 'node_modules/next/dist/bin/next'), 'dev', '-p', String(port), '-H', '127.0.0.1']
  const environment = { PATH: process.env['PATH'] ?? '', NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(process.execPath, words, { cwd: project, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const closed = once(child, 'close')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await closed
  }
  const deadline = performance.now() + 60_000
  while (!(await fetch(`${url}/orders`).catch(() => undefined))) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`Next.js did not start:\n${output}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { url, stop }
}

/** A token of an application that acts for itself, at the API or, without one, at the server. */
const tokenOf = async ({ url, cip }: Server, resource?: string): Promise<{ readonly token: string; readonly id: string }> => {
  const made = await cip('clients', 'create', '--template', 'machine', '--name', 'Reports', '--scope', 'orders:read')
  const [id, secret] = [String(made['client_id']), String(made['client_secret'])]
  const form = { grant_type: 'client_credentials', scope: 'orders:read', ...(resource !== undefined && { resource }) }
  const headers = { authorization: `Basic ${btoa(`${id}:${secret}`)}` }
  const answer = await fetch(`${url}/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams(form) })
  const body = (await answer.json()) as { access_token?: string }
  assert.ok(body.access_token, JSON.stringify(body))
  return { token: body.access_token, id }
}

const proveApi = (project: string): void => {
  let server: Server
  let next: Awaited<ReturnType<typeof startNext>>
  before(async () => {
    server = await startServer()
    await writeExample('route.mjs', join(project, 'app/orders/route.js'), server.url)
    await writeExample('proxy.mjs', join(project, 'proxy.js'), server.url)
    const invoice = join(project, 'app/invoices/[id]/route.js')
    await mkdir(dirname(invoice), { recursive: true })
    await writeFile(invoice, 'export const GET = async (_, { params }) => Response.json({ invoice: (await params).id })\n')
    await server.cip('resources', 'create', audience, '--name', 'Orders', '--scope', 'orders:read')
    next = await startNext(project)
  })
  after(async () => {
    await next?.stop()
    await server?.stop()
  })
  const get = async (path: string, token?: string) => {
    const answer = await fetch(`${next.url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })
    return { status: answer.status, challenge: answer.headers.get('www-authenticate'), body: await answer.json() }
  }

  test('Next.js: a route handler and the proxy of docs/sdk.md serve a token of the server for this API', async () => {
    const { token, id } = await tokenOf(server, audience)
    const [order, invoice] = [await get('/orders', token), await get('/invoices/7', token)]
    assert.deepEqual([order.status, order.body, invoice.status, invoice.body], [200, { customer: id }, 200, { invoice: '7' }])
  })

  test('Next.js: they refuse a request without a token, with a forged one, and with one for another API', async () => {
    const { token } = await tokenOf(server, audience)
    const other = await tokenOf(server)
    for (const path of ['/orders', '/invoices/7']) {
      const nobody = await get(path)
      assert.deepEqual([nobody.status, nobody.challenge], [401, 'Bearer'], path)
      for (const bad of [`${token.slice(0, -8)}AAAAAAAA`, other.token]) {
        const { status, challenge } = await get(path, bad)
        assert.equal(status, 401, path)
        assert.match(challenge ?? '', /^Bearer error="invalid_token"/, path)
      }
    }
  })
}

if (folder !== undefined) proveApi(folder)

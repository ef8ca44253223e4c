import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'

const folder = mkdtempSync(join(tmpdir(), 'guarded-fetch-'))
const file = (name: string): string => join(folder, name)
const openssl = (...parts: string[]): void => void execFileSync('openssl', parts, { cwd: folder, stdio: 'pipe' })
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Authority of a test', '-days', '2')
writeFileSync(file('names.cnf'), 'subjectAltName=DNS:idp.example.test')
openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=idp.example.test')
openssl(
  'x509',
  '-req',
  '-in',
  'server.csr',
  '-CA',
  'ca.pem',
  '-CAkey',
  'ca.key',
  '-CAcreateserial',
  '-out',
  'server.pem',
  '-days',
  '2',
  '-extfile',
  'names.cnf',
)

const server = createServer({ key: readFileSync(file('server.key')), cert: readFileSync(file('server.pem')) }, (_request, response) =>
  response.end('met'),
)
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo

after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const program = (host: string): string => `
  import { createGuardedFetch } from ${JSON.stringify(new URL('./guarded-fetch.ts', import.meta.url).href)}
  const fetch = createGuardedFetch({ allow: ['127.0.0.1'], resolve: async () => ['127.0.0.1'] })
  console.log(await fetch('https://${host}:${port}/').then(({ text }) => text, ({ code }) => code))`

/** What a process of its own gets, since Node reads authorities and proxies from the environment at its start. */
const outcomeOf = async (host: string, environment: Readonly<Record<string, string>>): Promise<string> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program(host)], {
    env: { PATH: process.env['PATH'], ...environment },
  })
  return stdout.trim()
}

test('takes the certificate of an authority that the operator added by NODE_EXTRA_CA_CERTS', async () => {
  assert.equal(await outcomeOf('idp.example.test', { NODE_EXTRA_CA_CERTS: file('ca.pem') }), 'met')
})

test('refuses the certificate of an unknown authority, also where the environment turns checking off', async () => {
  assert.equal(await outcomeOf('idp.example.test', {}), 'tls')
  assert.equal(await outcomeOf('idp.example.test', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }), 'tls')
})

test('refuses a certificate of another name', async () => {
  assert.equal(await outcomeOf('other.example.test', { NODE_EXTRA_CA_CERTS: file('ca.pem') }), 'tls')
})

test('goes through no proxy of the environment', async () => {
  const proxy = 'http://127.0.0.1:9'
  const environment = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: proxy, https_proxy: proxy, HTTP_PROXY: proxy, http_proxy: proxy }
  assert.equal(await outcomeOf('idp.example.test', { ...environment, NODE_EXTRA_CA_CERTS: file('ca.pem') }), 'met')
})

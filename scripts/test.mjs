// Runs the tests on the Node that the lockfile pins. Arguments select files by a part of their path.
//   node scripts/test.mjs [part ...]      everything that needs nothing but the checkout
//   node scripts/test.mjs --browser       the pages in a browser (Debian: apt-get install chromium-headless-shell, or chromium)
//   node scripts/test.mjs --system        on the oldest supported PostgreSQL (Debian: apt-get install postgresql-15)
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

const fail = (sentence) => {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

const args = process.argv.slice(2)
const isBrowser = args.includes('--browser')
const isSystem = args.includes('--system')
const parts = args.filter((one) => !one.startsWith('--'))
const unknown = args.filter((one) => one.startsWith('--') && !['--browser', '--system'].includes(one))
if (unknown.length > 0) fail(`Unknown option ${unknown.join(' ')}. Known: --browser, --system.`)
if (!existsSync(pinned)) fail('The dependencies are not installed. Run: npm test')

const chromium = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
)
if (isBrowser && chromium === undefined)
  fail('The browser tests need Chromium, and it was not found. On Debian: apt-get install chromium-headless-shell')

const systemFolder = join('server', 'test', 'system')
const folders = isBrowser
  ? ['e2e']
  : isSystem
    ? [systemFolder]
    : ['server/src', 'server/test', 'sdk/src', 'sdk/test', 'web/kit/src', 'web/account/src', 'web/console/src']
const testsIn = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
const files = folders
  .flatMap(testsIn)
  .filter((path) => isSystem || !path.startsWith(systemFolder))
  .filter((path) => parts.length === 0 || parts.some((part) => path.includes(part)))
if (files.length === 0) fail(`No test file has ${parts.join(' or ')} in its path.`)

const options = ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-timeout=180000', '--disable-warning=ExperimentalWarning']
const environment = {
  ...process.env,
  NODE_ENV: 'test',
  // Hundreds of processes start from the same files: compiled once, they start in half the time.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'tests'),
  ...(chromium === undefined ? {} : { CHROMIUM: chromium }),
  PATH: `${join(pinned, '..')}${delimiter}${process.env.PATH ?? ''}`,
}
const sharesPostgres = !isBrowser && !isSystem && files.length > 1
if (sharesPostgres) options.push('--test-global-setup=server/test/harness/shared-postgres.ts')
const child = spawn(pinned, [...options, ...files.sort()], { cwd: root, stdio: 'inherit', env: environment })
const minutesMax = 25
setTimeout(() => {
  process.stderr.write(`The tests have not ended within ${minutesMax} minutes: one of them hangs. They are stopped.\n`)
  child.kill()
}, minutesMax * 60_000).unref()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))

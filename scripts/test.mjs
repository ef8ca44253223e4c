// Runs the tests on the Node that the lockfile pins. Arguments select files by a part of their path.
//   node scripts/test.mjs [part ...]      everything that needs nothing but the checkout
//   node scripts/test.mjs --browser       the pages in a browser (Debian: apt-get install chromium-headless-shell, or chromium)
//   node scripts/test.mjs --system        on the oldest supported PostgreSQL (Debian: apt-get install postgresql-15)
import { spawn } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { delimiter, join, relative } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ensureWebApps } from './web.mjs'

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

// Before the tests, since two of them that find the portal or the console old would both build it.
if (isBrowser || (parts.length === 0 && !isSystem)) {
  const failed = await ensureWebApps()
  if (failed.length > 0) fail(`Not built: the ${failed.join(' and the ')}. The reason stands above.`)
}

/**
 * A folder in memory for what the tests write, where the system has room for it: hundreds of databases are made and dropped, which a disk takes
 * a third of the time for. Undefined elsewhere, or where TMPDIR says otherwise.
 */
const folderInMemory = () => {
  const [memory, gibMin] = ['/dev/shm', 4]
  try {
    if (process.env.TMPDIR) return undefined
    accessSync(memory, constants.W_OK | constants.X_OK)
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize < gibMin * 2 ** 30) return undefined
    const folder = mkdtempSync(join(memory, 'cip-tests-'))
    // PostgreSQL runs as a user of its own where the tests run as root.
    chmodSync(folder, 0o1777)
    return folder
  } catch {
    return undefined
  }
}
const memoryFolder = folderInMemory()

const options = ['--test', '--test-concurrency=2', '--test-reporter=spec', '--test-timeout=180000', '--disable-warning=ExperimentalWarning']
const environment = {
  ...process.env,
  NODE_ENV: 'test',
  // Hundreds of processes start from the same files: compiled once, they start in half the time.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'tests'),
  ...(chromium === undefined ? {} : { CHROMIUM: chromium }),
  ...(memoryFolder === undefined ? {} : { TMPDIR: memoryFolder }),
  PATH: `${join(pinned, '..')}${delimiter}${process.env.PATH ?? ''}`,
}
const sharesPostgres = !isBrowser && !isSystem && files.length > 1
if (sharesPostgres) options.push('--test-global-setup=server/test/harness/shared-postgres.ts')
const child = spawn(pinned, [...options, ...files.sort()], { cwd: root, stdio: 'inherit', env: environment })
const minutesMax = 25
setTimeout(minutesMax * 60_000, undefined, { ref: false }).then(() => {
  process.stderr.write(`The tests have not ended within ${minutesMax} minutes: one of them hangs. They are stopped.\n`)
  child.kill()
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', async (code, signal) => {
  // The last files still end what they have started.
  const deadline = Date.now() + 10_000
  while (memoryFolder !== undefined && Date.now() < deadline && readdirSync(memoryFolder).some((name) => name.startsWith('cip-test-')))
    await setTimeout(100)
  if (memoryFolder !== undefined) rmSync(memoryFolder, { recursive: true, force: true })
  process.exit(signal ? 1 : (code ?? 1))
})

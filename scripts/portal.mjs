// The account portal is built when somebody needs it: where its build is missing or older than what it is made of.
// Plain JavaScript for the machine's own Node; the build itself runs on the Node that the lockfile pins.
//   node scripts/portal.mjs            builds where needed
//   node scripts/portal.mjs --always   builds in any case
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process, { argv, pid, platform, stderr } from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const portal = join(root, 'web', 'account')
const dist = join(portal, 'dist')
const page = join(dist, 'index.html')

// Folders count too: a file that went away changes its folder.
const newestIn = (path) => {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

const sources = [
  'scripts/portal.mjs',
  'sdk/src',
  'web/kit/src',
  'web/account/src',
  'web/account/index.html',
  'web/account/vite.config.ts',
  'package-lock.json',
]

const isBuilt = () => existsSync(page) && statSync(page).mtimeMs >= Math.max(...sources.map((path) => newestIn(join(root, path))))

/** Builds the portal where its build is missing or old. False where the build fails. */
export const ensurePortal = () => {
  // An image or a package brings the build without its sources.
  if (!existsSync(join(portal, 'src'))) return existsSync(page)
  if (isBuilt()) return true
  stderr.write('Building the account portal (its sources are new or have changed) ...\n')
  const node = join(root, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node')
  const made = join(portal, `dist.${pid}`)
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  // Tests run it too, and what they build is served by the next start: never the slower half of React for developers.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status } = spawnSync(node, [vite, 'build', '--outDir', made, '--logLevel', 'warn'], { cwd: portal, stdio: ['ignore', 2, 2], env })
  if (status === 0) {
    rmSync(dist, { recursive: true, force: true })
    renameSync(made, dist)
  } else rmSync(made, { recursive: true, force: true })
  return status === 0
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv.includes('--always')) rmSync(page, { force: true })
  if (!ensurePortal()) {
    stderr.write('The account portal could not be built; the reason stands above.\n')
    process.exitCode = 1
  }
}

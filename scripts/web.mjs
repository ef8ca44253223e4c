// The account portal and the console are built when somebody needs them: where a build is missing or older than what it is made of.
// Plain JavaScript for the machine's own Node; the builds run side by side on the Node that the lockfile pins.
//   node scripts/web.mjs            builds where needed
//   node scripts/web.mjs --always   builds in any case
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process, { argv, pid, platform, stderr } from 'node:process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const apps = [
  { name: 'account', title: 'account portal' },
  { name: 'console', title: 'console' },
]
const folderOf = ({ name }) => join(root, 'web', name)
const pageOf = (app) => join(folderOf(app), 'dist', 'index.html')

// Folders count too: a file that went away changes its folder.
const newestIn = (path) => {
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

const shared = ['scripts/web.mjs', 'sdk/src', 'web/kit', 'docs/connect', 'package-lock.json']
const own = ['src', 'index.html', 'vite.config.ts']
const sourcesOf = (app) => [...shared.map((path) => join(root, path)), ...own.map((path) => join(folderOf(app), path))]

const isBuilt = (app) => existsSync(pageOf(app)) && statSync(pageOf(app)).mtimeMs >= Math.max(...sourcesOf(app).map(newestIn))

const build = (app) =>
  new Promise((resolve) => {
    stderr.write(`Building the ${app.title} (its sources are new or have changed) ...\n`)
    const folder = folderOf(app)
    const node = join(root, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node')
    const [made, dist] = [join(folder, `dist.${pid}`), join(folder, 'dist')]
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    // Tests run it too, and what they build is served by the next start: never the slower half of React for developers.
    const env = { ...process.env, NODE_ENV: 'production' }
    const child = spawn(node, [vite, 'build', '--outDir', made, '--logLevel', 'warn'], { cwd: folder, stdio: ['ignore', 2, 2], env })
    child.on('error', () => resolve(false))
    child.on('exit', (code) => {
      if (code === 0) {
        rmSync(dist, { recursive: true, force: true })
        renameSync(made, dist)
      } else rmSync(made, { recursive: true, force: true })
      resolve(code === 0)
    })
  })

// An image or a package brings the build without its sources.
const ensure = (app) => {
  if (!existsSync(join(folderOf(app), 'src'))) return existsSync(pageOf(app))
  return isBuilt(app) || build(app)
}

/** Builds what is missing or old; the titles of those that could not be built. */
export const ensureWebApps = async () => {
  const built = await Promise.all(apps.map(ensure))
  return apps.filter((_, index) => !built[index]).map(({ title }) => title)
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv.includes('--always')) for (const app of apps) rmSync(pageOf(app), { force: true })
  const failed = await ensureWebApps()
  if (failed.length > 0) {
    stderr.write(`Not built: the ${failed.join(' and the ')}. The reason stands above.\n`)
    process.exitCode = 1
  }
}

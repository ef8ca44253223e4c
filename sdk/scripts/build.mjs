// Builds the package that is published: JavaScript and its types, without the sources.
//   node sdk/scripts/build.mjs [folder]      into sdk/dist, or the folder
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process, { argv, execPath, stderr } from 'node:process'
import { fileURLToPath } from 'node:url'

const sdk = fileURLToPath(new URL('..', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const target = resolve(argv[2] ?? join(sdk, 'dist'))
const source = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'))

const built = (path) => path.replace('./src/', './').replace(/\.ts$/, '')
const mapValues = (object, change) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))

// In the workspace the exports are sources, so that whoever uses them there needs no build; a published package has what was built of them.
const manifest = () => {
  const { private: _, devDependencies: __, exports, dependencies, ...rest } = source
  return {
    ...rest,
    exports: {
      ...mapValues(exports, (path) => ({ types: `${built(path)}.d.ts`, default: `${built(path)}.js` })),
      './package.json': './package.json',
    },
    // An application gets the repairs of a dependency without a release of ours.
    dependencies: mapValues(dependencies, (version) => `^${version}`),
  }
}

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const { status } = spawnSync(execPath, [compiler, '-p', join(sdk, 'tsconfig.build.json'), '--outDir', target], { stdio: ['ignore', 2, 2] })
if (status !== 0) {
  stderr.write('The SDK could not be built; the compiler says why above.\n')
  process.exit(1)
}
// Declarations keep the endings of the sources, which are not there.
for (const name of readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.d.ts'))) {
  const path = join(target, name)
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(from |import\()(["'])(\.[^"']+)\.ts\2/g, '$1$2$3.js$2'))
}
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`)
copyFileSync(join(root, 'LICENSE'), join(target, 'LICENSE'))
// Pages that it leads to are not in the package.
const page = readFileSync(join(root, 'docs', 'sdk.md'), 'utf8').replaceAll(/\[([^\]]+)\]\((?!https?:)[^)]+\)/g, '$1')
writeFileSync(join(target, 'README.md'), page)

import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { makeFolder } from '../harness/folder.ts'
import { checkout, pinnedNode } from '../harness/server.ts'

const run = promisify(execFile)
const name = '@custom-identity-platform/sdk'
const besides = ['jose', 'express', 'fastify', 'hono', '@hono/node-server']

/** A project that has nothing but the packed package, what it depends on, and frameworks. */
export type PackedSdk = {
  readonly folder: string
  readonly installed: string
  readonly listed: readonly string[]
  /** An example of docs/sdk.md as it stands there, with other addresses. */
  readonly example: (file: string, addresses: Readonly<Record<string, string>>) => Promise<Readonly<Record<string, unknown>>>
  /** Compiles a TypeScript file of the project as strictly as can be, the declarations of the package included; what the compiler says. */
  readonly typeErrors: (source: string) => Promise<string>
}

const pack = async (folder: string): Promise<readonly string[]> => {
  await run(pinnedNode, [join(checkout, 'sdk/scripts/build.mjs'), join(folder, 'built')])
  const npm = process.env['npm_execpath'] ? [process.execPath, process.env['npm_execpath']] : ['npm']
  const [command = 'npm', ...first] = npm
  const args = [...first, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = await run(command, args, { cwd: join(folder, 'built') })
  const [packed] = Object.values(JSON.parse(stdout)) as { filename: string; files: { path: string }[] }[]
  if (packed === undefined) throw new Error(stdout)
  const target = join(folder, 'node_modules', name)
  await mkdir(target, { recursive: true })
  await run('tar', ['-xzf', join(folder, packed.filename.replace('@', '').replace('/', '-')), '-C', target, '--strip-components=1'])
  return packed.files.map(({ path }) => path)
}

const readExamples = async (): Promise<ReadonlyMap<string, string>> => {
  const page = await readFile(join(checkout, 'docs/sdk.md'), 'utf8')
  return new Map([...page.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = '', code = '']) => [file, code]))
}

/** Builds, packs and unpacks the SDK. */
export const packSdk = async (): Promise<PackedSdk> => {
  const folder = await makeFolder()
  const listed = await pack(folder)
  for (const one of besides) {
    await mkdir(dirname(join(folder, 'node_modules', one)), { recursive: true })
    await symlink(join(checkout, 'node_modules', one), join(folder, 'node_modules', one))
  }
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  const examples = await readExamples()
  return {
    folder,
    listed,
    installed: join(folder, 'node_modules', name),
    example: async (file, addresses) => {
      const code = examples.get(file)
      if (code === undefined) throw new Error(`docs/sdk.md has no example ${file}`)
      const told = Object.entries(addresses).reduce((text, [from, to]) => text.replaceAll(from, to), code)
      await writeFile(join(folder, file), told)
      return import(pathToFileURL(join(folder, file)).href)
    },
    typeErrors: async (source) => {
      await writeFile(join(folder, 'consumer.ts'), source)
      const flags = [
        '--strict',
        '--noEmit',
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--lib',
        'es2022,dom,dom.iterable',
        '--types',
        '',
      ]
      const compiler = join(checkout, 'node_modules/typescript/bin/tsc')
      return run(pinnedNode, [compiler, ...flags, 'consumer.ts'], { cwd: folder }).then(
        () => '',
        (error: { stdout: string }) => error.stdout,
      )
    },
  }
}

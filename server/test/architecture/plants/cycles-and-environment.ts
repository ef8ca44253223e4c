import { allows, type Plant, refuses } from './plant.ts'

export const cyclesAndFolders: readonly Plant[] = [
  refuses(
    'a cycle of three files, once',
    {
      'server/src/users/a.ts': "import './b.ts'",
      'server/src/users/b.ts': "\nimport './c.ts'",
      'server/src/users/c.ts': "import type { A } from './a.ts'",
    },
    ['7 server/src/users/a.ts:1'],
  ),
  refuses('a file that imports itself', { 'server/src/users/a.ts': "export * from './a.ts'" }, ['7 server/src/users/a.ts:1']),
  refuses('a cycle in web without endings', { 'web/kit/a.tsx': "import './b'", 'web/kit/b.ts': "import './a'" }, ['7 web/kit/a.tsx:1']),
  allows('two ways to one file', {
    'server/src/users/a.ts': "import './b.ts'\nimport './c.ts'",
    'server/src/users/b.ts': "import './c.ts'",
    'server/src/users/c.ts': 'export const c = 1',
  }),
  ...['utils', 'helpers', 'common', 'misc', 'lib', 'shared'].map((folder) =>
    refuses(`a folder named ${folder}`, { [`server/src/users/${folder}/a.ts`]: '' }, [`7 server/src/users/${folder}/a.ts:1`]),
  ),
  allows('a file named common', { 'server/src/users/common.ts': 'export const common = 1' }),
]

const reads: readonly (readonly [string, string])[] = [
  ['process.env', 'process.env.PORT'],
  ["process['env']", "process['env']"],
  ['process[`env`]', 'process[`env`]'],
  ['process?.env', 'process?.env'],
  ['an env taken apart', 'const { env } = process'],
  ['a renamed env', "const { 'env': e } = process"],
  ['the rest of process', 'const { pid, ...rest } = process'],
  ['a global', 'globalThis.process.env'],
  ['a named import', "import { env as e } from 'node:process'"],
]

export const environment: readonly Plant[] = [
  ...reads.map(([name, source]) =>
    refuses(`the environment: ${name}`, { 'server/src/db/pool.ts': `\n${source}` }, ['7 server/src/db/pool.ts:2']),
  ),
  refuses('the environment through an imported process', { 'server/src/cli/serve.ts': "import p from 'node:process'\np.env" }, [
    '7 server/src/cli/serve.ts:2',
  ]),
  allows('the environment in config, tests, benchmarks and build settings', {
    'server/src/config/config.ts': 'process.env',
    'server/src/users/users.test.ts': 'process.env',
    'server/test/harness.ts': 'process.env',
    'server/bench/main.ts': 'process.env',
    'e2e/server.ts': 'process.env',
    'web/console/vite.config.ts': 'process.env',
  }),
  allows('the rest of process, and words about it', {
    'server/src/cli/serve.ts': "process.exit(1) // process.env\nconst a = 'process.env'\na.env",
  }),
]

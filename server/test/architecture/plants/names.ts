import { allows, type Plant, refuses } from './plant.ts'

const users = 'server/src/users/users.ts'

const impure: readonly string[] = [
  'node:fs',
  'node:fs/promises',
  'node:http',
  'node:https',
  'node:net',
  'node:tls',
  'node:dns/promises',
  'node:child_process',
]
const clocks: readonly string[] = ['Date.now()', 'new Date()', 'performance.now()']

export const names: readonly Plant[] = [
  refuses('a suffix that is not on the list', { 'server/src/users/users.service.ts': '' }, ['names server/src/users/users.service.ts:1']),
  refuses('such a suffix on a test', { 'server/src/users/users.unit.test.ts': '' }, ['names server/src/users/users.unit.test.ts:1']),
  refuses('a name in camel case', { 'server/src/users/userName.ts': '' }, ['names server/src/users/userName.ts:1']),
  refuses('a barrel', { 'server/src/users/index.ts': "export * from './users.ts'" }, ['names server/src/users/index.ts:1']),
  allows('every suffix on the list', {
    'server/src/users/users.store.ts': '',
    'server/src/users/users.routes.ts': '',
    'server/src/users/users.admin.routes.ts': '',
    'server/src/users/users.job.ts': '',
    'server/src/users/users.mail.ts': '',
    'server/src/users/users.method.ts': '',
    'server/src/users/users.provider.ts': '',
    'server/src/users/users.test.ts': '',
    'server/src/users/users.routes.test.ts': '',
    'server/src/oauth/core/authorize/index.ts': '',
    'server/src/admin/index.ts': '',
  }),
]

export const purity: readonly Plant[] = [
  ...impure.map((name) => refuses(`${name} in a file without a suffix`, { [users]: `import '${name}'` }, [`names ${users}:1`])),
  refuses('a driver in a file without a suffix', { [users]: "import 'pg'" }, [`2 ${users}:1`, `names ${users}:1`]),
  ...clocks.map((call) =>
    refuses(`${call} in a file without a suffix`, { [users]: `\nexport const f = () => ${call}` }, [`names ${users}:2`]),
  ),
  refuses('the clock beside the hashing pool', { 'server/src/credentials/password/policy.ts': 'export const f = () => Date.now()' }, [
    'names server/src/credentials/password/policy.ts:1',
  ]),
  refuses('a store in a file that is no front door', { 'server/src/login/attempt.ts': "import { spend } from './attempt.store.ts'" }, [
    'names server/src/login/attempt.ts:1',
  ]),
  allows("a store's type, and the store in the front door", {
    'server/src/login/attempt.ts': "import type { Attempts } from './attempt.store.ts'",
    'server/src/events/events.ts': "export { record } from './events.store.ts'",
  }),
  allows('a given time, and the clock where it belongs', {
    [users]: 'export const f = (now: number) => new Date(now)',
    'server/src/platform/clock.ts': 'export const now = () => Date.now()',
    'server/src/users/users.routes.ts': 'export const f = () => Date.now()',
    'server/src/config/config.ts': "import 'node:fs'",
    'server/src/credentials/password/hash-pool.ts': "import 'node:worker_threads'\nexport const f = () => performance.now()",
  }),
]

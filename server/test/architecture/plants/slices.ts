import { allows, type Plant, refuses } from './plant.ts'

export const slices: readonly Plant[] = [
  refuses('a slice of a later line', { 'server/src/users/users.ts': "import { can } from '../login/login.ts'" }, [
    '4 server/src/users/users.ts:1',
  ]),
  refuses('a slice of the own line', { 'server/src/users/users.ts': "import { can } from '../access/access.ts'" }, [
    '4 server/src/users/users.ts:1',
  ]),
  refuses('a type of a slice of the own line', { 'server/src/jobs/chain.ts': "import type { Key } from '../keys/keys.ts'" }, [
    '4 server/src/jobs/chain.ts:1',
  ]),
  refuses('a dynamic import of a later line', { 'server/src/db/pool.ts': "await import('../events/events.ts')" }, [
    '4 server/src/db/pool.ts:1',
  ]),
  refuses('a side door', { 'server/src/login/attempt.ts': "import { lock } from '../users/lock.ts'" }, ['4 server/src/login/attempt.ts:1']),
  refuses("another slice's store", { 'server/src/login/login.routes.ts': "import { users } from '../users/users.store.ts'" }, [
    '4 server/src/login/login.routes.ts:1',
  ]),
  refuses("a sibling's credential", { 'server/src/credentials/totp/totp.ts': "import { hash } from '../password/password.ts'" }, [
    '4 server/src/credentials/totp/totp.ts:1',
  ]),
  refuses('a side door of a credential', { 'server/src/login/attempt.ts': "import { pool } from '../credentials/password/hash-pool.ts'" }, [
    '4 server/src/login/attempt.ts:1',
  ]),
  allows('earlier lines through their front doors', {
    'server/src/login/attempt.ts': [
      "import { isLocked } from '../users/users.ts'",
      "import { verify } from '../credentials/password/password.ts'",
      "import type { Method } from '../credentials/method.ts'",
      "import type { Provider } from '../federation/provider.ts'",
    ].join('\n'),
    'server/src/users/users.store.ts': "import { tx } from '../db/tx.ts'\nimport { hash } from '../platform/digest.ts'",
    'server/src/credentials/totp/totp.method.ts': "import type { Method } from '../method.ts'\nimport { matchStep } from './totp.ts'",
  }),
  allows('the contract that a file implements, on its own line', {
    'server/src/events/events.admin.routes.ts': "import { route } from '../http/route.ts'",
    'server/src/keys/keys.job.ts': "import type { Job } from '../jobs/jobs.ts'",
  }),
  refuses(
    'the same contract for a file without that role',
    { 'server/src/keys/keys.store.ts': "import type { Template } from '../mail/mail.ts'" },
    ['4 server/src/keys/keys.store.ts:1'],
  ),
  allows('every slice at any door in the composition root', {
    'server/src/compose.ts': "import { users } from './users/users.store.ts'\nimport { pool } from './credentials/password/hash-pool.ts'",
  }),
  refuses('cli in the composition root', { 'server/src/compose.ts': "import { serve } from './cli/serve.ts'" }, [
    '4 server/src/compose.ts:1',
  ]),
  refuses('a store in cli', { 'server/src/cli/users.ts': "import { users } from '../users/users.store.ts'" }, [
    '4 server/src/cli/users.ts:1',
  ]),
  allows('compose in cli, and both in main', {
    'server/src/cli/serve.ts': "import { compose } from '../compose.ts'",
    'server/src/main.ts': "import { serve } from './cli/serve.ts'\nimport { compose } from './compose.ts'",
  }),
  refuses("a slice's inner files in admin", { 'server/src/admin/overview.ts': "import { lock } from '../users/lock.ts'" }, [
    '4 server/src/admin/overview.ts:1',
  ]),
  allows('a job of a slice in cli', { 'server/src/cli/keys.ts': "import { rotate } from '../keys/keys.job.ts'" }),
  allows("a slice's admin routes in admin", { 'server/src/admin/index.ts': "export { routes } from '../users/users.admin.routes.ts'" }),
  refuses('a folder that has no line', { 'server/src/billing/billing.ts': 'export const price = 1' }, [
    '4 server/src/billing/billing.ts:1',
  ]),
  refuses('the harness in the product', { 'server/src/users/users.ts': "import { start } from '../../test/harness.ts'" }, [
    '4 server/src/users/users.ts:1',
  ]),
  allows('the harness and any slice in a test', {
    'server/src/users/users.test.ts': "import { start } from '../../test/harness.ts'\nimport { login } from '../login/login.ts'",
  }),
]

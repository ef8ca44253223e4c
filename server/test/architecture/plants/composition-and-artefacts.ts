import { allows, type Plant, refuses } from './plant.ts'

export const composition: readonly Plant[] = [
  refuses('compose in a slice', { 'server/src/login/login.ts': "import { compose } from '../compose.ts'" }, [
    '4 server/src/login/login.ts:1',
    '5 server/src/login/login.ts:1',
  ]),
  refuses(
    'compose in a test that should use the harness',
    { 'server/src/users/users.test.ts': "import { compose } from '../compose.ts'" },
    ['5 server/src/users/users.test.ts:1'],
  ),
  allows('compose in main, cli, the harness and the benchmarks', {
    'server/src/main.ts': "import './compose.ts'",
    'server/src/cli/serve.ts': "import '../compose.ts'",
    'server/test/harness.ts': "import '../src/compose.ts'",
    'server/bench/main.ts': "import '../src/compose.ts'",
  }),
  refuses('auth-api in cli', { 'server/src/cli/users.ts': "import { register } from '../auth-api/auth-api.ts'" }, [
    '5 server/src/cli/users.ts:1',
  ]),
  refuses('scim in admin', { 'server/src/admin/overview.ts': "import { scim } from '../scim/scim.ts'" }, [
    '4 server/src/admin/overview.ts:1',
    '5 server/src/admin/overview.ts:1',
  ]),
  allows('the composition of a tenant in that of the process', { 'server/src/compose.ts': "import './compose-tenant.ts'" }),
  refuses('the composition of a tenant in a slice', { 'server/src/login/login.ts': "import { open } from '../compose-tenant.ts'" }, [
    '4 server/src/login/login.ts:1',
    '5 server/src/login/login.ts:1',
  ]),
  allows('auth-api, scim and admin in compose', {
    'server/src/compose.ts': "import './auth-api/register.routes.ts'\nimport './scim/scim.ts'\nimport './admin/index.ts'",
  }),
]

export const artefacts: readonly Plant[] = [
  refuses('the server in web', { 'web/console/src/users.ts': "import type { User } from '../../../server/src/users/users.ts'" }, [
    '6 web/console/src/users.ts:1',
  ]),
  refuses('the server in web, by its package', { 'web/account/a.tsx': "import '@custom-identity-platform/server'" }, [
    '6 web/account/a.tsx:1',
  ]),
  refuses('web that speaks HTTP by itself', { 'web/console/a.ts': "await fetch('/a')\nawait window.fetch('/a')\nnew EventSource('/b')" }, [
    '6 web/console/a.ts:1',
    '6 web/console/a.ts:2',
    '6 web/console/a.ts:3',
  ]),
  allows('sdk and kit in web', {
    'web/console/a.ts':
      "import { client } from '@custom-identity-platform/sdk'\nimport { x } from '../kit/x.ts'\nimport '../../sdk/a.ts'\nclient.fetch()",
  }),
  refuses('the server in sdk', { 'sdk/src/types.ts': "export type * from '../../server/src/http/openapi.ts'" }, ['6 sdk/src/types.ts:1']),
  refuses('the server in e2e', { 'e2e/a.test.ts': "import { start } from '../server/test/harness.ts'" }, ['6 e2e/a.test.ts:1']),
  allows('HTTP and processes in e2e', {
    'e2e/a.test.ts': "import { spawn } from 'node:child_process'\nawait fetch('http://127.0.0.1:8000')",
  }),
]

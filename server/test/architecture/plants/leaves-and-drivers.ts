import { allows, type Plant, refuses } from './plant.ts'

export const leaves: readonly Plant[] = [
  refuses('a package in platform', { 'server/src/platform/ids.ts': "import { v7 } from 'uuid'\nexport const id = v7" }, [
    '1 server/src/platform/ids.ts:1',
  ]),
  refuses('a slice in platform, by type alone', { 'server/src/platform/clock.ts': "\nimport type { Config } from '../config/config.ts'" }, [
    '1 server/src/platform/clock.ts:2',
    '4 server/src/platform/clock.ts:2',
  ]),
  refuses('an import() type in platform', { 'server/src/platform/clock.ts': "export type T = import('../events/events.ts').T" }, [
    '1 server/src/platform/clock.ts:1',
    '4 server/src/platform/clock.ts:1',
  ]),
  allows('node: and a neighbour in platform', {
    'server/src/platform/ids.ts': "import { randomBytes } from 'node:crypto'\nimport { now } from './clock.ts'",
    'server/src/platform/clock.ts': 'export const now = () => Date.now()',
  }),
  refuses(
    'the file system in oauth/core',
    { 'server/src/oauth/core/pkce.ts': "import { randomBytes } from 'node:crypto'\nimport 'node:os'" },
    ['1 server/src/oauth/core/pkce.ts:2'],
  ),
  refuses('platform in oauth/core', { 'server/src/oauth/core/pkce.ts': "import { random } from '../../platform/random.ts'" }, [
    '1 server/src/oauth/core/pkce.ts:1',
  ]),
  refuses('the rest of oauth in its core', { 'server/src/oauth/core/grants/code.ts': "export { T } from '../../store/types.ts'" }, [
    '1 server/src/oauth/core/grants/code.ts:1',
  ]),
  allows('jose, node:crypto and itself in oauth/core', {
    'server/src/oauth/core/grants/code.ts': "import 'jose'\nimport 'node:crypto'\nimport type { Ports } from '../ports.ts'",
  }),
]

export const drivers: readonly Plant[] = [
  refuses('pg in routes', { 'server/src/users/users.routes.ts': "import pg from 'pg'" }, ['2 server/src/users/users.routes.ts:1']),
  refuses('a type of kysely in a job', { 'server/src/users/users.job.ts': "import type { Kysely } from 'kysely'" }, [
    '2 server/src/users/users.job.ts:1',
  ]),
  refuses('kysely in the composition root', { 'server/src/compose.ts': "const k = await import('kysely')" }, ['2 server/src/compose.ts:1']),
  allows('pg and kysely in stores, db and tests', {
    'server/src/users/users.store.ts': "import type { Kysely } from 'kysely'",
    'server/src/db/pool.ts': "import pg from 'pg'",
    'server/src/users/users.store.test.ts': "import pg from 'pg'",
    'server/test/harness.ts': "import pg from 'pg'",
  }),
  allows('a package whose name only begins alike', { 'server/src/users/users.routes.ts': "import 'pg-format-of-dates'" }),
  refuses('fastify in a store', { 'server/src/users/users.store.ts': "import type { FastifyRequest } from 'fastify'" }, [
    '2 server/src/users/users.store.ts:1',
  ]),
  refuses('a plugin of fastify in cli', { 'server/src/cli/serve.ts': "import cookie from '@fastify/cookie'" }, [
    '2 server/src/cli/serve.ts:1',
  ]),
  refuses('http/ in a job', { 'server/src/users/users.job.ts': "import { route } from '../http/route.ts'" }, [
    '2 server/src/users/users.job.ts:1',
  ]),
  allows('fastify and http/ in routes, http and compose', {
    'server/src/users/users.routes.ts': "import { route } from '../http/route.ts'",
    'server/src/users/users.admin.routes.ts': "import type { FastifyReply } from 'fastify'\nimport { route } from '../http/route.ts'",
    'server/src/http/route.ts': "import fastify from 'fastify'\nimport { createServer } from 'node:http'",
    'server/src/compose.ts': "import { mount } from './http/mount.ts'",
    'server/src/cli/serve.ts': "import cluster from 'node:cluster'",
  }),
]

import { allows, type Plant, refuses } from './plant.ts'

const store = 'server/src/sessions/sessions.store.ts'

export const storesAndPages: readonly Plant[] = [
  refuses('routes in a store', { [store]: "import type { Reply } from './sessions.routes.ts'" }, [`3 ${store}:1`]),
  refuses('pages in a store', { [store]: "import { layout } from '../pages/layout.ts'" }, [`3 ${store}:1`]),
  refuses('a job in a store', { [store]: "import { sweep } from './sessions.job.ts'" }, [`3 ${store}:1`]),
  refuses('the jobs slice in a store', { [store]: "import { job } from '../jobs/jobs.ts'" }, [`3 ${store}:1`]),
  refuses("another slice's store in a store", { [store]: "import { users } from '../users/users.store.ts'" }, [
    `3 ${store}:1`,
    `4 ${store}:1`,
  ]),
  refuses(
    "a sibling credential's store in a store",
    { 'server/src/credentials/totp/totp.store.ts': "import { find } from '../password/password.store.ts'" },
    ['3 server/src/credentials/totp/totp.store.ts:1', '4 server/src/credentials/totp/totp.store.ts:1'],
  ),
  allows('the own slice, db and front doors in a store', {
    [store]: "import { tx } from '../db/tx.ts'\nimport { record } from '../events/events.ts'\nimport type { Session } from './sessions.ts'",
    'server/src/oauth/store/codes.store.ts': "import { insertGrant } from './grants.store.ts'",
  }),
  refuses('platform beyond html in a page', { 'server/src/pages/layout.ts': "import { now } from '../platform/clock.ts'" }, [
    '3 server/src/pages/layout.ts:1',
  ]),
  refuses('a package in a page', { 'server/src/pages/layout.ts': "import { format } from 'dates'" }, ['3 server/src/pages/layout.ts:1']),
  allows('html and other pages in a page', {
    'server/src/pages/sign-in.ts': "import { html } from '../platform/html.ts'\nimport { layout } from './layout.ts'",
  }),
]

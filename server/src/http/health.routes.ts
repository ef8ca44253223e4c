import { Type } from 'typebox'
import type { Database } from '../db/database.ts'
import { migrationState } from '../db/migrate.ts'
import { type AnyRoute, publicRoute, route, unlimited } from './route.ts'

type Check = { readonly name: string; readonly run: () => Promise<boolean> }

const Health = Type.Object({ status: Type.Literal('ok') })
const Readiness = Type.Object({
  status: Type.Union([Type.Literal('ready'), Type.Literal('not ready')]),
  checks: Type.Record(Type.String(), Type.Boolean()),
})

const within = (milliseconds: number, work: Promise<boolean>): Promise<boolean> => {
  const timer = Promise.withResolvers<boolean>()
  const handle = setTimeout(() => timer.resolve(false), milliseconds)
  return Promise.race([work.catch(() => false), timer.promise]).finally(() => clearTimeout(handle))
}

// Asked often by many; one look a quarter of a second answers all of them.
const cached = (look: () => Promise<Record<string, boolean>>): (() => Promise<Record<string, boolean>>) => {
  let last: { readonly at: number; readonly result: Promise<Record<string, boolean>> } | undefined
  return () => {
    if (last === undefined || performance.now() - last.at > 250) last = { at: performance.now(), result: look() }
    return last.result
  }
}

const runChecks = async (checks: readonly Check[]): Promise<Record<string, boolean>> =>
  Object.fromEntries(await Promise.all(checks.map(async ({ name, run }) => [name, await within(2000, run())] as const)))

/** `/healthz` says that the process serves, `/readyz` that it can do its work: the checks one by one. */
export const healthRoutes = (checks: readonly Check[]): readonly AnyRoute[] => {
  const look = cached(() => runChecks(checks))
  const policy = {
    method: 'GET',
    tag: 'operations',
    auth: publicRoute('load balancers ask without credentials; nothing but yes and no is told'),
    limit: unlimited('a probe must be answered under load'),
    audit: { none: 'reads only' },
  } as const
  return [
    route({
      ...policy,
      path: '/healthz',
      summary: 'Is the process alive?',
      responses: { 200: Health },
      handle: () => ({ status: 200, body: { status: 'ok' as const }, headers: { 'cache-control': 'no-store' } }),
    }),
    route({
      ...policy,
      path: '/readyz',
      summary: 'Can it do its work?',
      description: 'Checks the database, the migrations and the signing keys.',
      responses: { 200: Readiness, 503: Readiness },
      handle: async () => {
        const results = await look()
        const headers = { 'cache-control': 'no-store' }
        if (Object.values(results).every(Boolean)) return { status: 200, body: { status: 'ready' as const, checks: results }, headers }
        return { status: 503, body: { status: 'not ready' as const, checks: results }, headers }
      },
    }),
  ]
}

type Readiness = { readonly isDraining: () => boolean; readonly db: Database; readonly hasKeys: () => boolean }

/** What must hold before a node takes requests. */
export const readiness = ({ isDraining, db, hasKeys }: Readiness): readonly Check[] => [
  { name: 'serving', run: async () => !isDraining() },
  { name: 'database', run: async () => (await db.text('select 1')).length === 1 },
  { name: 'migrations', run: async () => (await migrationState(db.pool)).pending.length === 0 },
  { name: 'keys', run: async () => hasKeys() },
]

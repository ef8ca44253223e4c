import { type AccountApi, accountApi } from '../harness/account-api.ts'
import { type FreshDatabase, startTestDatabase, type TestDatabase } from '../harness/database.ts'
import type { Environment } from '../harness/environment.ts'
import { startTestServer, type TestServer } from '../harness/server.ts'

export type Nodes = {
  readonly servers: readonly TestServer[]
  readonly apis: readonly [AccountApi, AccountApi]
  readonly database: FreshDatabase
}

/** Two server processes on one database. The first prepares it, so that the second finds it ready. */
export const startNodes = async (env: Environment = {}, postgres?: TestDatabase): Promise<Nodes> => {
  const database = await (postgres ?? (await startTestDatabase())).create()
  const first = await startTestServer({ env: { ...database.env, ...env } })
  const second = await startTestServer({ env: { ...database.env, ...env } })
  return { servers: [first, second], apis: [accountApi(first.url), accountApi(second.url)], database }
}

/** Runs `call` `count` times at once, dealt out over the nodes in turn. */
export const atOnce = <T>({ apis }: Nodes, count: number, call: (api: AccountApi, index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => call(apis[index % 2 === 0 ? 0 : 1], index)))

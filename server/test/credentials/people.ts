import { prepareDatabase } from '../../src/db/connect.ts'
import { type Database, openDatabase } from '../../src/db/database.ts'
import { type EventPayload, type EventRow, type EventType, makeEvent } from '../../src/events/events.ts'
import { newId } from '../../src/platform/ids.ts'
import { findTenantId } from '../../src/tenants/tenants.store.ts'
import { atEnd } from '../harness/closing.ts'
import { startTestDatabase } from '../harness/database.ts'

export type People = {
  /** Two nodes on one database, each with connections of its own. */
  readonly nodes: readonly [Database, Database]
  readonly tenantId: string
  readonly add: () => Promise<string>
  readonly remove: (userId: string) => Promise<unknown>
  readonly event: <T extends EventType>(type: T, userId: string, payload: EventPayload<T>) => EventRow
  /** The types of the events of a person, in the order of their making, and their payloads. */
  readonly eventsOf: (userId: string) => Promise<readonly { type: string; payload: Record<string, unknown> }[]>
  /** Moves the lock of a person's factors without touching their counts: no test has to hurry, and none to wait. */
  readonly lock: (userId: string) => Promise<unknown>
  readonly unlock: (userId: string) => Promise<unknown>
  readonly failuresOf: (userId: string, method: string) => Promise<number>
}

/** A migrated database with people in it. */
export const startPeople = async (): Promise<People> => {
  const { connection } = await (await startTestDatabase()).create()
  await prepareDatabase({ connection, isPooled: false, waitSeconds: 5, say: () => undefined, withMigrations: true })
  const open = (): Database => {
    const db = openDatabase({ connection, size: 8, onError: () => undefined })
    atEnd(() => db.close())
    return db
  }
  const nodes = [open(), open()] as const
  const [db] = nodes
  const tenantId = await findTenantId('default', db)
  if (tenantId === undefined) throw new Error('The migrations made no tenant.')
  return {
    nodes,
    tenantId,
    add: async () => {
      const id = newId()
      await db.text('insert into users (tenant_id, id) values ($1, $2)', [tenantId, id])
      return id
    },
    remove: (userId) => db.text('delete from users where id = $1', [userId]),
    event: (type, userId, payload) => makeEvent({ tenantId, type, userId, payload }),
    eventsOf: (userId) => db.text('select type, payload from events where user_id = $1 order by at, id', [userId]),
    lock: (userId) => db.text(`update factor_states set locked_until = now() + interval '1 minute' where user_id = $1`, [userId]),
    unlock: (userId) => db.text(`update factor_states set locked_until = '-infinity' where user_id = $1`, [userId]),
    failuresOf: async (userId, method) =>
      (await db.text<{ failures: number }>('select failures from factor_states where user_id = $1 and method = $2', [userId, method]))[0]
        ?.failures ?? 0,
  }
}

/** Runs `call` `count` times at once, dealt out over the nodes in turn. */
export const onBothNodes = <T>({ nodes }: People, count: number, call: (db: Database, index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => call(nodes[index % 2 === 0 ? 0 : 1], index)))

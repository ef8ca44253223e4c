import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Sql } from '../db/database.ts'
import { growing } from '../platform/growing.ts'
import { newId } from '../platform/ids.ts'
import { insertKeys } from './event-keys.store.ts'
import type { EventType } from './events.ts'
import { createKeyPool, type KeyPool } from './key-pool.job.ts'
import { type DataKey, type EventSecrets, type SealData, sealData, sealKey } from './sealing.ts'

/** Seals the events of one request. */
export type RequestSeals = {
  readonly seal: SealData
  /** Events of this type were written, by a statement that found whom they are about. */
  readonly written: (type: EventType) => void
  /** The request is over, and what it wrote is known: keys that it had no use for go back. */
  readonly end: () => void
}

export type EventKeys = { readonly ofRequest: () => RequestSeals; readonly close: () => Promise<void> }

/** How long this process seals with the same key for a person; a deletion meanwhile is finished by the sweep. */
const holdMs = 3600_000
const peopleMax = 20_000

const sealsOfRequest =
  (secrets: EventSecrets, { take, giveBack }: KeyPool, keyOf: (tenantId: string, person: string) => DataKey) =>
  () => {
    const lent = new Map<string, DataKey[]>()
    const lend = (type: string): DataKey => {
      const key = take()
      lent.set(type, [...(lent.get(type) ?? []), key])
      return key
    }
    return {
      seal: ({ tenantId, type, owner }, data) =>
        sealData(secrets, { tenantId, key: owner === 'found' ? lend(type) : keyOf(tenantId, owner), data }),
      written: (type) => void lent.delete(type),
      end: () => {
        for (const keys of lent.values()) keys.forEach(giveBack)
        lent.clear()
      },
    } satisfies RequestSeals
  }

/** The keys that this process seals personal data with. Each serves one person, for an hour at most; one that serves whom a statement finds, one event. */
export const openEventKeys = async (sql: Sql, secrets: EventSecrets, onError: (error: unknown) => void): Promise<EventKeys> => {
  const pool = createKeyPool({
    make: () => ({ id: newId(), bytes: randomBytes(32) }),
    write: (keys) =>
      insertKeys(
        sql,
        keys.map((key) => ({ id: key.id, sealed: sealKey(secrets, key) })),
      ),
    onError,
  })
  await pool.fill()
  const held = new LRUCache<string, DataKey>({ ...growing(peopleMax), ttl: holdMs })
  const keyOf = (tenantId: string, person: string): DataKey => {
    const name = `${tenantId} ${person}`
    const known = held.get(name)
    if (known !== undefined) return known
    const key = pool.take()
    held.set(name, key)
    return key
  }
  return { ofRequest: sealsOfRequest(secrets, pool, keyOf), close: pool.close }
}

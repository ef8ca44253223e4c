import { randomBytes } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Sql } from '../db/database.ts'
import { DatabaseUnavailable } from '../db/errors.ts'
import { growing } from '../platform/growing.ts'
import { newId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { insertKeys } from './event-keys.store.ts'
import type { EventType } from './events.ts'
import { createKeyPool, type KeyPool } from './key-pool.job.ts'
import { type DataKey, type EventSecrets, type PersonalData, type SealData, type SealedColumns, sealData, sealKey } from './sealing.ts'

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

type Held = { readonly key: DataKey; last?: { readonly data: PersonalData; readonly columns: SealedColumns } }

// Who goes on from the same place gets what was sealed last: an event then costs no sealing.
const sealWith = (secrets: EventSecrets, held: Held, { tenantId, data }: { tenantId: string; data: PersonalData }): SealedColumns => {
  const { key, last } = held
  if (last !== undefined && last.data.ip === data.ip && last.data.userAgent === data.userAgent) return last.columns
  const columns = sealData(secrets, { tenantId, key, data })
  held.last = { data, columns }
  return columns
}

type Holder = { readonly pool: KeyPool; readonly heldBy: (tenantId: string, person: string) => Held }

// A request asks for one thing, so that all whom its statements find are one person: they share a key of its own.
const sealsOfRequest = (secrets: EventSecrets, { pool, heldBy }: Holder): RequestSeals => {
  let lent: Held | undefined
  let isUsed = false
  const lentFor = new Set<string>()
  const lend = (type: string): Held => {
    lentFor.add(type)
    lent ??= { key: pool.take() }
    return lent
  }
  return {
    seal: ({ tenantId, type, owner }, data) =>
      sealWith(secrets, owner === 'found' ? lend(type) : heldBy(tenantId, owner), { tenantId, data }),
    written: (type) => {
      isUsed ||= lentFor.has(type)
    },
    end: () => {
      if (lent !== undefined && !isUsed) pool.giveBack(lent.key)
      lent = undefined
    },
  }
}

// A server that went on would seal what nobody can ever open.
const cannotBegin = (error: unknown): never => {
  if (error instanceof DatabaseUnavailable) throw error
  throw new Problem(
    `The keys of events cannot be written: ${(error as Error).message}. Where the server has a role of its own, print its grants anew: cip database grants`,
  )
}

/** The keys that this process seals personal data with. Each serves one person, for an hour at most; one that serves whom statements find, one request. */
export const openEventKeys = async (sql: Sql, secrets: EventSecrets, onError: (error: unknown) => void): Promise<EventKeys> => {
  const write = (keys: readonly DataKey[]): Promise<void> =>
    insertKeys(
      sql,
      keys.map((key) => ({ id: key.id, sealed: sealKey(secrets, key) })),
    )
  const pool = createKeyPool({
    make: () => ({ id: newId(), bytes: randomBytes(32) }),
    write,
    onError,
  })
  await pool.begin().catch(cannotBegin)
  const people = new LRUCache<string, Held>({ ...growing(peopleMax), ttl: holdMs })
  const heldBy = (tenantId: string, person: string): Held => {
    const name = `${tenantId} ${person}`
    const known = people.get(name)
    if (known !== undefined) return known
    const held = { key: pool.take() }
    people.set(name, held)
    return held
  }
  return { ofRequest: () => sealsOfRequest(secrets, { pool, heldBy }), close: pool.close }
}

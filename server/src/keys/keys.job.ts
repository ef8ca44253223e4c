import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventMaker, type EventRow, makeEvent, type NewEvent } from '../events/events.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { systemClock } from '../platform/clock.ts'
import { algorithms, type JsonWebKey } from './key-pair.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'
import { bumpKeyEpoch, deleteOldKeys, insertKey, listKeys, lockKeys, revokeKey, tenantsWithOldKeys, toStoredKey } from './keys.store.ts'
import { type KeyChanges, type RotationOptions, rotateKey } from './rotation.ts'

export type KeyChangesDeps = {
  readonly db: Database
  readonly tenantId: string
  /** Seconds that a retired key stays published: the life of the longest token that it may have signed. */
  readonly keepSeconds: number
  /** Makes the events of whoever asks; those of the platform itself where nothing is said. */
  readonly make?: EventMaker['make'] | undefined
  /** Writes the audit event of a change in its transaction. */
  readonly record: (tx: Tx, event: EventRow) => Promise<void>
}

/** The database behind key changes: each is one transaction under the tenant's key lock and moves the epoch that nodes watch. */
export const keyChanges = ({
  db,
  tenantId,
  keepSeconds,
  record,
  make = (input) => makeEvent({ ...input, tenantId }),
}: KeyChangesDeps): KeyChanges<Tx> => ({
  run: (work) =>
    inTransaction(db, { isIdempotent: true }, async (tx) => {
      await lockKeys(tenantId, tx)
      return work(tx)
    }),
  list: (tx) => listKeys(tenantId, tx),
  insert: async (tx, key, leadSeconds) => {
    await insertKey(tenantId, tx, { ...key, publicJwk: key.publicJwk as JsonWebKey, leadSeconds, keepSeconds })
    await bumpKeyEpoch(tenantId, tx)
  },
  revoke: async (tx, kid) => {
    const isRevoked = await revokeKey(tenantId, tx, kid)
    if (isRevoked) await bumpKeyEpoch(tenantId, tx)
    return isRevoked
  },
  note: (tx, { type, ...payload }) => record(tx, make({ type, payload } as NewEvent<'key.created'>)),
})

/** Gives a successor to every key that is older than `ageSeconds`. */
export const rotateOldKeys = async (changes: KeyChanges<Tx>, options: RotationOptions, ageSeconds: number): Promise<void> => {
  const rows = await changes.run((tx) => changes.list(tx))
  const limit = options.now() - ageSeconds * 1000
  for (const algorithm of algorithms) {
    const isOld = rows.some(
      (row) => row.algorithm === algorithm && row.retired_at === null && row.revoked_at === null && row.active_at.getTime() < limit,
    )
    if (isOld) await rotateKey(changes, options, { algorithm, isImmediate: false, olderThanSeconds: ageSeconds })
  }
}

export type LoadedKeys = { readonly ring: KeyRing; readonly reload: () => Promise<void>; readonly version: () => number }

/** The tenant's keys in memory, loaded; `version` moves with each reload. */
export const loadKeys = async (db: Database, options: Pick<RotationOptions, 'tenantId' | 'sealingKey'>): Promise<LoadedKeys> => {
  const ring = createKeyRing(options.tenantId, options.sealingKey, systemClock)
  let version = 0
  const reload = async (): Promise<void> => {
    ring.replace((await listKeys(options.tenantId, db)).map(toStoredKey))
    version += 1
  }
  await reload()
  return { ring, reload, version: () => version }
}

type KeysOf = (tenantId: string) => { readonly changes: KeyChanges<Tx>; readonly options: RotationOptions }

/** Replaces the keys of every tenant that have grown old, and forgets those long removed. */
export const keyUpkeep = (keysOf: KeysOf, ageSeconds: number): readonly Upkeep[] => [
  {
    task: 'keys.rotation',
    everySeconds: 3600,
    run: async (sql) => {
      for (const tenantId of await tenantsWithOldKeys(sql, ageSeconds)) {
        const { changes, options } = keysOf(tenantId)
        await rotateOldKeys(changes, options, ageSeconds)
      }
    },
  },
  { task: 'keys.removal', everySeconds: 86_400, run: deleteOldKeys },
]

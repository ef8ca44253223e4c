import type pg from 'pg'
import { MigrationError } from './migration-error.ts'

const indexName = (sql: string): string => /if not exists (\S+) on /.exec(sql)?.[1] ?? ''

const validIndexes = async (pool: pg.Pool, names: readonly string[]): Promise<ReadonlyMap<string, boolean>> => {
  const { rows } = await pool.query<{ name: string; valid: boolean }>(
    `select c.relname as name, i.indisvalid as valid from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = current_schema()::regnamespace and c.relname = any($1)`,
    [names],
  )
  return new Map(rows.map(({ name, valid }) => [name, valid]))
}

const buildIndex = async (pool: pg.Pool, sql: string, isBroken: boolean): Promise<void> => {
  const client = await pool.connect()
  try {
    // It waits for every transaction that is under way and may take minutes on a large table; nobody waits for it.
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set client_connection_check_interval = 0')
    if (isBroken) await client.query(`drop index concurrently if exists ${indexName(sql)}`)
    await client.query(sql)
  } finally {
    client.release(true)
  }
}

// Those whose building broke off are built anew.
const buildWanted = async (pool: pg.Pool, wanted: readonly string[]): Promise<void> => {
  const isMissing = (found: ReadonlyMap<string, boolean>, sql: string): boolean => found.get(indexName(sql)) !== true
  const before = await validIndexes(pool, wanted.map(indexName))
  for (const sql of wanted.filter((one) => isMissing(before, one))) {
    const error = await buildIndex(pool, sql, before.get(indexName(sql)) === false).catch((reason: Error) => reason)
    if (error !== undefined && isMissing(await validIndexes(pool, [indexName(sql)]), sql))
      throw new MigrationError(`The index ${indexName(sql)} could not be built: ${error.message}. Start again to try again.`)
  }
}

type Missing = { readonly parent: string; readonly partition: string; readonly definition: string }

// An index of a partitioned table is valid once each partition has its part of it.
const missingParts = async (pool: pg.Pool): Promise<readonly Missing[]> =>
  (
    await pool.query<Missing>(
      `select p.relname as parent, c.relname as partition, substring(pg_get_indexdef(p.oid) from ' USING .*$') as definition
       from pg_index i join pg_class p on p.oid = i.indexrelid and p.relkind = 'I'
       join pg_inherits h on h.inhparent = i.indrelid join pg_class c on c.oid = h.inhrelid
       where p.relnamespace = current_schema()::regnamespace and not i.indisvalid and not exists (
         select from pg_inherits a join pg_index x on x.indexrelid = a.inhrelid where a.inhparent = p.oid and x.indrelid = c.oid)
       order by 1, 2`,
    )
  ).rows

// Built beside the writers, then attached in a moment.
const buildParts = async (pool: pg.Pool, missing: readonly Missing[]): Promise<void> => {
  for (const { parent, partition, definition } of missing) {
    const name = `${partition}_${parent.slice(parent.indexOf('_') + 1)}`
    await buildWanted(pool, [`create index concurrently if not exists ${name} on ${partition}${definition}`])
    await pool.query(`alter index ${parent} attach partition ${name}`).catch((error: Error) => {
      throw new MigrationError(`The index ${name} could not be attached: ${error.message}. Start again to try again.`)
    })
  }
}

/**
 * Runs `work` while no other node does. It asks again and again instead of waiting: a statement that waits has a snapshot, for whose end the building of
 * an index waits in turn.
 */
const alone = async (pool: pg.Pool, work: () => Promise<void>): Promise<void> => {
  const client = await pool.connect()
  try {
    for (;;) {
      await client.query('begin; set local idle_in_transaction_session_timeout = 0')
      const { rows } = await client.query<{ won: boolean }>(`select pg_try_advisory_xact_lock(hashtext('cip.build-indexes')) as won`)
      if (rows[0]?.won === true) break
      await client.query('rollback')
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await work()
    await client.query('commit')
  } finally {
    client.release(true)
  }
}

/** Builds the indexes that are missing, and each partition's part of those that were made on partitioned tables alone. One node builds, the others find it done. */
export const buildIndexes = async (pool: pg.Pool, wanted: readonly string[]): Promise<void> => {
  const found = await validIndexes(pool, wanted.map(indexName))
  const isDone = wanted.every((sql) => found.get(indexName(sql)) === true) && (await missingParts(pool)).length === 0
  if (isDone) return
  await alone(pool, async () => {
    await buildWanted(pool, wanted)
    await buildParts(pool, await missingParts(pool))
  })
}

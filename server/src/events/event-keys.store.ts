import { prepared, type Sql } from '../db/database.ts'

const insert = prepared<never>(
  'event-keys.insert',
  'insert into event_keys (id, sealed) select * from unnest($1::uuid[], $2::bytea[]) on conflict do nothing',
)

export type SealedKey = { readonly id: string; readonly sealed: Uint8Array }

export const insertKeys = async (sql: Sql, keys: readonly SealedKey[]): Promise<void> => {
  await sql.run(insert, [keys.map(({ id }) => id), keys.map(({ sealed }) => sealed)])
}

const erasing = (condition: string) => `with batch as materialized (
    select at, id, key_id from events where tenant_id = $1 and ${condition} and (at, id) > ($3::timestamptz, $4::uuid) order by at, id limit $5),
  erased as (delete from event_keys where id in (select key_id from batch))
  select at::text, id, (count(*) over ())::int as taken from batch order by batch.at desc, id desc limit 1`

type Last = { readonly at: string; readonly id: string; readonly taken: number }

// Events that an administrator or a token caused hold the data of whoever that was.
const ofSubject = prepared<Last>(
  'event-keys.erase-subject',
  erasing(`user_id = $2::uuid and (actor is null or actor not like 'user %' and actor not like 'token %')`),
)
const ofActor = prepared<Last>('event-keys.erase-actor', erasing('actor = $2::text'))

const tokensOf = prepared<{ token: string }>(
  'event-keys.tokens',
  `select distinct payload ->> 'token' as token from events where tenant_id = $1 and user_id = $2 and type = 'token.made'`,
)

const batch = 10_000
const nil = '00000000-0000-0000-0000-000000000000'

const eraseAll = async (tenantId: string, tx: Sql, { who, isActor, since }: { who: string; isActor: boolean; since: string }) => {
  let after = { at: since, id: nil }
  for (;;) {
    const [last] = await tx.run(isActor ? ofActor : ofSubject, [tenantId, who, after.at, after.id, batch])
    if (last === undefined || last.taken < batch) return
    after = last
  }
}

/**
 * Deletes the keys of the personal data in the events of a person, `since` a time or from the first on: in batches, so that a person with a hundred
 * thousand events holds nothing for long. What the person did as an administrator belongs to it, by a personal token as well.
 */
export const erasePersonalData = async (
  tenantId: string,
  tx: Sql,
  { userId, since = '-infinity' }: { userId: string; since?: string },
): Promise<void> => {
  const tokens = await tx.run(tokensOf, [tenantId, userId])
  await eraseAll(tenantId, tx, { who: userId, isActor: false, since })
  for (const actor of [`user ${userId}`, ...tokens.map(({ token }) => `token ${token}`)])
    await eraseAll(tenantId, tx, { who: actor, isActor: true, since })
}

export type Deletion = {
  readonly tenant_id: string
  readonly user_id: string
  readonly at: string
  readonly id: string
  readonly since: string
}

// No transaction of ours takes longer than ten minutes: what was not committed yet when the keys were deleted began after that.
const deletions = prepared<Deletion>(
  'event-keys.deletions',
  `select d.tenant_id, d.user_id, d.at::text, d.id, (d.at - interval '10 minutes')::text as since from tenants t join events d on d.tenant_id = t.tenant_id and d.type = 'user.deleted'
     and d.at > coalesce((select last_run_at from upkeep where task = $1), now() - interval '30 days') - make_interval(hours => $2)
   where (d.at, d.id) > ($3::timestamptz, $4::uuid) and d.user_id is not null order by d.at, d.id limit $5`,
)

type Look = {
  readonly task: string
  readonly hours: number
  readonly after: Pick<Deletion, 'at' | 'id'> | undefined
  readonly limit: number
}

/** Persons who were deleted in the hours before the last run of a task or since then, the earliest first. */
export const recentDeletions = (sql: Sql, { task, hours, after, limit }: Look): Promise<Deletion[]> =>
  sql.run(deletions, [task, hours, after?.at ?? '-infinity', after?.id ?? nil, limit])

/** Deletes some keys that were made before; how many. */
export const dropKeysBefore = async (sql: Sql, { before, limit }: { before: string; limit: number }): Promise<number> =>
  (
    await sql.text<{ count: number }>(
      `with gone as (delete from event_keys where id in (select id from event_keys where id < $1 order by id limit $2) returning 1)
       select count(*)::int as count from gone`,
      [before, limit],
    )
  )[0]?.count ?? 0

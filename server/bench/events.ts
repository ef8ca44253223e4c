import { type Database, inTransaction } from '../src/db/database.ts'
import { ensurePartitions } from '../src/events/events.store.ts'
import { loadPeople } from './people.ts'

/** Over how many days the events are spread, evenly. */
const days = 80

/** Rows of one statement: each is a transaction of its own, so that progress can be told. */
const chunk = 500_000

type Events = {
  readonly tenantId: string
  readonly secretKey: string
  readonly users: number
  readonly events: number
  readonly onProgress: (loaded: number) => void
}

type Index = { readonly name: string; readonly definition: string }

// Building an index once is far quicker than keeping it through ten million inserts.
const takeIndexes = async (db: Database): Promise<readonly Index[]> => {
  const indexes = await db.text<Index>(
    `select c.relname as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = 'events'::regclass and not i.indisprimary order by 1`,
  )
  for (const { name } of indexes) await db.text(`drop index ${name}`)
  return indexes
}

// Seven sign-ins of ten succeed with a password, the rest with a passkey, by a second factor, or not at all; each tenth event is of something else.
const rows = `select $1::uuid, e.at, uuidv7(e.at - now()),
    case e.kind when 0 then 'sign_in.refused' when 1 then 'session.ended' else 'sign_in.succeeded' end,
    u.id, uuidv7(e.at - now()), case when e.n % 3 = 0 then 'bench-ES256' else 'account-api' end,
    u.key_id, u.sealed, u.ip_bucket, 'bench-' || e.n,
    case e.kind when 0 then '{"reason": "wrong-password"}' when 1 then '{"reason": "logout"}'
      when 2 then '{"amr": ["pop", "user"], "via": "browser", "second_factor": {"asked_by": null, "answer": "not-asked"}}'
      else '{"amr": ["pwd"], "via": "browser", "second_factor": {"asked_by": null, "answer": "not-asked"}}' end::jsonb
  from (select n, n % 10 as kind, now() - make_interval(secs => ${days * 86_400}.0 * (1 - n::float8 / $4)) as at
    from generate_series($2::bigint, $3::bigint) n) e
  join bench_people u on u.n = 1 + (e.n * 7919) % $5`

/** Audit events over the last months, in the order of time, with the indexes that the platform keeps on them. */
export const loadEvents = async (db: Database, { tenantId, secretKey, users, events, onProgress }: Events): Promise<void> => {
  await inTransaction(db, { isIdempotent: true }, async (tx) => {
    const first = Date.now() - (days + 1) * 86_400_000
    for (let at = first; at < Date.now(); at += 25 * 86_400_000) await ensurePartitions(tx, new Date(at))
  })
  const indexes = await takeIndexes(db)
  await loadPeople(db, { tenantId, secretKey, users })
  for (let from = 1; from <= events; from += chunk) {
    const to = Math.min(events, from + chunk - 1)
    await db.text(
      `insert into events (tenant_id, at, id, type, user_id, session_id, client_id, key_id, sealed, ip_bucket, request_id, payload) ${rows}`,
      [tenantId, from, to, events, users],
    )
    onProgress(to)
  }
  await db.text('drop table bench_people')
  await db.text(`set maintenance_work_mem = '512MB'`)
  for (const { definition } of indexes) await db.text(definition)
  await db.text('reset maintenance_work_mem')
  await db.text('vacuum analyze events')
}

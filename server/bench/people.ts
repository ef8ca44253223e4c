import { randomBytes } from 'node:crypto'
import type { Database } from '../src/db/database.ts'
import { type EventSecrets, eventSecrets, type SealedColumns, sealData, sealKey } from '../src/events/sealing.ts'
import { deriveKey } from '../src/platform/digest.ts'
import { newId } from '../src/platform/ids.ts'
import { userAddress, userNameSql } from './names.ts'

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'
const chunk = 20_000

type People = { readonly tenantId: string; readonly secretKey: string; readonly users: number }
type Person = SealedColumns & { readonly n: number; readonly keySealed: Buffer }

const personOf = (secrets: EventSecrets, tenantId: string, n: number): Person => {
  const key = { id: newId(), bytes: randomBytes(32) }
  return { n, keySealed: sealKey(secrets, key), ...sealData(secrets, { tenantId, key, data: { ip: userAddress(n), userAgent } }) }
}

const insert = `with given as (
    select * from unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::bytea[], $6::integer[]) g (n, key_id, key_sealed, sealed, ip_bucket)),
  keys as (insert into event_keys (id, sealed) select key_id, key_sealed from given)
  insert into bench_people select g.n, i.user_id, g.key_id, g.sealed, g.ip_bucket from given g
  join identifiers i on i.tenant_id = $1 and i.kind = 'username' and i.canonical = ${userNameSql('g.n')}`

/** The accounts with address and browser, sealed for each as the server does it, in the table `bench_people`. */
export const loadPeople = async (db: Database, { tenantId, secretKey, users }: People): Promise<void> => {
  const secrets = eventSecrets((purpose) => deriveKey(secretKey, purpose))
  await db.text(
    'create unlogged table bench_people (n bigint primary key, id uuid not null, key_id uuid not null, sealed bytea not null, ip_bucket integer not null)',
  )
  for (let from = 1; from <= users; from += chunk) {
    const people = Array.from({ length: Math.min(chunk, users - from + 1) }, (_, index) => personOf(secrets, tenantId, from + index))
    await db.text(insert, [
      tenantId,
      people.map(({ n }) => n),
      people.map(({ key_id: id }) => id),
      people.map(({ keySealed }) => keySealed),
      people.map(({ sealed }) => sealed),
      people.map(({ ip_bucket: bucket }) => bucket),
    ])
  }
  await db.text('analyze bench_people')
}

import { prepared, type Sql } from '../db/database.ts'
import { type EnrolledRow, enrolledOf, trustOf } from './enrolled.store.ts'
import type { Person } from './progression.ts'
import type { Trust } from './sign-in.ts'

type Row = {
  user_id: string
  generation: number
  enrolled: EnrolledRow
  is_trusted: boolean
  email: string | null
  username: string | null
  phone: string | null
  language: string | null
}

const columns = `a.user_id, coalesce(t.generation, 0) as generation, ${enrolledOf('a')} as enrolled, ${trustOf('a', ['$3', '$4'])} as is_trusted,
  (select written from identifiers i where i.tenant_id = a.tenant_id and i.user_id = a.user_id and i.kind = 'username' limit 1) as username,
  (select written from identifiers i where i.tenant_id = a.tenant_id and i.user_id = a.user_id and i.kind = 'email' order by created_at limit 1) as email,
  (select written from identifiers i where i.tenant_id = a.tenant_id and i.user_id = a.user_id and i.kind = 'phone' and i.verified_at is not null limit 1) as phone,
  (select language from users p where p.tenant_id = a.tenant_id and p.id = a.user_id) as language`

const byId = prepared<Row>(
  'login.person-by-id',
  `select ${columns} from (select tenant_id, id as user_id from users where tenant_id = $1 and id = $2 and status = 'active') a
   left join sign_in_states t on t.tenant_id = a.tenant_id and t.user_id = a.user_id`,
)

const byName = prepared<Row>(
  'login.person-by-name',
  `select ${columns} from (
     select i.tenant_id, i.user_id from identifiers i join users u on u.tenant_id = i.tenant_id and u.id = i.user_id
     where i.tenant_id = $1 and i.kind = $5 and i.canonical = $2 and u.status = 'active') a
   left join sign_in_states t on t.tenant_id = a.tenant_id and t.user_id = a.user_id`,
)

/** An active account with what it has, its names included. */
export type FoundPerson = Person & {
  readonly username: string | null
  readonly email: string | null
  readonly phone: string | null
  /** The language that the person chose for the pages. */
  readonly language: string | null
}

const personOf = (row: Row | undefined): FoundPerson | undefined =>
  row && {
    userId: row.user_id,
    generation: row.generation,
    enrolled: row.enrolled,
    isTrusted: row.is_trusted,
    username: row.username,
    email: row.email,
    phone: row.phone,
    language: row.language,
  }

/** Active accounts as the steps of a sign-in see them. */
export const peopleStore = (sql: Sql) => ({
  byId: async (tenantId: string, userId: string, trust?: Trust): Promise<FoundPerson | undefined> =>
    personOf((await sql.run(byId, [tenantId, userId, trust?.browser ?? null, trust?.secretHash ?? null]))[0]),
  byName: async (tenantId: string, name: { kind: string; canonical: string }, trust?: Trust): Promise<FoundPerson | undefined> =>
    personOf((await sql.run(byName, [tenantId, name.canonical, trust?.browser ?? null, trust?.secretHash ?? null, name.kind]))[0]),
})

export type PeopleStore = ReturnType<typeof peopleStore>

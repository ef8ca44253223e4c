import { prepared, type Sql } from '../db/database.ts'

/** An account in a list. */
export type UserRow = {
  readonly id: string
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  readonly email_verified: boolean
  readonly status: 'active' | 'disabled' | 'frozen'
  readonly created_at: Date
  /** The name that the search found it by, and its kind; null where it was not looked for by a name. */
  readonly matched: string | null
  readonly matched_kind: string | null
}

/** An account with all that an administrator sees of it. */
export type UserDetail = Omit<UserRow, 'matched' | 'matched_kind'> & {
  readonly updated_at: Date
  readonly version: string
  readonly phone: string | null
  readonly language: string | null
  readonly deletion_due_at: Date | null
  readonly attributes: Readonly<Record<string, unknown>>
  readonly has_password: boolean
  readonly failures: number
  readonly locked_until: Date | null
  readonly has_totp: boolean
  readonly passkeys: number
  readonly recovery_codes: number
  readonly live_sessions: number
  readonly roles: string[]
  readonly groups: { id: string; name: string }[]
}

const nameOf = (kind: string, column: string): string =>
  `(select i.${column} from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id and i.kind = '${kind}' order by i.created_at limit 1)`

const listed = `u.id, u.number, ${nameOf('username', 'written')} as username, ${nameOf('email', 'written')} as email,
  ${nameOf('email', 'verified_at')} is not null as email_verified, u.status, u.created_at`

const status = '($3::text is null or u.status = $3)'

const newest = prepared<UserRow>(
  'users.search-newest',
  `select ${listed}, null as matched, null as matched_kind from users u
   where u.tenant_id = $1 and u.number < $2 and ${status} order by u.number desc limit $4`,
)

const oldest = prepared<UserRow>(
  'users.search-oldest',
  `select ${listed}, null as matched, null as matched_kind from users u
   where u.tenant_id = $1 and u.number > $2 and ${status} order by u.number limit $4`,
)

// The index is entered at the place or at the prefix, whichever is later: a place before the prefix would have it read from there on.
// An account that two of its names find comes once, by the first of them.
const byName = prepared<UserRow>(
  'users.search-name',
  `select ${listed}, n.canonical as matched, n.kind as matched_kind
   from identifiers n join users u on u.tenant_id = n.tenant_id and u.id = n.user_id and ${status}
   where n.tenant_id = $1 and n.canonical collate "C" >= $2 and n.canonical collate "C" < $2 || U&'\\+10FFFF'
     and (n.canonical collate "C", n.kind) > (greatest($4::text collate "C", $2), $5)
     and not exists (
       select from identifiers o where o.tenant_id = n.tenant_id and o.user_id = n.user_id
         and starts_with(o.canonical, $2) and (o.canonical collate "C", o.kind) < (n.canonical collate "C", n.kind))
   order by n.canonical collate "C", n.kind limit $6`,
)

/** How many profiles are looked at in their order before the index is asked: a value that many have is found among the first. */
const windowSize = 4000

const hasStatus = '($4::text is null or exists (select from users u where u.tenant_id = $1 and u.id = p.user_id and u.status = $4))'

// A sort over everything that fits would take long for a common value, and a walk in order for a rare one: the walk comes first, and ends soon.
const attributeWalk = prepared<{ ids: string[]; looked: number }>(
  'users.attribute-walk',
  `with looked as materialized (
      select user_id, attributes from profiles where tenant_id = $1 and user_id > $3 order by user_id limit ${windowSize}),
    hits as (select p.user_id from looked p where p.attributes @> $2::jsonb and ${hasStatus} order by p.user_id limit $5)
  select array(select user_id from hits order by user_id) as ids, (select count(*)::int from looked) as looked`,
)

// Few rows, since the walk has not found a page of them. The place is asked for outside, or the key of the table would be read from there on beside the index.
const attributeIndex = prepared<{ user_id: string }>(
  'users.attribute-index',
  `with hits as materialized (
      select p.user_id from profiles p where p.tenant_id = $1 and p.attributes @> $2::jsonb and ${hasStatus})
  select user_id from hits where user_id > $3 order by user_id limit $5`,
)

const byIds = prepared<UserRow>(
  'users.search-ids',
  `select ${listed}, null as matched, null as matched_kind from users u where u.tenant_id = $1 and u.id = any($2::uuid[]) order by u.id`,
)

type ByAttribute = Required<Pick<UserSearch, 'attribute' | 'limit'>> & Pick<UserSearch, 'status' | 'after'>

const searchAttribute = async (
  tenantId: string,
  sql: Sql,
  { attribute, status: wanted, after, limit }: ByAttribute,
): Promise<UserRow[]> => {
  const { name = '', value = '' } = attribute ?? {}
  const first = String(after?.[0] ?? '00000000-0000-0000-0000-000000000000')
  const values = [tenantId, JSON.stringify({ [name]: value }), first, wanted ?? null, limit]
  const [walked = { ids: [], looked: 0 }] = await sql.run(attributeWalk, values)
  const isEnough = walked.ids.length >= limit || walked.looked < windowSize
  const ids = isEnough ? walked.ids : (await sql.run(attributeIndex, values)).map(({ user_id: id }) => id)
  return ids.length === 0 ? [] : sql.run(byIds, [tenantId, ids])
}

export type UserSearch = {
  /** How a user name, e-mail address or phone number begins, in its canonical form. */
  readonly prefix?: string | undefined
  /** An attribute and the text, number or truth value that it has. */
  readonly attribute?: { readonly name: string; readonly value: string | number | boolean } | undefined
  readonly status?: string | undefined
  readonly order: 'newest' | 'oldest'
  /** The place of the last account of the page before: a name with its kind, or a number. */
  readonly after?: readonly (string | number)[] | undefined
  readonly limit: number
}

/** Accounts that fit, by keyset: in bounded time, however many there are. */
export const searchUsers = (
  tenantId: string,
  sql: Sql,
  { prefix, attribute, status: wanted, order, after, limit }: UserSearch,
): Promise<UserRow[]> => {
  const [first, second] = after ?? []
  if (prefix !== undefined) return sql.run(byName, [tenantId, prefix, wanted ?? null, first ?? '', second ?? '', limit])
  if (attribute !== undefined) return searchAttribute(tenantId, sql, { attribute, status: wanted, after, limit })
  if (order === 'oldest') return sql.run(oldest, [tenantId, first ?? 0, wanted ?? null, limit])
  return sql.run(newest, [tenantId, first ?? Number.MAX_SAFE_INTEGER, wanted ?? null, limit])
}

/** The place of an account in a search, for the next page. */
export const placeOfUser =
  ({ attribute }: Pick<UserSearch, 'attribute'>) =>
  ({ id, matched, matched_kind: kind, number }: UserRow): readonly (string | number)[] => {
    if (attribute !== undefined) return [id]
    return matched === null ? [number] : [matched, kind ?? '']
  }

const count = (table: string, condition = 'true'): string =>
  `(select count(*) from ${table} x where x.tenant_id = u.tenant_id and x.user_id = u.id and ${condition})`
const exists = (table: string, condition = 'true'): string =>
  `exists (select from ${table} x where x.tenant_id = u.tenant_id and x.user_id = u.id and ${condition})`

const detail = prepared<UserDetail>(
  'users.detail',
  `select ${listed}, u.updated_at, ${nameOf('phone', 'written')} as phone, u.language, u.deletion_due_at,
     md5(concat_ws(' ', u.updated_at, p.updated_at,
       (select string_agg(i.kind || i.canonical || coalesce(i.verified_at::text, ''), ' ' order by i.kind, i.canonical)
        from identifiers i where i.tenant_id = u.tenant_id and i.user_id = u.id))) as version,
     coalesce(p.attributes, '{}') as attributes, ${exists('passwords')} as has_password,
     coalesce(s.failures, 0) as failures, case when s.locked_until > now() then s.locked_until end as locked_until,
     ${exists('totp_factors', 'x.confirmed_at is not null')} as has_totp, ${count('passkeys')} as passkeys,
     ${count('recovery_codes', 'x.spent_at is null')} as recovery_codes,
     ${count('sessions', 'x.ended_at is null and x.expires_at > now()')} as live_sessions,
     array(select x.role from role_assignments x where x.tenant_id = u.tenant_id and x.user_id = u.id order by x.role) as roles,
     coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name) from group_members x
       join groups g on g.tenant_id = x.tenant_id and g.id = x.group_id where x.tenant_id = u.tenant_id and x.user_id = u.id), '[]') as groups
   from users u
   left join profiles p on p.tenant_id = u.tenant_id and p.user_id = u.id
   left join sign_in_states s on s.tenant_id = u.tenant_id and s.user_id = u.id
   where u.tenant_id = $1 and u.id = $2`,
)

export const findUser = async (tenantId: string, sql: Sql, userId: string): Promise<UserDetail | undefined> =>
  (await sql.run(detail, [tenantId, userId]))[0]

import { prepared, type Sql, type Tx } from '../db/database.ts'
import { type EventRow, insertEvents } from '../events/events.ts'

export type Joining = 'off' | 'ask' | 'automatic'

export type DomainRow = {
  readonly id: string
  readonly organization_id: string
  readonly domain: string
  readonly challenge: string
  readonly joining: Joining
  readonly roles: readonly string[]
  readonly verified_at: Date | null
  readonly checked_at: Date | null
  readonly missing_since: Date | null
  readonly created_at: Date
}

const columns = 'id, organization_id, domain, challenge, joining, roles, verified_at, checked_at, missing_since, created_at'

/** Most domains of one organization. */
export const domainsMax = 50

export const listDomains = (tenantId: string, sql: Sql, organizationId: string): Promise<DomainRow[]> =>
  sql.text<DomainRow>(`select ${columns} from organization_domains where tenant_id = $1 and organization_id = $2 order by domain`, [
    tenantId,
    organizationId,
  ])

type Which = { readonly organizationId: string; readonly id: string }

export const findDomain = async (tenantId: string, sql: Sql, { organizationId, id }: Which): Promise<DomainRow | undefined> =>
  (
    await sql.text<DomainRow>(`select ${columns} from organization_domains where tenant_id = $1 and organization_id = $2 and id = $3`, [
      ...[tenantId, organizationId, id],
    ])
  )[0]

export type NewDomain = Pick<DomainRow, 'id' | 'domain' | 'challenge' | 'joining' | 'roles'> & { readonly organizationId: string }

/** Undefined where the organization has the domain already. */
export const insertDomain = async (tenantId: string, tx: Tx, input: NewDomain): Promise<DomainRow | undefined> => {
  const { id, organizationId, domain, challenge, joining, roles } = input
  const rows = await tx.text<DomainRow>(
    `insert into organization_domains (tenant_id, id, organization_id, domain, challenge, joining, roles) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, organization_id, domain) do nothing returning ${columns}`,
    [tenantId, id, organizationId, domain, challenge, joining, roles],
  )
  return rows[0]
}

// What is kept in memory of the domains by which people join.
const moved = `moved as (
    insert into cache_epochs as c (tenant_id, kind) values ($1, 'domains')
    on conflict (tenant_id, kind) do update set version = c.version + 1, changed_at = now())`

export const updateDomain = async (
  tenantId: string,
  tx: Tx,
  { organizationId, id, joining, roles }: Which & Pick<DomainRow, 'joining' | 'roles'>,
): Promise<DomainRow | undefined> =>
  (
    await tx.text<DomainRow>(
      `with changed as (
         update organization_domains set joining = $4, roles = $5 where tenant_id = $1 and organization_id = $2 and id = $3 returning ${columns}), ${moved}
       select * from changed`,
      [tenantId, organizationId, id, joining, roles],
    )
  )[0]

export const deleteDomain = async (tenantId: string, tx: Tx, { organizationId, id }: Which): Promise<DomainRow | undefined> =>
  (
    await tx.text<DomainRow>(
      `with gone as (delete from organization_domains where tenant_id = $1 and organization_id = $2 and id = $3 returning ${columns}), ${moved}
       select * from gone`,
      [tenantId, organizationId, id],
    )
  )[0]

/** The record was seen: breaks the unique constraint where another organization has proved the domain. `wasProved` tells a first proof from a check. */
export const markProved = async (tenantId: string, tx: Tx, id: string): Promise<{ readonly wasProved: boolean } | undefined> => {
  const [row] = await tx.text<{ was: boolean }>(
    `with before as (select id, verified_at from organization_domains where tenant_id = $1 and id = $2 for update),
       changed as (
         update organization_domains d set verified_at = coalesce(d.verified_at, now()), checked_at = now(), missing_since = null
         from before b where d.tenant_id = $1 and d.id = b.id returning d.id), ${moved}
     select b.verified_at is not null as was from before b`,
    [tenantId, id],
  )
  return row && { wasProved: row.was }
}

/** How long the record of a proved domain may be missing: a mistake at the name server is no loss of the domain. */
const graceDays = 3

/** The record was not seen. `isLost` where it has been missing for too long, and the domain counts no longer. */
export const markMissing = async (tenantId: string, tx: Tx, id: string): Promise<{ readonly isLost: boolean }> => {
  const [row] = await tx.text<{ lost: boolean }>(
    `with before as (select id, verified_at, missing_since from organization_domains where tenant_id = $1 and id = $2 for update),
       changed as (
         update organization_domains d set checked_at = now(),
           missing_since = case when b.verified_at is null then null else coalesce(b.missing_since, now()) end,
           verified_at = case when b.missing_since < now() - interval '${graceDays} days' then null else b.verified_at end
         from before b where d.tenant_id = $1 and d.id = b.id returning d.verified_at), ${moved}
     select b.verified_at is not null and c.verified_at is null as lost from before b, changed c`,
    [tenantId, id],
  )
  return { isLost: row?.lost === true }
}

export type DueDomain = DomainRow & { readonly tenant_id: string }

/** Proved domains that nobody has looked for since a day, the longest ago first. */
export const dueDomains = (sql: Sql, limit: number): Promise<DueDomain[]> =>
  sql.text<DueDomain>(
    `select tenant_id, ${columns} from organization_domains
     where verified_at is not null and checked_at < now() - interval '1 day' order by checked_at limit $1`,
    [limit],
  )

/** Domains whose people become members by themselves. */
export const automaticDomains = async (tenantId: string, sql: Sql): Promise<readonly string[]> =>
  (
    await sql.text<{ domain: string }>(
      `select d.domain from organization_domains d join organizations o on o.tenant_id = d.tenant_id and o.id = d.organization_id and o.status = 'active'
       where d.tenant_id = $1 and d.verified_at is not null and d.joining = 'automatic' limit 100000`,
      [tenantId],
    )
  ).map(({ domain }) => domain)

const fits = `from identifiers i
    join organization_domains d on d.tenant_id = i.tenant_id and d.domain = split_part(i.canonical, '@', 2) and d.verified_at is not null
    join organizations o on o.tenant_id = d.tenant_id and o.id = d.organization_id and o.status = 'active'
    join users u on u.tenant_id = i.tenant_id and u.id = i.user_id and u.status = 'active'
    where i.tenant_id = $1 and i.user_id = $2 and i.kind = 'email' and i.verified_at is not null
      and not exists (select from organization_members m where m.tenant_id = $1 and m.organization_id = o.id and m.user_id = $2)`

const join = prepared<{ organization_id: string }>(
  'organizations.join-by-domain',
  `with found as (select d.organization_id, d.roles, d.domain ${fits} and ($3::uuid is null and d.joining = 'automatic' or d.organization_id = $3 and d.joining <> 'off')),
    joined as (
      insert into organization_members (tenant_id, organization_id, user_id, roles) select $1, organization_id, $2, roles from found
      on conflict do nothing returning organization_id),
    noted as (${insertEvents(
      `(select jsonb_agg($4::jsonb || jsonb_build_object('id', gen_random_uuid(), 'payload',
         jsonb_build_object('organization', f.organization_id, 'roles', f.roles, 'via', 'domain')))
        from found f join joined j on j.organization_id = f.organization_id)`,
      'true',
    )})
  select organization_id from joined`,
)

/** Makes the person a member where a proved address says so: of all that take people in by themselves, or of the one that was chosen. */
export const joinByDomain = async (
  tenantId: string,
  sql: Sql,
  { userId, organizationId, event }: { userId: string; organizationId?: string | undefined; event: EventRow },
): Promise<readonly string[]> =>
  (await sql.run(join, [tenantId, userId, organizationId ?? null, JSON.stringify(event)])).map(({ organization_id: id }) => id)

export type Offer = { readonly id: string; readonly slug: string; readonly name: string; readonly domain: string }

const offers = prepared<Offer>(
  'organizations.offers',
  `select o.id, o.slug, o.name, d.domain ${fits} and d.joining <> 'off' order by o.name limit 50`,
)

/** Organizations that the person may join, by the domain of a proved address. */
export const joinable = (tenantId: string, sql: Sql, userId: string): Promise<Offer[]> => sql.run(offers, [tenantId, userId])

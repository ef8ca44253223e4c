import { prepared, type Sql, type Tx } from '../db/database.ts'
import { noDemands, type OrganizationPolicy } from './organization-policy.ts'

/** The columns of a policy that was joined as `p`; a row without one says null. */
export type PolicyColumns = {
  readonly second_factor: OrganizationPolicy['secondFactor'] | null
  readonly session_seconds: number | null
  readonly methods: string[] | null
}

export const policyColumns = 'p.second_factor, p.session_seconds, p.methods'
export const policyJoin = (organization: string): string =>
  `left join organization_policies p on p.tenant_id = ${organization}.tenant_id and p.organization_id = ${organization}.id`

export const policyOf = ({ second_factor: secondFactor, session_seconds: sessionSeconds, methods }: PolicyColumns): OrganizationPolicy =>
  secondFactor === null ? noDemands : { secondFactor, sessionSeconds, methods }

/** A policy with its version; 0 where nothing was decided. */
export type VersionedPolicy = { readonly policy: OrganizationPolicy; readonly version: number }

const find = prepared<PolicyColumns & { version: number }>(
  'organizations.policy',
  `select ${policyColumns}, p.version from organization_policies p where p.tenant_id = $1 and p.organization_id = $2`,
)

export const findPolicy = async (tenantId: string, sql: Sql, organizationId: string): Promise<VersionedPolicy> => {
  const [row] = await sql.run(find, [tenantId, organizationId])
  return row === undefined ? { policy: noDemands, version: 0 } : { policy: policyOf(row), version: row.version }
}

/** Tells every node that what it keeps of organizations is old. */
export const organizationsMoved = `moved as (
    insert into cache_epochs as c (tenant_id, kind) values ($1, 'organizations')
    on conflict (tenant_id, kind) do update set version = c.version + 1, changed_at = now())`

export const writePolicy = async (
  tenantId: string,
  tx: Tx,
  { organizationId, policy }: { readonly organizationId: string; readonly policy: OrganizationPolicy },
): Promise<number> => {
  const [row] = await tx.text<{ version: number }>(
    `with ${organizationsMoved}
     insert into organization_policies as p (tenant_id, organization_id, second_factor, session_seconds, methods) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id, organization_id) do update set second_factor = excluded.second_factor, session_seconds = excluded.session_seconds,
       methods = excluded.methods, version = p.version + 1, updated_at = now()
     returning version`,
    [tenantId, organizationId, policy.secondFactor, policy.sessionSeconds, policy.methods],
  )
  return row?.version ?? 0
}

import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { StatusPill } from '../../parts/status-pill.tsx'

type Answered = AdminAnswer<'get', '/organizations/{id}'>['body']
export type Organization = Omit<Answered, 'status'> & { readonly status: 'active' | 'suspended' }
export type OrganizationRole = AdminAnswer<'get', '/organization-roles'>['body']['roles'][number]

export const OrganizationStatus = ({ status }: Pick<Organization, 'status'>) => (
  <StatusPill status={status} words={useMessages().organizations.statuses} kinds={{ active: 'good', suspended: 'warn' }} />
)

export const rolesKey = ['organization-roles']

/** Roles that members can be given, with all that such a role can allow. */
export const useOrganizationRoles = () => {
  const admin = useAdmin()
  return useQuery({
    queryKey: rolesKey,
    queryFn: async ({ signal }) => (await admin.get('/organization-roles', { signal })).body,
  })
}

/** How a role is called; its id where it is not known. */
export const useRoleNames = (): ((ids: readonly string[]) => string) => {
  const { data } = useOrganizationRoles()
  return (ids) => ids.map((id) => data?.roles.find((role) => role.id === id)?.name ?? id).join(', ')
}

type ChoiceProps = {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  readonly hint?: string
}

/** Roles of the organization to tick; one at least is needed. */
export const RoleChoice = ({ chosen, onChange, hint }: ChoiceProps) => {
  const { organizations } = useMessages()
  const { data } = useOrganizationRoles()
  return (
    <fieldset className="plain-fieldset">
      <legend>{organizations.roles}</legend>
      <p className="quiet">{chosen.length === 0 ? organizations.rolesNone : (hint ?? organizations.rolesHint)}</p>
      {(data?.roles ?? []).map(({ id, name, description }) => (
        <Checkbox
          key={id}
          label={name}
          description={description || undefined}
          isChecked={chosen.includes(id)}
          onChange={(isWanted) => onChange(isWanted ? [...chosen, id] : chosen.filter((one) => one !== id))}
        />
      ))}
    </fieldset>
  )
}

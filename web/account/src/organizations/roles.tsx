import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { Membership, OrganizationRole } from '@custom-identity-platform/sdk'
import { AreaLoaded } from './loaded.tsx'
import { OrganizationPage } from './organization-page.tsx'
import { PermissionList } from './permission-list.tsx'
import { useRoles } from './queries.ts'
import { useRoleWords } from './role-words.ts'
import { useWords } from './words.tsx'

const Role = ({ role }: { readonly role: OrganizationRole }) => {
  const { roles } = useWords()
  const { nameOf, aboutOf } = useRoleWords()
  return (
    <tr>
      <th scope="row">
        {nameOf(role)}
        <p className="quiet">{aboutOf(role)}</p>
        {role.built_in ? null : <p className="quiet">{roles.own}</p>}
      </th>
      <td>
        {role.permissions.length === 0 ? (
          <p className="quiet">{roles.none}</p>
        ) : (
          <PermissionList permissions={role.permissions} mark={<Icon name="check" size={16} />} />
        )}
      </td>
    </tr>
  )
}

const Roles = ({ membership }: { readonly membership: Membership }) => {
  const { area, roles } = useWords()
  const title = area.sections.roles
  return (
    <Panel title={title} isOnlyOne>
      <AreaLoaded query={useRoles(membership)}>
        {(all) => (
          <div className="area-table">
            <table className="area-roles">
              <caption className="hidden-text">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{roles.role}</th>
                  <th scope="col">{roles.allows}</th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <Role key={one.id} role={one} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </AreaLoaded>
    </Panel>
  )
}

export const Page = () => {
  const { roles } = useWords()
  return (
    <OrganizationPage section="roles" intro={roles.intro}>
      {(membership) => <Roles membership={membership} />}
    </OrganizationPage>
  )
}

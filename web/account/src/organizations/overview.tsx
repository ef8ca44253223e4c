import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { Membership } from '@custom-identity-platform/sdk'
import { useDay } from '../parts.tsx'
import { Leave } from './leave.tsx'
import { OrganizationPage } from './organization-page.tsx'
import { PermissionList } from './permission-list.tsx'
import { useRoleNames } from './role-words.ts'
import { useWords } from './words.tsx'

const Place = ({ membership }: { readonly membership: Membership }) => {
  const { overview } = useWords()
  const day = useDay()
  const namesOf = useRoleNames(membership)
  return (
    <Panel title={overview.yours}>
      <dl className="area-facts">
        <div>
          <dt>{overview.roles}</dt>
          <dd>{namesOf(membership.roles)}</dd>
        </div>
        <div>
          <dt>{overview.since}</dt>
          <dd>{day(membership.joined_at)}</dd>
        </div>
        <div>
          <dt>{overview.slug}</dt>
          <dd>
            <code dir="ltr">{membership.slug}</code>
          </dd>
        </div>
      </dl>
      <h3>{overview.may}</h3>
      {membership.permissions.length === 0 ? (
        <p className="quiet">{overview.nothing}</p>
      ) : (
        <PermissionList permissions={membership.permissions} mark={<Icon name="check" size={16} />} />
      )}
    </Panel>
  )
}

export const Page = () => {
  const { overview } = useWords()
  return (
    <OrganizationPage section="overview" intro={overview.intro}>
      {(membership) => (
        <>
          <Place membership={membership} />
          <Panel isDangerous title={overview.leaveTitle} intro={overview.leaveIntro} action={<Leave membership={membership} />} />
        </>
      )}
    </OrganizationPage>
  )
}

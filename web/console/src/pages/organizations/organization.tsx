import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { OrganizationDomains } from './organization-domains.tsx'
import { OrganizationEvents } from './organization-events.tsx'
import { OrganizationInvitations } from './organization-invitations.tsx'
import { OrganizationLook } from './organization-look.tsx'
import { OrganizationMembers } from './organization-members.tsx'
import { type Organization, OrganizationStatus } from './organization-parts.tsx'
import { OrganizationPolicy } from './organization-policy.tsx'
import { OrganizationSettings, type ReadOrganization } from './organization-settings.tsx'

const Details = (read: ReadOrganization) => {
  const { sections, organizations } = useMessages()
  const may = useMay()
  const { tabs: names } = organizations
  const { id, name, status } = read.organization
  const tabs = [
    { name: 'members', title: names.members, content: () => <OrganizationMembers id={id} /> },
    { name: 'invitations', title: names.invitations, content: () => <OrganizationInvitations id={id} /> },
    { name: 'domains', title: names.domains, content: () => <OrganizationDomains id={id} /> },
    { name: 'policy', title: names.policy, content: () => <OrganizationPolicy id={id} /> },
    { name: 'look', title: names.look, content: () => <OrganizationLook id={id} /> },
    ...(may('events:read') ? [{ name: 'events', title: names.events, content: () => <OrganizationEvents id={id} /> }] : []),
    { name: 'settings', title: names.settings, content: () => <OrganizationSettings {...read} /> },
  ]
  return (
    <>
      <PageHead title={name} up={{ to: '/organizations', title: sections.organizations }} pill={<OrganizationStatus status={status} />} />
      {status === 'suspended' ? (
        <Notice kind="warn">
          <p>{organizations.suspendedText}</p>
        </Notice>
      ) : null}
      <Tabs label={names.label} tabs={tabs} />
    </>
  )
}

export const useOrganization = (id: string) => {
  const admin = useAdmin()
  return useQuery({
    queryKey: ['organizations', 'one', id],
    queryFn: async ({ signal }): Promise<ReadOrganization> => {
      const { body, etag } = await admin.get('/organizations/{id}', { path: { id }, signal })
      return { organization: body as Organization, etag }
    },
  })
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  return <Loaded query={useOrganization(id)}>{(read) => <Details {...read} />}</Loaded>
}

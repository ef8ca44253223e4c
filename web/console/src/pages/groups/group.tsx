import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { GivenRoles } from '../roles/given-roles.tsx'
import { GroupMembers } from './group-members.tsx'
import { GroupSettings, type ReadGroup } from './group-settings.tsx'

const Roles = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { roles: words } = useMessages().userGroups
  const holder = {
    words,
    give: (role: string) => admin.put('/groups/{id}/roles/{role}', { path: { id, role } }),
    take: (role: string) => admin.delete('/groups/{id}/roles/{role}', { path: { id, role } }),
  }
  const read = async (signal: AbortSignal) => (await admin.get('/groups/{id}/roles', { path: { id }, signal })).body.roles
  return <GivenRoles {...{ holder, read, queryKey: ['groups', 'roles', id] }} />
}

const Details = (read: ReadGroup) => {
  const { sections, userGroups } = useMessages()
  const may = useMay()
  const { group } = read
  const { tabs: names } = userGroups
  const all: readonly (Tab & { readonly needs?: string })[] = [
    { name: 'members', title: names.members, content: () => <GroupMembers id={group.id} /> },
    { name: 'roles', title: names.roles, content: () => <Roles id={group.id} />, needs: 'roles:read' },
    { name: 'settings', title: names.settings, content: () => <GroupSettings {...read} />, needs: 'groups:write' },
  ]
  return (
    <>
      <PageHead title={group.name} up={{ to: '/groups', title: sections.groups }} text={group.description || undefined} />
      <Tabs label={names.label} tabs={all.filter(({ needs }) => needs === undefined || may(needs))} />
    </>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['groups', 'one', id],
    queryFn: async ({ signal }): Promise<ReadGroup> => {
      const { body, etag } = await admin.get('/groups/{id}', { path: { id }, signal })
      return { group: body, etag }
    },
  })
  return <Loaded query={query}>{(read) => <Details {...read} />}</Loaded>
}

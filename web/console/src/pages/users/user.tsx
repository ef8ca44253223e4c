import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { UserActions } from './user-actions.tsx'
import { UserApplications } from './user-applications.tsx'
import { UserEvents } from './user-events.tsx'
import { ActAs } from './user-impersonation.tsx'
import { UserMethods } from './user-methods.tsx'
import { UserOrganizations } from './user-organizations.tsx'
import { nameOf, type User, UserStatus } from './user-parts.tsx'
import { UserProfile } from './user-profile.tsx'
import { UserRoles } from './user-roles.tsx'
import { UserSessions } from './user-sessions.tsx'

type Read = { readonly user: User; readonly etag: string | undefined }

const useTabs = ({ user, etag }: Read): readonly Tab[] => {
  const { tabs } = useMessages().users
  const may = useMay()
  const { id } = user
  const all: readonly (Tab & { readonly needs?: string })[] = [
    { name: 'profile', title: tabs.profile, content: () => <UserProfile user={user} etag={etag} /> },
    { name: 'methods', title: tabs.methods, content: () => <UserMethods id={id} /> },
    { name: 'sessions', title: tabs.sessions, content: () => <UserSessions id={id} /> },
    { name: 'applications', title: tabs.applications, content: () => <UserApplications id={id} /> },
    { name: 'organizations', title: tabs.organizations, content: () => <UserOrganizations id={id} />, needs: 'organizations:read' },
    { name: 'roles', title: tabs.roles, content: () => <UserRoles user={user} />, needs: 'roles:read' },
    { name: 'events', title: tabs.events, content: () => <UserEvents id={id} />, needs: 'events:read' },
  ]
  return all.filter(({ needs }) => needs === undefined || may(needs))
}

const Details = ({ user, etag }: Read) => {
  const { sections, users } = useMessages()
  const tabs = useTabs({ user, etag })
  return (
    <>
      <PageHead
        title={nameOf(user) ?? users.noName}
        up={{ to: '/users', title: sections.users }}
        pill={<UserStatus status={user.status} />}
        actions={
          <>
            <ActAs user={user} />
            <UserActions user={user} />
          </>
        }
        text={user.username === null ? undefined : user.email}
      />
      <Tabs label={users.tabs.label} tabs={tabs} />
    </>
  )
}

export const Page = () => {
  const { id = '' } = useParams({ strict: false }) as { readonly id?: string }
  const admin = useAdmin()
  const query = useQuery({
    queryKey: ['users', 'one', id],
    queryFn: async ({ signal }): Promise<Read> => {
      const { body, etag } = await admin.get('/users/{id}', { path: { id }, signal })
      return { user: body, etag }
    },
  })
  return <Loaded query={query}>{(read) => <Details {...read} />}</Loaded>
}

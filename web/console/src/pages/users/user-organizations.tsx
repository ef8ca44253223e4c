import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { given } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { usePages } from '../../shell/navigation.tsx'

type Membership = AdminAnswer<'get', '/users/{id}/organizations'>['body']['organizations'][number]

const useColumns = (): readonly Column<Membership>[] => {
  const { organizations } = useMessages().users
  return [
    { key: 'name', title: organizations.name, cell: ({ name }) => name },
    { key: 'roles', title: organizations.roles, cell: ({ roles }) => roles.join(', ') },
    { key: 'since', title: organizations.since, isExtra: true, cell: ({ joined_at: at }) => <TimeAgo at={at} /> },
  ]
}

export const UserOrganizations = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { organizations } = useMessages().users
  const isPage = usePages()
  const list = useList({
    key: ['users', 'organizations', id],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/users/{id}/organizations', { path: { id }, query: given({ cursor }), signal })
      return { rows: body.organizations, next: body.next }
    },
  })
  return (
    <Panel title={organizations.title}>
      <DataTable
        {...{ label: organizations.title, list, columns: useColumns() }}
        rowKey={(one) => one.id}
        rowName={({ name }) => name}
        {...(isPage('/organizations') && { rowLink: (one: Membership) => ({ to: `/organizations/${one.id}` }) })}
        empty={{ icon: 'building', title: organizations.none, text: '' }}
      />
    </Panel>
  )
}

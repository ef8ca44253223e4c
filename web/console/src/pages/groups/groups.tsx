import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'

export type Group = AdminAnswer<'get', '/groups/{id}'>['body']

const useColumns = (): readonly Column<Group>[] => {
  const { userGroups } = useMessages()
  return [
    { key: 'name', title: userGroups.name, cell: ({ name }) => name },
    { key: 'description', title: userGroups.description, isExtra: true, cell: ({ description }) => description },
    { key: 'created', title: userGroups.created, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
  ]
}

export const Page = () => {
  const admin = useAdmin()
  const may = useMay()
  const { sections, userGroups } = useMessages()
  const list = useList({
    key: ['groups', 'list'],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/groups', { query: given({ cursor }), signal })
      return { rows: body.groups, next: body.next }
    },
  })
  const action = may('groups:write') ? (
    <Button component={Link} to="/groups/new" leftSection={<Icon name="plus" size={16} />}>
      {userGroups.add}
    </Button>
  ) : undefined
  return (
    <>
      <PageHead title={sections.groups} text={userGroups.intro} actions={action} />
      <DataTable
        {...{ label: sections.groups, list, columns: useColumns() }}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => ({ to: `/groups/${id}` })}
        empty={{ icon: 'group', title: userGroups.empty, text: userGroups.emptyText, action }}
      />
    </>
  )
}

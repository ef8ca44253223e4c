import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Pill } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useList } from '../../parts/use-list.ts'

export type Role = AdminAnswer<'get', '/roles/{role}'>['body']

const useColumns = (): readonly Column<Role>[] => {
  const { roles } = useMessages()
  return [
    { key: 'name', title: roles.name, cell: ({ name }) => name },
    { key: 'description', title: roles.description, isExtra: true, cell: ({ description }) => description },
    {
      key: 'kind',
      title: roles.kind,
      cell: ({ built_in: isBuiltIn }) => <Pill kind="plain">{isBuiltIn ? roles.builtIn : roles.own}</Pill>,
    },
    { key: 'count', title: roles.count, isNumber: true, cell: ({ permissions }) => permissions.length },
  ]
}

export const Page = () => {
  const admin = useAdmin()
  const may = useMay()
  const { sections, roles } = useMessages()
  // They come whole.
  const list = useList({
    key: ['roles', 'page'],
    read: async ({ signal }) => ({ rows: (await admin.get('/roles', { signal })).body.roles, next: null }),
  })
  const action = may('roles:write') ? (
    <Button component={Link} to="/roles/new" leftSection={<Icon name="plus" size={16} />}>
      {roles.add}
    </Button>
  ) : undefined
  return (
    <>
      <PageHead title={sections.roles} text={roles.intro} actions={action} />
      <DataTable
        {...{ label: sections.roles, list, columns: useColumns() }}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => ({ to: `/roles/${id}` })}
        empty={{ icon: 'badge', title: roles.empty, text: roles.intro, action }}
      />
    </>
  )
}

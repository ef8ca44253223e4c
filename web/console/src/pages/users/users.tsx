import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import type { AdminQuery } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { type Filter, FilterBar } from '../../parts/filter-bar.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { BulkActions } from './bulk-actions.tsx'
import { type ListedUser, nameOf, UserStatus } from './user-parts.tsx'

const useUsers = () => {
  const admin = useAdmin()
  const { search } = useSearchState()
  const { prefix, attribute, status, order } = search
  return useList({
    key: ['users', 'list', { prefix, attribute, status, order }],
    read: async ({ cursor, signal }) => {
      const query = given({ prefix, attribute, status, order, cursor }) as AdminQuery<'get', '/users'>
      const { body } = await admin.get('/users', { query, signal })
      return { rows: body.users, next: body.next }
    },
  })
}

const useFilters = (): readonly Filter[] => {
  const { users } = useMessages()
  const statuses = (['active', 'disabled', 'frozen'] as const).map((value) => ({ value, label: users.statuses[value] }))
  return [
    { kind: 'text', name: 'prefix', label: users.search, placeholder: users.searchHint, excludes: ['attribute'] },
    { kind: 'text', name: 'attribute', label: users.attribute, placeholder: users.attributeHint, excludes: ['prefix'] },
    { kind: 'choice', name: 'status', label: users.status, choices: statuses },
    { kind: 'choice', name: 'order', label: users.order, choices: [{ value: 'oldest', label: users.oldest }], usual: users.newest },
  ]
}

const useColumns = (): readonly Column<ListedUser>[] => {
  const { users } = useMessages()
  return [
    { key: 'name', title: users.name, cell: (user) => nameOf(user) ?? users.noName },
    {
      key: 'email',
      title: users.email,
      cell: ({ email, email_verified: isVerified }) => (
        <>
          {email} {email !== null && !isVerified ? <span className="quiet">({users.unverified})</span> : null}
        </>
      ),
    },
    { key: 'status', title: users.status, cell: ({ status }) => <UserStatus status={status} /> },
    { key: 'created', title: users.created, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
    { key: 'number', title: users.number, isExtra: true, isNumber: true, cell: ({ number }) => number },
  ]
}

const NewUser = () => {
  const { users } = useMessages()
  return (
    <Button component={Link} to="/users/new" leftSection={<Icon name="plus" size={16} />}>
      {users.add}
    </Button>
  )
}

export const Page = () => {
  const { sections, users } = useMessages()
  const may = useMay()
  const [list, filters, columns] = [useUsers(), useFilters(), useColumns()]
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const selection = may('users:write') ? { chosen, onChange: setChosen } : undefined
  const action = may('users:write') ? <NewUser /> : undefined
  return (
    <>
      <PageHead title={sections.users} text={users.intro} actions={action} />
      <FilterBar filters={filters} />
      <BulkActions chosen={[...chosen]} onDone={() => setChosen(new Set())} />
      <DataTable
        {...{ label: sections.users, list, columns, selection }}
        rowKey={({ id }) => id}
        rowName={(user) => nameOf(user) ?? users.noName}
        rowLink={({ id }) => ({ to: `/users/${id}` })}
        empty={{ icon: 'people', title: users.empty, text: users.emptyText, action }}
      />
    </>
  )
}

import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { type Organization, OrganizationStatus } from './organization-parts.tsx'

const useColumns = (): readonly Column<Organization>[] => {
  const { organizations } = useMessages()
  return [
    { key: 'name', title: organizations.name, cell: ({ name }) => name },
    { key: 'slug', title: organizations.slug, cell: ({ slug }) => <span className="mono">{slug}</span> },
    { key: 'status', title: organizations.status, cell: ({ status }) => <OrganizationStatus status={status} /> },
    { key: 'created', title: organizations.created, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
  ]
}

const useOrganizations = () => {
  const admin = useAdmin()
  const { prefix } = useSearchState().search
  return useList({
    key: ['organizations', 'list', { prefix }],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/organizations', { query: given({ prefix, cursor }), signal })
      return { rows: body.organizations as readonly Organization[], next: body.next }
    },
  })
}

export const Page = () => {
  const may = useMay()
  const { sections, organizations } = useMessages()
  const [list, columns] = [useOrganizations(), useColumns()]
  const add = may('organizations:write') ? (
    <Button component={Link} to="/organizations/new" leftSection={<Icon name="plus" size={16} />}>
      {organizations.add}
    </Button>
  ) : undefined
  const actions = (
    <>
      <Button component={Link} to="/organizations/roles" variant="default">
        {organizations.ownRoles.link}
      </Button>
      {add}
    </>
  )
  return (
    <>
      <PageHead title={sections.organizations} text={organizations.intro} actions={actions} />
      <FilterBar filters={[{ kind: 'text', name: 'prefix', label: organizations.search, placeholder: organizations.searchHint }]} />
      <DataTable
        {...{ label: sections.organizations, list, columns }}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        rowLink={({ id }) => ({ to: `/organizations/${id}` })}
        empty={{ icon: 'building', title: organizations.empty, text: organizations.emptyText, action: add }}
      />
    </>
  )
}

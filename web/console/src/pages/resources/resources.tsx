import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useList } from '../../parts/use-list.ts'
import type { Resource } from './resource-form.tsx'

const useColumns = (): readonly Column<Resource>[] => {
  const { resources, parts } = useMessages()
  return [
    { key: 'name', title: resources.name, cell: ({ name }) => name },
    { key: 'identifier', title: resources.identifier, isExtra: true, cell: ({ identifier }) => <span className="mono">{identifier}</span> },
    {
      key: 'scopes',
      title: resources.scopes,
      isExtra: true,
      cell: ({ scopes }) =>
        scopes.length === 0 ? (
          <span className="quiet">{parts.none}</span>
        ) : (
          <span className="mono">
            {scopes.slice(0, 4).join(' ')}
            {scopes.length > 4 ? ' …' : ''}
          </span>
        ),
    },
    { key: 'format', title: resources.format, cell: ({ token_format: format }) => resources.shortFormats[format] },
  ]
}

export const Page = () => {
  const admin = useAdmin()
  const may = useMay()
  const { sections, resources } = useMessages()
  // It comes whole: a thousand at most.
  const list = useList({
    key: ['resources', 'list'],
    read: async ({ signal }) => ({ rows: (await admin.get('/resources', { signal })).body.resources, next: null }),
  })
  const action = may('resources:write') ? (
    <Button component={Link} to="/resources/new" leftSection={<Icon name="plus" size={16} />}>
      {resources.add}
    </Button>
  ) : undefined
  return (
    <>
      <PageHead title={sections.resources} text={resources.intro} actions={action} />
      <DataTable
        {...{ label: sections.resources, list, columns: useColumns() }}
        rowKey={({ identifier }) => identifier}
        rowName={({ name }) => name}
        rowLink={({ identifier }) => ({ to: `/resources/${encodeURIComponent(identifier)}` })}
        empty={{ icon: 'api', title: resources.empty, text: resources.emptyText, action }}
      />
    </>
  )
}

import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import type { AdminQuery } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { type Filter, FilterBar } from '../../parts/filter-bar.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { addressOf, type Client, ClientStatus, kindOf, titleOf } from './client-parts.tsx'

const useClients = () => {
  const admin = useAdmin()
  const { prefix, status } = useSearchState().search
  return useList({
    key: ['clients', 'list', { prefix, status }],
    read: async ({ cursor, signal }) => {
      const query = given({ prefix, status, cursor }) as AdminQuery<'get', '/clients'>
      const { body } = await admin.get('/clients', { query, signal })
      return { rows: body.clients, next: body.next }
    },
  })
}

const useFilters = (): readonly Filter[] => {
  const { clients } = useMessages()
  const statuses = (['active', 'disabled'] as const).map((value) => ({ value, label: clients.statuses[value] }))
  return [
    { kind: 'text', name: 'prefix', label: clients.search, placeholder: clients.searchHint },
    { kind: 'choice', name: 'status', label: clients.status, choices: statuses },
  ]
}

const useColumns = (): readonly Column<Client>[] => {
  const { clients } = useMessages()
  return [
    { key: 'name', title: clients.name, cell: titleOf },
    { key: 'id', title: clients.id, isExtra: true, cell: ({ id }) => <span className="mono">{id}</span> },
    { key: 'kind', title: clients.kind, cell: (client) => (client.built_in ? '' : clients.kinds[kindOf(client)]) },
    {
      key: 'owner',
      title: clients.owner,
      isExtra: true,
      cell: ({ first_party: isOwn }) => (isOwn ? clients.firstParty : clients.thirdParty),
    },
    { key: 'status', title: clients.status, cell: (client) => <ClientStatus client={client} /> },
    { key: 'created', title: clients.created, isExtra: true, cell: ({ created_at: at }) => <TimeAgo at={at} /> },
  ]
}

const Actions = () => {
  const { clients } = useMessages()
  const may = useMay()
  return (
    <>
      {may('clients:write') ? (
        <Button component={Link} to="/clients/connect" leftSection={<Icon name="plus" size={16} />}>
          {clients.connect}
        </Button>
      ) : null}
      <Button component={Link} to="/clients/registration-tokens" variant="default">
        {clients.tokens}
      </Button>
    </>
  )
}

export const Page = () => {
  const { sections, clients } = useMessages()
  const [list, filters, columns] = [useClients(), useFilters(), useColumns()]
  return (
    <>
      <PageHead title={sections.clients} text={clients.intro} actions={<Actions />} />
      <FilterBar filters={filters} />
      <DataTable
        {...{ label: sections.clients, list, columns }}
        rowKey={({ id }) => id}
        rowName={titleOf}
        rowLink={(client) => ({ to: addressOf(client) })}
        empty={{ icon: 'apps', title: clients.empty, text: clients.emptyText, action: <Actions /> }}
      />
    </>
  )
}

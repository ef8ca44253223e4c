import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Link } from '@tanstack/react-router'
import { useMessages } from '../console-context.tsx'
import { usePages } from '../shell/navigation.tsx'
import { type Column, DataTable } from './data-table.tsx'
import { Time } from './time-ago.tsx'
import type { List } from './use-list.ts'

export type AuditEvent = AdminAnswer<'get', '/events'>['body']['events'][number]

/** The columns of a list of events; who it is about is left out where that is known. */
const useEventColumns = (): readonly Column<AuditEvent>[] => {
  const { events } = useMessages().users
  const isPage = usePages()
  return [
    { key: 'at', title: events.at, cell: ({ at }) => <Time at={at} /> },
    {
      key: 'what',
      title: events.what,
      cell: ({ sentence, type }) => (
        <>
          {sentence} <span className="quiet mono">{type}</span>
        </>
      ),
    },
    { key: 'by', title: events.by, isExtra: true, cell: ({ actor, client_id: client, ip }) => actor ?? client ?? ip ?? '' },
    {
      key: 'request',
      title: events.request,
      isExtra: true,
      cell: ({ request_id: id }) =>
        id === null || !isPage('/events') ? (
          <span className="mono">{id}</span>
        ) : (
          <Link className="mono" to="/events" search={{ request_id: id }}>
            {id}
          </Link>
        ),
    },
  ]
}

export const EventTable = ({ list, label, none }: { readonly list: List<AuditEvent>; readonly label: string; readonly none: string }) => (
  <DataTable
    {...{ label, list, columns: useEventColumns() }}
    rowKey={({ id }) => id}
    rowName={({ sentence }) => sentence}
    empty={{ icon: 'list', title: none, text: '' }}
  />
)

import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import type { AuditEvent } from '../../parts/event-table.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { given, useSearchState } from '../../parts/search-state.ts'
import { Time } from '../../parts/time-ago.tsx'
import { useList } from '../../parts/use-list.ts'
import { EventDetail } from './event-detail.tsx'
import { EventExport } from './event-export.tsx'
import { EventFilters } from './event-filters.tsx'
import { useEventFilters, viewNames } from './event-search.ts'

const followEveryMs = 3000

const useEvents = () => {
  const admin = useAdmin()
  const { search } = useSearchState()
  const filters = useEventFilters()
  return useList({
    key: ['events', 'list', filters],
    views: viewNames,
    everyMs: search['live'] === '1' ? followEveryMs : undefined,
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/events', { query: given({ ...filters, cursor }), signal })
      return { rows: body.events, next: body.next }
    },
  })
}

const useColumns = (): readonly Column<AuditEvent>[] => {
  const { events } = useMessages()
  return [
    { key: 'what', title: events.type, cell: ({ sentence }) => sentence },
    { key: 'at', title: events.at, cell: ({ at }) => <Time at={at} /> },
    { key: 'type', title: events.detail, isExtra: true, cell: ({ type }) => <span className="quiet mono">{type}</span> },
    { key: 'by', title: events.by, isExtra: true, cell: ({ actor, client_id: client }) => <span className="mono">{actor ?? client}</span> },
    { key: 'ip', title: events.ip, isExtra: true, cell: ({ ip }) => <span className="mono nowrap">{ip}</span> },
  ]
}

const Actions = () => {
  const { events } = useMessages()
  return (
    <>
      <Button variant="default" component={Link} to="/events/explain">
        {events.explainOne}
      </Button>
      <Button variant="default" component={Link} to="/events/audit">
        {events.audit.open}
      </Button>
      <EventExport />
    </>
  )
}

export const Page = () => {
  const { sections, events } = useMessages()
  const { search, change } = useSearchState()
  const [list, columns] = [useEvents(), useColumns()]
  const open = list.rows.find(({ id }) => id === search['event'])
  return (
    <>
      <PageHead title={sections.events} text={events.intro} actions={<Actions />} />
      <EventFilters />
      <Checkbox
        label={events.live}
        description={events.liveText}
        isChecked={search['live'] === '1'}
        onChange={(isLive) => change({ live: isLive ? '1' : undefined, cursor: isLive ? undefined : search['cursor'] })}
      />
      <DataTable
        {...{ label: sections.events, list, columns }}
        rowKey={({ id }) => id}
        rowName={({ sentence }) => sentence}
        rowLink={({ id }) => ({ to: '/events', search: { ...search, event: id } })}
        empty={{ icon: 'list', title: events.empty, text: events.emptyText }}
      />
      {open === undefined ? null : <EventDetail key={open.id} event={open} onClose={() => change({ event: undefined })} />}
    </>
  )
}

import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { EventTable } from '../../parts/event-table.tsx'
import { given } from '../../parts/search-state.ts'
import { useList } from '../../parts/use-list.ts'

/** Everything that names the organization. */
export const OrganizationEvents = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { events } = useMessages().organizations
  const list = useList({
    key: ['organizations', 'events', id],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/events', { query: given({ organization_id: id, cursor }), signal })
      return { rows: body.events, next: body.next }
    },
  })
  return (
    <Panel title={events.title}>
      <EventTable list={list} label={events.title} none={events.none} />
    </Panel>
  )
}

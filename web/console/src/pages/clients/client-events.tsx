import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { EventTable } from '../../parts/event-table.tsx'
import { useList } from '../../parts/use-list.ts'

export const ClientEvents = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { events } = useMessages().clientParts
  const list = useList({
    key: ['clients', 'events', id],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/events', { query: { client: id, ...(cursor === undefined ? {} : { cursor }) }, signal })
      return { rows: body.events, next: body.next }
    },
  })
  return (
    <Panel title={events.title}>
      <EventTable list={list} label={events.title} none={events.none} />
    </Panel>
  )
}

import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { EventTable } from '../../parts/event-table.tsx'
import { given } from '../../parts/search-state.ts'
import { useList } from '../../parts/use-list.ts'

export const UserEvents = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { events } = useMessages().users
  const list = useList({
    key: ['users', 'events', id],
    read: async ({ cursor, signal }) => {
      const { body } = await admin.get('/users/{id}/events', { path: { id }, query: given({ cursor }), signal })
      return { rows: body.events, next: body.next }
    },
  })
  return (
    <Panel title={events.title}>
      <EventTable list={list} label={events.title} none={events.none} />
    </Panel>
  )
}

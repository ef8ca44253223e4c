import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMessages } from '../../console-context.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import type { AuditEvent } from '../../parts/event-table.tsx'
import { JsonView } from '../../parts/json-view.tsx'
import { Time } from '../../parts/time-ago.tsx'
import { usePages } from '../../shell/navigation.tsx'

/** Where the person or application is looked after, as far as that page is there. */
const useLinks = () => {
  const isPage = usePages()
  const linked = (to: string, text: string): ReactNode => (isPage(to) ? <Link to={to}>{text}</Link> : <span className="mono">{text}</span>)
  return {
    user: (id: string) => linked(`/users/${id}`, id),
    client: (id: string) => linked(`/clients/${encodeURIComponent(id)}`, id),
    actor: (actor: string) => {
      const [kind = '', id = ''] = actor.split(' ')
      return kind === 'user' ? linked(`/users/${id}`, actor) : kind === 'client' ? linked(`/clients/${id}`, actor) : actor
    },
  }
}

const More = ({ event, onClose }: { readonly event: AuditEvent; readonly onClose: () => void }) => {
  const { events } = useMessages()
  const { user_id: user, session_id: session, request_id: request, ip } = event
  const all = [
    [events.samePerson, 'user', user],
    [events.sameSession, 'session', session],
    [events.sameRequest, 'request_id', request],
    [events.sameAddress, 'ip', ip],
  ] as const
  return (
    <ul className="actions">
      {all.map(([title, name, value]) =>
        value === null ? null : (
          <li key={name}>
            <Link to="/events" search={{ [name]: value }} onClick={onClose}>
              {title}
            </Link>
          </li>
        ),
      )}
    </ul>
  )
}

/** One event with all that is known of it. */
export const EventDetail = ({ event, onClose }: { readonly event: AuditEvent; readonly onClose: () => void }) => {
  const { events, close } = useMessages()
  const links = useLinks()
  const { type, at, user_id: user, client_id: client, actor, ip, user_agent: browser, session_id: session, request_id: request, id } = event
  const isErased = event.personal_data === 'erased'
  const entries = [
    { term: events.at, value: <Time at={at} /> },
    { term: events.type, value: <span className="mono">{type}</span> },
    { term: events.about, value: user && links.user(user) },
    { term: events.by, value: actor && links.actor(actor) },
    { term: events.client, value: client && links.client(client) },
    { term: events.ip, value: isErased ? events.erased : ip },
    { term: events.browser, value: isErased ? events.erased : browser },
    { term: events.session, value: session && <span className="mono">{session}</span> },
    { term: events.request, value: request && <span className="mono">{request}</span> },
    { term: events.id, value: <span className="mono">{id}</span> },
  ]
  return (
    <Dialog title={event.sentence} onClose={onClose}>
      <div className="stack">
        <DefinitionList entries={entries.filter(({ value }) => value !== null && value !== '')} />
        {Object.keys(event.payload).length === 0 ? null : <JsonView value={event.payload} label={events.payload} />}
        <More event={event} onClose={onClose} />
      </div>
      <DialogFoot>
        {request === null ? null : (
          <Button variant="default" component={Link} to="/events/explain" search={{ request } as never}>
            {events.explain}
          </Button>
        )}
        <Button onClick={onClose}>{close}</Button>
      </DialogFoot>
    </Dialog>
  )
}

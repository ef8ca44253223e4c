import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Link } from '@tanstack/react-router'
import { useMessages } from '../../console-context.tsx'
import { type PlainColumn, PlainTable } from '../../parts/plain-table.tsx'
import { Time } from '../../parts/time-ago.tsx'
import { usePages } from '../../shell/navigation.tsx'
import type { Overview, WithOverview } from './overview-types.ts'

type Latest = Overview['latest_events'][number]

const useColumns = (): readonly PlainColumn<Latest>[] => {
  const { overview } = useMessages()
  const isPage = usePages()
  const who = ({ user_id: id, user_name: name, actor }: Latest) => {
    if (id === null) return <span className="quiet">{actor ?? overview.nobody}</span>
    return isPage('/users') ? <Link to={`/users/${id}`}>{name ?? id}</Link> : (name ?? id)
  }
  return [
    { key: 'at', title: overview.at, cell: ({ at }) => <Time at={at} /> },
    { key: 'what', title: overview.what, cell: ({ sentence }) => sentence },
    { key: 'who', title: overview.who, cell: who },
    { key: 'client', title: overview.client, isExtra: true, cell: ({ client_name: name, client_id: id }) => name ?? id ?? '' },
  ]
}

export const LatestEvents = ({ overview }: WithOverview) => {
  const { overview: words, parts } = useMessages()
  const isPage = usePages()
  const all = isPage('/events') ? (
    <Link className="quiet" to="/events">
      {words.all}
    </Link>
  ) : undefined
  return (
    <Panel title={words.latest} action={all}>
      <PlainTable
        {...{ label: words.latest, rows: overview.latest_events, columns: useColumns(), none: parts.none }}
        rowKey={({ id }) => id}
      />
    </Panel>
  )
}

import { Button, NativeSelect } from '@mantine/core'
import { useMessages } from '../../console-context.tsx'
import { type Filter, FilterBar } from '../../parts/filter-bar.tsx'
import { useSearchState } from '../../parts/search-state.ts'
import { filterNames, useEventTypes } from './event-search.ts'
import { PersonFilter } from './person-filter.tsx'

const ranges = [
  ['hour', 1],
  ['day', 24],
  ['week', 168],
  ['month', 720],
] as const

// To the minute, so that pages of the same list have the same beginning.
const beginningOf = (hours: number): string => new Date(Math.floor(Date.now() / 60_000) * 60_000 - hours * 3_600_000).toISOString()

const TypeFilter = () => {
  const { events } = useMessages()
  const { search, change } = useSearchState()
  const { data: types = [] } = useEventTypes()
  const groups = Map.groupBy(types, ({ type }) => type.split('.')[0] ?? '')
  const items = [...groups].map(([group, all]) => ({
    group: group.replaceAll('_', ' '),
    items: all.map(({ type, sentence }) => ({ value: type, label: `${sentence.replace(/\.$/, '')} (${type})` })),
  }))
  return (
    <NativeSelect
      label={events.type}
      value={search['type'] ?? ''}
      data={[{ value: '', label: events.anything }, ...items]}
      onChange={(event) => change({ type: event.currentTarget.value || undefined, cursor: undefined, event: undefined })}
    />
  )
}

const Ranges = () => {
  const { ranges: words } = useMessages().events
  const { change } = useSearchState()
  return (
    <fieldset className="actions plain-set">
      <legend className="hidden-text">{words.label}</legend>
      {ranges.map(([name, hours]) => (
        <Button
          key={name}
          variant="default"
          size="xs"
          onClick={() => change({ since: beginningOf(hours), until: undefined, cursor: undefined, event: undefined })}
        >
          {words[name]}
        </Button>
      ))}
    </fieldset>
  )
}

/** What is looked for, all of it in the address. */
export const EventFilters = () => {
  const { events } = useMessages()
  const { search } = useSearchState()
  const text = (name: string, label: string, placeholder?: string): Filter => ({
    ...{ kind: 'text', name, label },
    ...(placeholder !== undefined && { placeholder }),
  })
  const more = [
    text('client', events.client),
    text('ip', events.ip),
    text('request_id', events.request),
    text('actor', events.actor, events.actorHint),
    text('session', events.session),
  ]
  const isMore = more.some(({ name }) => search[name] !== undefined)
  return (
    <div className="event-filters">
      <div className="filters">
        <TypeFilter />
        <PersonFilter />
      </div>
      <FilterBar
        filters={[
          { kind: 'moment', name: 'since', label: events.since },
          { kind: 'moment', name: 'until', label: events.until },
        ]}
        clears={filterNames}
      />
      <Ranges />
      <details open={isMore}>
        <summary>{events.more}</summary>
        <FilterBar filters={more} />
      </details>
    </div>
  )
}

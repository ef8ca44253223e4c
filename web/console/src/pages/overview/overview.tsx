import { NativeSelect } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { useSearchState } from '../../parts/search-state.ts'
import { Health } from './health.tsx'
import { LatestEvents } from './latest-events.tsx'
import type { Overview } from './overview-types.ts'
import { RefusedByReason, SignInsByMethod } from './sign-in-charts.tsx'
import { Tiles } from './tiles.tsx'

const hoursOf = { day: 24, week: 168 } as const
type Span = keyof typeof hoursOf
const spans = Object.keys(hoursOf) as readonly Span[]

const refreshMs = 60_000

const useOverview = (span: Span) => {
  const admin = useAdmin()
  return useQuery({
    queryKey: ['overview', span],
    queryFn: async ({ signal }) => (await admin.get('/overview', { query: { hours: hoursOf[span] }, signal })).body,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  })
}

const Shown = ({ value, span }: { readonly value: Overview; readonly span: Span }) => (
  <>
    <Tiles overview={value} />
    <div className="two">
      <SignInsByMethod overview={value} isLong={span === 'week'} />
      <RefusedByReason overview={value} />
    </div>
    <div className="two">
      <LatestEvents overview={value} />
      <Health overview={value} />
    </div>
  </>
)

const Figures = () => {
  const { sections, overview } = useMessages()
  const { search, change } = useSearchState()
  const span = spans.find((one) => one === search['span']) ?? 'day'
  const choice = (
    <NativeSelect
      aria-label={overview.span}
      value={span}
      data={spans.map((value) => ({ value, label: overview.spans[value] }))}
      onChange={(event) => change({ span: event.currentTarget.value === 'day' ? undefined : event.currentTarget.value })}
    />
  )
  return (
    <>
      <PageHead title={sections.overview} text={overview.intro} actions={choice} />
      <Loaded query={useOverview(span)} bones={10}>
        {(value) => <Shown value={value} span={span} />}
      </Loaded>
    </>
  )
}

export const Page = () => {
  const { sections, overview } = useMessages()
  const may = useMay()
  return may('events:read') ? <Figures /> : <PageHead title={sections.overview} text={overview.noEvents} />
}

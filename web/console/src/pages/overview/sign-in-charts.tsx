import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useLocale, useMessages } from '../../console-context.tsx'
import { Bars } from '../../parts/charts/bars.tsx'
import type { Series } from '../../parts/charts/legend.tsx'
import { StackedArea } from '../../parts/charts/stacked-area.tsx'
import type { Overview, WithOverview } from './overview-types.ts'

const methods = ['passkey', 'password', 'password-and-second-factor', 'code', 'other'] as const

/** Refusals upon what succeeded; a method that nobody used takes no place in the legend. */
const useSeries = ({ hours }: Overview['sign_ins']): readonly Series[] => {
  const { overview } = useMessages()
  const succeeded = methods.map((key) => ({
    ...{ key, title: overview.methods[key] ?? key },
    values: hours.map((hour) => hour.succeeded[key] ?? 0),
  }))
  const refused = { key: 'refused', title: overview.refusedSeries, values: hours.map((hour) => hour.refused) }
  return [...succeeded.filter(({ key, values }) => key === 'password' || key === 'passkey' || values.some((one) => one > 0)), refused]
}

export const SignInsByMethod = ({ overview, isLong }: WithOverview & { readonly isLong: boolean }) => {
  const { overview: words } = useMessages()
  const locale = useLocale()
  const series = useSeries(overview.sign_ins)
  const last = overview.sign_ins.hours.length - 1
  const times = overview.sign_ins.hours.map(({ at }, index) => {
    const date = new Date(at)
    const isMark = isLong ? date.getHours() === 0 : date.getHours() % 3 === 0
    const form = isLong ? ({ weekday: 'short', day: 'numeric' } as const) : ({ hour: '2-digit', minute: '2-digit' } as const)
    const long = date.toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })
    return { short: isMark ? date.toLocaleString(locale, form) : undefined, long: index === last ? words.notOver(long) : long }
  })
  return (
    <Panel title={words.byMethod}>
      <StackedArea {...{ label: words.byMethod, unit: words.unit, series, times }} isLastOpen />
    </Panel>
  )
}

export const RefusedByReason = ({ overview }: WithOverview) => {
  const { overview: words } = useMessages()
  const bars = overview.sign_ins.refused_by_reason.map(({ reason, count }) => ({
    key: reason,
    title: words.reasons[reason] ?? reason,
    value: count,
  }))
  return (
    <Panel title={words.byReason}>
      <Bars label={words.byReason} bars={bars} />
    </Panel>
  )
}

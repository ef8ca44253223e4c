import { relativeTime } from '@custom-identity-platform/kit/relative-time.ts'
import { useLocale, useMessages } from '../console-context.tsx'

/** A time as people say it; the exact one is its title. */
export const TimeAgo = ({ at }: { readonly at: string | null }) => {
  const locale = useLocale()
  const { never } = useMessages()
  if (at === null) return <span className="quiet">{never}</span>
  const date = new Date(at)
  return (
    <time dateTime={at} title={date.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'long' })} className="number">
      {relativeTime(date, { language: locale, now: Date.now() })}
    </time>
  )
}

/** A time on the clock, for what is compared by the second. */
export const Time = ({ at }: { readonly at: string }) => {
  const locale = useLocale()
  const date = new Date(at)
  const isToday = date.toDateString() === new Date().toDateString()
  return (
    <time dateTime={at} title={date.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'long' })} className="number nowrap">
      {date.toLocaleString(locale, isToday ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' })}
    </time>
  )
}

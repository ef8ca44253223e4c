const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** "3 hours ago", or the date where it is longer than a week. `now` in milliseconds since 1970. */
export const relativeTime = (at: Date, { language, now }: { readonly language: string; readonly now: number }): string => {
  const seconds = (at.getTime() - now) / 1000
  if (Math.abs(seconds) > 7 * 86_400) return at.toLocaleDateString(language, { dateStyle: 'medium' })
  const [unit, size] = units.find(([, one]) => Math.abs(seconds) >= one) ?? ['minute', 60]
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(seconds / size), unit)
}

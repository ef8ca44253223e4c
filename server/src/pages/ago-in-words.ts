const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** How long ago something was, "3 hours ago" or "yesterday"; less than a minute is now. */
export const agoInWords = (seconds: number, lang: string): string => {
  const format = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' })
  const [unit, size] = units.find(([, one]) => seconds >= one) ?? ['second', Number.POSITIVE_INFINITY]
  return format.format(-Math.floor(seconds / size), unit)
}

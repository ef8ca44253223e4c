/** A wait in words, "in 40 seconds" or "in 3 minutes", rounded up. */
export const inWords = (seconds: number, lang: string): string => {
  const format = new Intl.RelativeTimeFormat(lang, { numeric: 'always' })
  const whole = Math.max(1, Math.ceil(seconds))
  if (whole < 60) return format.format(whole, 'second')
  return whole < 5400 ? format.format(Math.ceil(whole / 60), 'minute') : format.format(Math.ceil(whole / 3600), 'hour')
}

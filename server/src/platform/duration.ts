const units: Record<string, number> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 }

/** Seconds of `15m`, `10s`, `90d`, `250ms` or a bare number of seconds; undefined where the text is none of these. */
export const parseDuration = (text: string): number | undefined => {
  const match = /^(\d{1,9})(ms|s|m|h|d)?$/.exec(text.trim())
  if (!match) return undefined
  return Number(match[1]) * (units[match[2] ?? 's'] ?? 1)
}

/** The shortest exact form: 900 is `15m`. */
export const printDuration = (seconds: number): string => {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = units[unit] ?? 1
    if (seconds >= size && seconds % size === 0) return `${seconds / size}${unit}`
  }
  return seconds === 0 ? '0s' : `${Math.round(seconds * 1000)}ms`
}

/** Round numbers from 0 to at least `max`, at most five of them. */
export const ticksOf = (max: number): readonly number[] => {
  const rough = Math.max(max, 1) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  // What is counted has no halves.
  const step = Math.max(1, ([1, 2, 5].find((one) => one * power >= rough) ?? 10) * power)
  return Array.from({ length: Math.ceil(Math.max(max, 1) / step) + 1 }, (_, index) => index * step)
}

/** The sums up to and with each series, place by place: the edges of a stack, the lowest first. */
export const stacked = (series: readonly (readonly number[])[]): readonly (readonly number[])[] => {
  const sums: number[][] = []
  for (const values of series) sums.push(values.map((value, index) => value + (sums.at(-1)?.[index] ?? 0)))
  return sums
}

/** Indexes of the marks on an axis of `count` places: at most `max` of them, evenly apart. */
export const marksOf = (count: number, max: number): readonly number[] => {
  const every = Math.max(1, Math.ceil(count / max))
  return Array.from({ length: Math.ceil(count / every) }, (_, index) => index * every)
}

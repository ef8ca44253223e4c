/** The value below which `share` (0 to 1) of the sorted values lie; 0 of none. */
export const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

export type Spread = { readonly min: number; readonly median: number; readonly max: number }

export const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length / 2
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? sorted[0] ?? 0)) / 2
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 }
}

import type { HourCount } from '../events/events.ts'

/** An hour of sign-ins: those that succeeded by their method, and those that were refused. */
export type SignInHour = { readonly at: string; readonly succeeded: Readonly<Record<string, number>>; readonly refused: number }

export const signInTypes: readonly string[] = ['sign_in.succeeded', 'sign_in.refused']

const hourMs = 3_600_000

const isSuccess = ({ type }: HourCount): boolean => type === 'sign_in.succeeded'
const sum = (counts: readonly HourCount[]): number => counts.reduce((total, { count }) => total + count, 0)

const byDetail = (counts: readonly HourCount[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(counts, ({ detail }) => detail)].map(([detail, same]) => [detail, sum(same)]))

/** The beginning of the first of these hours, the last of which is the present one. `now` in milliseconds since 1970. */
export const spanOf = (now: number, hours: number): { readonly from: Date; readonly to: Date } => {
  const to = (Math.floor(now / hourMs) + 1) * hourMs
  return { from: new Date(to - hours * hourMs), to: new Date(to) }
}

const printHour = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

/** Every hour of the span, those without a sign-in too. */
export const hoursOf = (counts: readonly HourCount[], { from, to }: ReturnType<typeof spanOf>): readonly SignInHour[] => {
  const known = Map.groupBy(counts, ({ hour }) => hour)
  return Array.from({ length: (to.getTime() - from.getTime()) / hourMs }, (_, index) => {
    const at = printHour(from.getTime() + index * hourMs)
    const of = known.get(at) ?? []
    return { at, succeeded: byDetail(of.filter(isSuccess)), refused: sum(of.filter((one) => !isSuccess(one))) }
  })
}

export const totalsOf = (counts: readonly HourCount[]) => ({
  succeeded: sum(counts.filter(isSuccess)),
  refused: sum(counts.filter((one) => !isSuccess(one))),
})

/** Why sign-ins were refused, the most frequent first. */
export const reasonsOf = (counts: readonly HourCount[]): readonly { readonly reason: string; readonly count: number }[] =>
  Object.entries(byDetail(counts.filter((one) => !isSuccess(one))))
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count || one.reason.localeCompare(other.reason))

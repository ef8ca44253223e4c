/** Until when events of a tenant may go: RFC 3339 in UTC with microseconds, as `events.expired` says it. */
export type Cut = { readonly tenantId: string; readonly before: string }

/** How long events are kept: by the installation, and by tenants that decided for themselves. */
export type KeptFor = { readonly usualSeconds: number; readonly daysOf: ReadonlyMap<string, number> }

const daySeconds = 86_400
const agoOf = (now: number, seconds: number): string => new Date(now - seconds * 1000).toISOString()
const dayOf = (iso: string): string => `${iso.slice(0, 10)}T00:00:00.000000Z`
const monthOf = (iso: string): string => `${iso.slice(0, 7)}-01T00:00:00.000000Z`

/** The longest that any tenant keeps its events. */
export const longestSeconds = ({ usualSeconds, daysOf }: KeptFor): number =>
  [...daysOf.values()].reduce((longest, days) => Math.max(longest, days * daySeconds), usualSeconds)

/** Months that ended before are of no tenant any more. */
export const monthsBefore = (kept: KeptFor, now: number): string => monthOf(agoOf(now, longestSeconds(kept)))

/** Where the events of each tenant are cut off: to the day where it decided for itself, otherwise by whole months. */
export const cutsOf = (tenantIds: readonly string[], kept: KeptFor, now: number): readonly Cut[] =>
  tenantIds.map((tenantId) => {
    const days = kept.daysOf.get(tenantId)
    return { tenantId, before: days === undefined ? monthOf(agoOf(now, kept.usualSeconds)) : dayOf(agoOf(now, days * daySeconds)) }
  })

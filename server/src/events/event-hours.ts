/** An event as far as it is counted. `at` as RFC 3339 in UTC, `payload` as JSON. */
export type CountedEvent = { readonly at: string; readonly type: string; readonly payload: string }
export type HourCount = { readonly hour: string; readonly type: string; readonly detail: string; readonly count: number }

/** By what somebody signed in (RFC 8176), as charts tell it. */
export const signInMethods = ['passkey', 'password', 'password-and-second-factor', 'code', 'other'] as const
export type SignInMethod = (typeof signInMethods)[number]

const methodOf = (amr: readonly unknown[]): SignInMethod => {
  if (amr.includes('pwd')) return amr.includes('mfa') ? 'password-and-second-factor' : 'password'
  if (amr.includes('pop')) return 'passkey'
  return amr.includes('otp') || amr.includes('sms') ? 'code' : 'other'
}

const detailOf = ({ type, payload }: CountedEvent): string => {
  if (type !== 'sign_in.succeeded' && type !== 'sign_in.refused') return ''
  const { amr, reason } = JSON.parse(payload) as { readonly amr?: unknown; readonly reason?: unknown }
  return type === 'sign_in.refused' ? String(reason ?? '').slice(0, 64) : methodOf(Array.isArray(amr) ? amr : [])
}

/** How many there are of each kind in each hour. */
export const countByHour = (events: readonly CountedEvent[]): readonly HourCount[] => {
  const counts = new Map<string, HourCount>()
  for (const event of events) {
    const [hour, detail] = [`${event.at.slice(0, 13)}:00:00Z`, detailOf(event)]
    const key = `${hour} ${event.type} ${detail}`
    counts.set(key, { hour, type: event.type, detail, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()]
}

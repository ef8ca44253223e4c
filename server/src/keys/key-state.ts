type KeyTimes = {
  readonly active_at: Date
  readonly retired_at: Date | null
  readonly removed_at?: Date | null
  readonly revoked_at: Date | null
}

export const keyStates = ['pending', 'active', 'retired', 'removed', 'revoked'] as const

/** What a key does at `now` (milliseconds): sign, wait to sign, still verify, or nothing any more. */
export const keyState = (key: KeyTimes, now: number): (typeof keyStates)[number] => {
  if (key.revoked_at !== null) return 'revoked'
  if (key.removed_at != null && key.removed_at.getTime() <= now) return 'removed'
  if (key.active_at.getTime() > now) return 'pending'
  return key.retired_at !== null && key.retired_at.getTime() <= now ? 'retired' : 'active'
}

/** When the first of the keys that sign will be old enough for a successor; undefined where none signs. */
export const nextRotationAt = (keys: readonly KeyTimes[], ageSeconds: number): Date | undefined => {
  const signing = keys.filter(({ retired_at: retired, revoked_at: revoked }) => retired === null && revoked === null)
  const first = Math.min(...signing.map(({ active_at: active }) => active.getTime()))
  return Number.isFinite(first) ? new Date(first + ageSeconds * 1000) : undefined
}

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

import type { Verdict } from './method.ts'

/** Wrong answers in a row after which a factor is locked for a while, and after which it is off until it is set up anew. */
export const factorLimits = { lockAfter: 5, disableAfter: 100, lockSecondsMax: 900 } as const
const { lockAfter, disableAfter, lockSecondsMax } = factorLimits

/** How long the factor is locked once `failures` answers in a row were wrong: 1, 2, 4 ... s, at most 15 minutes. */
export const lockSeconds = (failures: number): number => (failures < lockAfter ? 0 : Math.min(lockSecondsMax, 2 ** (failures - lockAfter)))

/** `lockSeconds` in SQL, where `failures` is an integer expression. */
export const lockSecondsSql = (failures: string): string =>
  `case when ${failures} < ${lockAfter} then 0 else least(${lockSecondsMax}, 2 ^ least(20, ${failures} - ${lockAfter})) end`

/** The SQL of `factor_states.locked_until` after `failures` wrong answers in a row. */
export const lockedUntilSql = (failures: string): string =>
  `case when ${failures} < ${lockAfter} then '-infinity' else now() + make_interval(secs => ${lockSecondsSql(failures)}) end`

/** The SQL that is true of a row `state` of `factor_states` that allows another try. */
export const isOpenSql = (state: string): string => `${state}.locked_until <= now() and ${state}.failures < ${disableAfter}`

/** The SQL of the seconds until a row `state` of `factor_states` allows another try; null where it does now. */
export const waitSecondsSql = (state: string): string =>
  `case when ${state}.locked_until > now() then extract(epoch from ${state}.locked_until - now())::float8 end`

/** What a factor that allows no try answers, by the failures and the wait that the statement saw. */
export const closedVerdict = ({ failures, waitSeconds }: { failures: number | null; waitSeconds: number | null }): Verdict =>
  (failures ?? 0) >= disableAfter
    ? { kind: 'disabled' }
    : // Another node locked it while this statement waited: its snapshot still saw it open.
      { kind: 'limited', retryAfterSeconds: Math.max(1, Math.ceil(waitSeconds ?? 1)) }

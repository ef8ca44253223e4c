import { adminScope } from '../administration.ts'

/** SQL: whether the grant `g` is one of these. */
export const administers = `'${adminScope}' = any (string_to_array(g.scope, ' '))`

/** SQL: so many seconds without a refresh end the grant `g`. */
export const idleSeconds = (idle: string, adminIdle: string): string =>
  `least(${idle}::float8, case when ${administers} then ${adminIdle}::float8 end)`

type Parameters = {
  readonly offline: string
  readonly session: string
  readonly idle: string
  readonly adminSession: string
  readonly adminIdle: string
}

/** SQL: the ends of the grant `g`, which begins to be used. The names are those of parameters in seconds. */
export const beginningLife = ({ offline, session, idle, adminSession, adminIdle }: Parameters): string => {
  const ends = `least(now() + make_interval(secs => case when g.is_offline then ${offline}::float8 else ${session}::float8 end),
          case when ${administers} then g.auth_time + make_interval(secs => ${adminSession}::float8) end)`
  return `expires_at = ${ends}, idle_expires_at = least(${ends}, now() + make_interval(secs => ${idleSeconds(idle, adminIdle)}))`
}

import type { BrowserSession } from '../sessions/sessions.ts'
import type { GrantFacts } from './core/ports.ts'

/** The scope by which an application acts with the admin API for a person. */
export const adminScope = 'admin'

/** So long after the sign-in, and so long without use, an application may act with the admin API for a person; in seconds. */
export type AdministrationTimes = { readonly sessionTtlSeconds: number; readonly idleTtlSeconds: number }

// The use of an access token leaves no trace: a grant is as idle as its last refresh is old, so that tokens live a part of what is allowed.
const tokensWithinIdle = 3
const tokenTtlMin = 60

/** How long an access token of this scope may live at most, in seconds. */
export const administrationSecondsLeft = (
  { sessionTtlSeconds, idleTtlSeconds }: AdministrationTimes,
  { grant, scope }: { readonly grant: GrantFacts | undefined; readonly scope: readonly string[] },
  nowSeconds: number,
): number => {
  if (grant === undefined || !scope.includes(adminScope)) return Number.POSITIVE_INFINITY
  const atOnce = Math.max(tokenTtlMin, Math.floor(idleTtlSeconds / tokensWithinIdle))
  return Math.max(1, Math.min(atOnce, grant.authTime + sessionTtlSeconds - nowSeconds))
}

type Deps = {
  readonly times: AdministrationTimes
  /** When an application used the admin API last in this session, as far as its tokens tell. */
  readonly lastAdministered: (tenantId: string, sessionId: string) => Promise<Date | undefined>
}

/** Whether a request for the admin API needs a new sign-in: the last one is too old, or nobody has administered in the session for too long. `now` in milliseconds since 1970. */
export type IsAdministrationOver = (
  asked: { readonly tenantId: string; readonly scope: readonly string[]; readonly now: number },
  session: Pick<BrowserSession, 'id' | 'authTime'>,
) => Promise<boolean>

export const createIsAdministrationOver =
  ({ times: { sessionTtlSeconds, idleTtlSeconds }, lastAdministered }: Deps): IsAdministrationOver =>
  async ({ tenantId, scope, now }, { id, authTime }) => {
    if (!scope.includes(adminScope)) return false
    const [age, idleMs] = [now - authTime, idleTtlSeconds * 1000]
    if (age > sessionTtlSeconds * 1000) return true
    if (age <= idleMs) return false
    const used = await lastAdministered(tenantId, id)
    return used === undefined || now - used.getTime() > idleMs
  }

import { equalBytes } from '../platform/digest.ts'
import { type Handle, printHandle, readHandle } from '../platform/handle.ts'

const prefix = 'cip_bs_'

/** Sessions that one browser holds at most: one per account. */
export const browserSessionsMax = 5

/** A live session of this browser with the account behind it. `authTime` in milliseconds since 1970. */
export type BrowserSession = {
  readonly id: string
  readonly userId: string
  readonly number: number
  readonly username: string | null
  readonly email: string | null
  /** The language that the person chose for the pages; null where nobody chose. */
  readonly language: string | null
  readonly amr: readonly string[]
  /** By which methods; null where a release that kept none wrote the row. */
  readonly methods: readonly string[] | null
  readonly authTime: number
  /** The administrator who acts in it; null where it is its owner's. */
  readonly impersonatorId: string | null
}

export type FoundSession = BrowserSession & { readonly secretHash: Uint8Array }

/** What the cookie holds of one session. */
export const printSession = (sessionId: string, secret: Uint8Array): string => printHandle(prefix, sessionId, secret)

/** The handles of a session cookie, the active one first; whatever is malformed is no session. */
export const readSessionCookie = (cookie: string | undefined): readonly (Handle & { readonly text: string })[] =>
  (cookie ?? '')
    .slice(0, 1024)
    .split('.')
    .slice(0, browserSessionsMax)
    .flatMap((text) => {
      const handle = readHandle(prefix, text)
      return handle === undefined ? [] : [{ ...handle, text }]
    })

/** The cookie with `text` in front as the active session, without those of `replaced`; the oldest make room. */
export const sessionCookieWith = (
  text: string | undefined,
  others: readonly (Handle & { readonly text: string })[],
  replaced: readonly string[],
): string =>
  [...(text === undefined ? [] : [text]), ...others.filter(({ id }) => !replaced.includes(id)).map((one) => one.text)]
    .slice(0, browserSessionsMax)
    .join('.')

/** The sessions whose secret the browser knows, in the order of its cookie. */
export const provenSessions = (handles: readonly Handle[], found: readonly FoundSession[]): readonly BrowserSession[] =>
  handles.flatMap(({ id, hash }) => found.find((one) => one.id === id && equalBytes(one.secretHash, hash)) ?? [])

/** The authentication context class that the methods amount to (NIST SP 800-63B-4 section 2). */
export const acrOf = (amr: readonly string[]): string => (amr.includes('mfa') ? 'aal2' : 'aal1')

export const acrValues: readonly string[] = ['aal1', 'aal2']

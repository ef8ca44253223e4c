import type { Trust } from '../../login/login.ts'
import { sha256 } from '../../platform/digest.ts'
import { randomText } from '../../platform/random.ts'
import { type BrowserSession, provenSessions, readSessionCookie, sessionCookieWith } from '../../sessions/sessions.ts'
import { isCrossSite, isFormToken, makeFormToken } from '../form-token.ts'
import type { Provider } from '../provider.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
type Handles = ReturnType<typeof readSessionCookie>

const sessionCookie = 'cip_session'
const browserCookie = 'cip_browser'
const trustCookie = 'cip_trust'
const declinedName = 'cip_passkey'
const waysName = 'cip_ways'
const waysSeconds = 31_536_000
const declinedSeconds = 2_592_000

/** Who is at the pages: the live sessions of this browser, the active one first, and the browser itself. */
export type Visitor = {
  readonly sessions: readonly BrowserSession[]
  readonly handles: Handles
  readonly browserId: string
  /** The browser with the secret that excuses it from the second factor, as hashes; undefined where it has none. */
  readonly trust: Trust | undefined
  /** Whether somebody at this browser said that they want no passkey now. */
  readonly hasDeclined: boolean
  /** What this browser remembers of how people came in, sealed. */
  readonly ways: string | undefined
  /** Cookies that the answer must set, because the browser came without. */
  readonly cookies: readonly string[]
}

const browserForm = /^[A-Za-z0-9_-]{22}$/
const trustForm = /^[A-Za-z0-9_-]{43}$/

export const visit = async (provider: Provider, tenantId: string, headers: Headers): Promise<Visitor> => {
  const { jar } = provider
  const handles = readSessionCookie(jar.read(headers['cookie'], sessionCookie))
  const sessions = provenSessions(
    handles,
    await provider.findSessions(
      tenantId,
      handles.map(({ id }) => id),
    ),
  )
  const known = jar.read(headers['cookie'], browserCookie)
  const isKnown = known !== undefined && browserForm.test(known)
  const browserId = isKnown ? known : randomText(16)
  const trusted = jar.read(headers['cookie'], trustCookie)
  const trust =
    isKnown && trusted !== undefined && trustForm.test(trusted) ? { browser: sha256(browserId), secretHash: sha256(trusted) } : undefined
  const hasDeclined = jar.read(headers['cookie'], declinedName) === 'later'
  const ways = jar.read(headers['cookie'], waysName)
  return {
    sessions,
    handles,
    browserId,
    trust,
    hasDeclined,
    ways,
    cookies: isKnown ? [] : [jar.write(browserCookie, browserId, 34_560_000)],
  }
}

/** This browser as the database knows it. */
export const browserHash = ({ browserId }: Pick<Visitor, 'browserId'>): Buffer => sha256(browserId)

/** The same as text. */
export const browserKey = (visitor: Pick<Visitor, 'browserId'>): string => browserHash(visitor).toString('base64url')

/** The session cookie with this session in front. */
export const signedInCookie = (
  provider: Provider,
  visitor: Visitor,
  { text, replaced }: { text: string; replaced: readonly string[] },
): string => provider.jar.write(sessionCookie, sessionCookieWith(text, visitor.handles, replaced), provider.sessionTtlSeconds)

/** Remembers for a month that nobody at this browser wants to be offered a passkey. */
export const declinedCookie = (provider: Provider): string => provider.jar.write(declinedName, 'later', declinedSeconds)

/** Remembers for a year how people came in at this browser. */
export const waysCookie = (provider: Provider, sealed: string): string => provider.jar.write(waysName, sealed, waysSeconds)

/** A new secret that excuses this browser from the second factor: its cookie, and its hash for the database. */
export const trustOfBrowser = (provider: Provider, seconds: number): { readonly cookie: string; readonly hash: Buffer } => {
  const secret = randomText()
  return { cookie: provider.jar.write(trustCookie, secret, seconds), hash: sha256(secret) }
}

/** The session cookie with a session that the browser holds already brought to the front. */
export const chosenCookie = (provider: Provider, visitor: Visitor, sessionId: string): string => {
  const chosen = visitor.handles.find(({ id }) => id === sessionId)
  return provider.jar.write(sessionCookie, sessionCookieWith(chosen?.text, visitor.handles, [sessionId]), provider.sessionTtlSeconds)
}

/** The session cookie without the sessions that have ended; none is left: the cookie goes. */
export const signedOutCookie = (provider: Provider, visitor: Visitor, ended: readonly string[]): string => {
  const rest = sessionCookieWith(undefined, visitor.handles, ended)
  return rest === '' ? provider.jar.write(sessionCookie, '', 0) : provider.jar.write(sessionCookie, rest, provider.sessionTtlSeconds)
}

/** What the form of a page is bound to beside the browser. */
export type Form = { readonly purpose: string; readonly flow: string; readonly session?: string | undefined }

const bindingOf = (visitor: Visitor, { purpose, flow, session = '' }: Form) => ({ purpose, flow, session, browser: visitor.browserId })

export const formToken = (provider: Provider, visitor: Visitor, form: Form): string =>
  makeFormToken(provider.keys.form, bindingOf(visitor, form))

/** Whether the form was drawn for this browser, flow and session, and is not sent by another site. */
export const isOwnForm = (
  provider: Provider,
  visitor: Visitor,
  { form, token, headers }: { form: Form; token: string | undefined; headers: Headers },
) =>
  visitor.cookies.length === 0 &&
  !isCrossSite(headers, new URL(provider.issuer).origin) &&
  isFormToken(provider.keys.form, bindingOf(visitor, form), token)

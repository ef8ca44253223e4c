import { randomText } from '../../platform/random.ts'
import { type BrowserSession, provenSessions, readSessionCookie, sessionCookieWith } from '../../sessions/sessions.ts'
import { isCrossSite, isFormToken, makeFormToken } from '../form-token.ts'
import type { Provider } from '../provider.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
type Handles = ReturnType<typeof readSessionCookie>

const sessionCookie = 'cip_session'
const browserCookie = 'cip_browser'

/** Who is at the pages: the live sessions of this browser, the active one first, and the browser itself. */
export type Visitor = {
  readonly sessions: readonly BrowserSession[]
  readonly handles: Handles
  readonly browserId: string
  /** Cookies that the answer must set, because the browser came without. */
  readonly cookies: readonly string[]
}

const browserForm = /^[A-Za-z0-9_-]{22}$/

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
  return { sessions, handles, browserId, cookies: isKnown ? [] : [jar.write(browserCookie, browserId, 34_560_000)] }
}

/** The session cookie with this session in front. */
export const signedInCookie = (
  provider: Provider,
  visitor: Visitor,
  { text, replaced }: { text: string; replaced: readonly string[] },
): string => provider.jar.write(sessionCookie, sessionCookieWith(text, visitor.handles, replaced), provider.sessionTtlSeconds)

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

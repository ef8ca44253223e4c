export { type AccessTokenOptions, issueAccessToken } from './access-token.ts'
export { createAuthenticator } from './authenticate.ts'
export { findBrowserSessions } from './browser-sessions.store.ts'
export {
  acrOf,
  acrValues,
  type BrowserSession,
  type FoundSession,
  printSession,
  provenSessions,
  readSessionCookie,
  sessionCookieWith,
} from './browser-sessions.ts'
export { type ChangeFeed, createChangeFeed } from './change-feed.ts'
export { type PersonDevice, type PersonSession, type PersonSessions, personSessions } from './person-sessions.store.ts'
export { printRefreshToken, readRefreshToken } from './refresh-token.ts'
export type { Rotation } from './rotation.ts'
export type { SessionCache, SessionView } from './session-cache.ts'
export { endSession } from './sessions.store.ts'

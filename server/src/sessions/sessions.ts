export { type AccessTokenOptions, issueAccessToken } from './access-token.ts'
export { createAuthenticator } from './authenticate.ts'
export { printRefreshToken, readRefreshToken } from './refresh-token.ts'
export type { SessionCache, SessionView } from './session-cache.ts'

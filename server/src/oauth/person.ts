import type { BrowserSession } from '../sessions/sessions.ts'

/** How a page names the account of a session. */
export const accountName = ({ username, email, number }: Pick<BrowserSession, 'username' | 'email' | 'number'>): string =>
  username ?? email ?? `account ${number}`

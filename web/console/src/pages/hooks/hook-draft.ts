import type { AdminAnswer, AdminBody } from '@custom-identity-platform/sdk'

export const points = ['before_registration', 'before_token', 'after_sign_in'] as const
export type Point = (typeof points)[number]

type Stored = AdminAnswer<'get', '/settings/hooks'>['body']

export type HookDraft = {
  readonly url: string
  readonly enabled: boolean
  readonly timeout: string
  readonly onFailure: 'allow' | 'refuse' | ''
  readonly secretVersion: number
  readonly hasNewSecret: boolean
}
export type HooksDraft = Readonly<Record<Point, HookDraft>>

const usualTimeout = 2000

const draftOfOne = (stored: Stored[Point]): HookDraft => ({
  url: stored?.url ?? '',
  enabled: stored?.enabled ?? true,
  timeout: String(stored?.timeout_ms ?? usualTimeout),
  // What happens to people where it fails is decided, never assumed.
  onFailure: stored?.on_failure ?? '',
  secretVersion: stored?.secret_version ?? 1,
  hasNewSecret: false,
})

export const draftOf = (stored: Stored): HooksDraft => ({
  before_registration: draftOfOne(stored.before_registration),
  before_token: draftOfOne(stored.before_token),
  after_sign_in: draftOfOne(stored.after_sign_in),
})

const bodyOfOne = ({ url, enabled, timeout, onFailure, secretVersion, hasNewSecret }: HookDraft) => ({
  ...{ url: url.trim(), enabled, timeout_ms: Number(timeout), on_failure: onFailure as 'allow' | 'refuse' },
  secret_version: secretVersion + (hasNewSecret ? 1 : 0),
})

/** What is sent: a hook without an address is not asked, and left out. */
export const bodyOf = (draft: HooksDraft): AdminBody<'put', '/settings/hooks'> =>
  Object.fromEntries(points.filter((point) => draft[point].url.trim() !== '').map((point) => [point, bodyOfOne(draft[point])]))

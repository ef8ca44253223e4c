import type { Config } from './config/config.ts'
import type { Logger } from './config/log.ts'
import { type Database, inTransaction } from './db/database.ts'
import { record } from './events/events.store.ts'
import { type EventRow, makeEvent } from './events/events.ts'
import type { AnyRoute } from './http/route.ts'
import type { LoginHooks } from './login/login.ts'
import type { TokenHook } from './oauth/token-hook.ts'
import { hookReservedClaims } from './oauth/token-hook.ts'
import { systemClock } from './platform/clock.ts'
import type { GuardedFetch } from './platform/guarded-fetch/guarded-fetch.ts'
import type { SettingCache } from './settings/settings.ts'
import { createHookCalls, type HookCalls } from './webhooks/hook-calls.job.ts'
import { hooksAdminRoutes } from './webhooks/hooks.admin.routes.ts'
import { failedRefusal, type HookPoint, readHookClaims } from './webhooks/hooks.ts'

type Parts = {
  readonly config: Config
  readonly db: Database
  readonly log: Logger
  readonly settings: SettingCache
  readonly fetch: GuardedFetch
}

/** Writes an event by itself. */
export const noting =
  (db: Database) =>
  (event: EventRow): Promise<void> =>
    inTransaction(db, { isIdempotent: true }, (tx) => record(tx, event))

/** Asks the hooks of tenants; a failure is an event and a line of the log. */
export const hookCallsOf = ({ config, db, log, settings, fetch }: Parts): HookCalls =>
  createHookCalls({
    ...{ readSetting: settings.get, fetch, key: config.key('hook-secrets'), now: systemClock },
    noteFailure: async (tenantId, failure) => {
      log.warn({ tenantId, ...failure }, 'a hook failed')
      const event = makeEvent({ tenantId, type: 'hook.failed', payload: failure })
      await noting(db)(event).catch((err: unknown) => log.warn({ err }, 'the failure of a hook could not be recorded'))
    },
  })

const refusedOf =
  (db: Database) =>
  (tenantId: string, hook: HookPoint, userId?: string): Promise<void> =>
    noting(db)(makeEvent({ tenantId, type: 'hook.refused', userId, payload: { hook } }))

/** What signing up and in asks of hooks. */
export const loginHooks = (calls: HookCalls, db: Database, join: (userId: string) => Promise<void>): LoginHooks => ({
  beforeRegistration: async (tenantId, account, fits) => {
    const verdict = await calls.call(tenantId, 'before_registration', () => account)
    if (verdict.kind === 'none') return { kind: 'go', attributes: undefined }
    if (verdict.kind === 'refused') {
      await refusedOf(db)(tenantId, 'before_registration')
      return { kind: 'stop', sentence: verdict.sentence }
    }
    const attributes = verdict.members['attributes'] as Readonly<Record<string, unknown>> | undefined
    if (attributes === undefined || (await fits(attributes))) return { kind: 'go', attributes }
    await calls.misfit(tenantId, 'before_registration', 'gave attributes that the schema does not allow')
    return verdict.onFailure === 'allow' ? { kind: 'go', attributes: undefined } : { kind: 'stop', sentence: failedRefusal }
  },
  afterSignIn: async (tenantId, who) => {
    const verdict = await calls.call(tenantId, 'after_sign_in', () => who)
    if (verdict.kind === 'refused') {
      await refusedOf(db)(tenantId, 'after_sign_in', who.user_id)
      return verdict.sentence
    }
    await join(who.user_id)
    return undefined
  },
})

/** What issuing tokens asks of hooks. */
export const tokenHook = (calls: HookCalls, db: Database): TokenHook => ({
  isSet: (tenantId) => calls.isSet(tenantId, 'before_token'),
  ask: async (tenantId, asked) => {
    const verdict = await calls.call(tenantId, 'before_token', () => asked)
    if (verdict.kind === 'none') return { kind: 'go', claims: {}, idTokenClaims: {} }
    if (verdict.kind === 'refused') {
      await refusedOf(db)(tenantId, 'before_token', asked.user_id ?? undefined)
      return { kind: 'stop', sentence: verdict.sentence }
    }
    const claims = readHookClaims(verdict.members['claims'], hookReservedClaims)
    const idTokenClaims = readHookClaims(verdict.members['id_token_claims'], hookReservedClaims)
    if (claims !== undefined && idTokenClaims !== undefined) return { kind: 'go', claims, idTokenClaims }
    await calls.misfit(tenantId, 'before_token', 'gave claims that a hook may not give, or too many')
    return verdict.onFailure === 'allow' ? { kind: 'go', claims: {}, idTokenClaims: {} } : { kind: 'stop', sentence: failedRefusal }
  },
})

/** The routes of hooks below the admin API. */
export const hookRoutes = (calls: HookCalls, { db, limit }: { readonly db: Database; readonly limit: number }): readonly AnyRoute[] =>
  hooksAdminRoutes({ limit, calls, note: noting(db) })

import { hmacSha256 } from '../platform/digest.ts'
import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import { newId } from '../platform/ids.ts'
import { failedRefusal, type Hook, type HookPoint, type Hooks, type HookVerdict, hooksKey, readHookAnswer, silentRefusal } from './hooks.ts'
import { webhookHeaders } from './webhook-signature.ts'

export type HookCallDeps = {
  readonly readSetting: <T>(tenantId: string, key: string) => Promise<T | undefined>
  readonly fetch: GuardedFetch
  /** Secrets are derived from it: nothing of them is kept. */
  readonly key: Uint8Array
  readonly now: () => number
  /** Notes that a hook failed, at most once a minute for each. */
  readonly noteFailure: (tenantId: string, failure: { readonly hook: HookPoint; readonly reason: string }) => Promise<void>
}

type Asked = { readonly tenantId: string; readonly point: HookPoint; readonly hook: Hook; readonly data: Readonly<Record<string, unknown>> }
type Answered = { readonly kind: 'answered'; readonly verdict: HookVerdict } | { readonly kind: 'failed'; readonly reason: string }

const answerBytesMax = 16_384
const underWayMax = 200
const noteSeconds = 60

/** The signing secret of a hook in the form of Standard Webhooks. */
export const hookSecret = (
  key: Uint8Array,
  { tenantId, point, version }: { tenantId: string; point: HookPoint; version: number },
): string => `whsec_${hmacSha256(key, JSON.stringify([tenantId, point, version])).toString('base64')}`

const secretsOf = ({ key }: HookCallDeps, { tenantId, point, hook: { secretVersion } }: Asked): readonly string[] =>
  [secretVersion, secretVersion - 1].filter((version) => version > 0).map((version) => hookSecret(key, { tenantId, point, version }))

const ask = async (deps: HookCallDeps, asked: Asked): Promise<Answered> => {
  const { point, tenantId, hook, data } = asked
  const now = deps.now()
  const body = JSON.stringify({ type: point, timestamp: new Date(now).toISOString(), tenant_id: tenantId, data })
  const headers = webhookHeaders(secretsOf(deps, asked), { id: newId(), timestampSeconds: Math.floor(now / 1000), body })
  try {
    const { status, text } = await deps.fetch(hook.url, {
      method: 'POST',
      headers,
      body,
      timeoutMs: hook.timeoutMs,
      bytesMax: answerBytesMax,
    })
    if (status < 200 || status > 299) return { kind: 'failed', reason: `answered ${status}` }
    const answer = readHookAnswer(point, text)
    if (answer === undefined) return { kind: 'failed', reason: 'answered what no hook may' }
    const { action, message = silentRefusal, members } = answer
    const verdict: HookVerdict =
      action === 'refuse' ? { kind: 'refused', sentence: message } : { kind: 'allowed', members, onFailure: hook.onFailure }
    return { kind: 'answered', verdict }
  } catch (error) {
    return { kind: 'failed', reason: (error as Error).message.slice(0, 300) }
  }
}

export type HookCalls = {
  /** Asks the hook of the tenant, if it has one. No connection and no transaction may be held meanwhile. */
  readonly call: (tenantId: string, point: HookPoint, data: () => Readonly<Record<string, unknown>>) => Promise<HookVerdict>
  /** Whether the tenant has a hook that is asked. */
  readonly isSet: (tenantId: string, point: HookPoint) => Promise<boolean>
  /** What follows where an answer was read and does not fit after all. */
  readonly misfit: (tenantId: string, point: HookPoint, reason: string) => Promise<void>
  /** Asks a hook with a sample, whether it is enabled or not; undefined where there is none. */
  readonly test: (tenantId: string, point: HookPoint) => Promise<Answered | undefined>
  readonly secret: (tenantId: string, point: HookPoint) => Promise<string | undefined>
}

/** Asks the hooks of all tenants. */
export const createHookCalls = (deps: HookCallDeps): HookCalls => {
  const noted = new Map<string, number>()
  let underWay = 0
  const hookOf = async (tenantId: string, point: HookPoint): Promise<Hook | undefined> =>
    (await deps.readSetting<Hooks>(tenantId, hooksKey))?.[point]
  const note = async (tenantId: string, point: HookPoint, reason: string): Promise<void> => {
    const name = `${tenantId} ${point}`
    if ((noted.get(name) ?? 0) > deps.now() - noteSeconds * 1000) return
    if (noted.size > 10_000) noted.clear()
    noted.set(name, deps.now())
    await deps.noteFailure(tenantId, { hook: point, reason })
  }
  const within = async (work: () => Promise<Answered>): Promise<Answered> => {
    if (underWay >= underWayMax) return { kind: 'failed', reason: 'too many calls are under way' }
    underWay += 1
    try {
      return await work()
    } finally {
      underWay -= 1
    }
  }
  return {
    call: async (tenantId, point, data) => {
      const hook = await hookOf(tenantId, point)
      if (hook === undefined || !hook.isEnabled) return { kind: 'none' }
      const answered = await within(() => ask(deps, { tenantId, point, hook, data: data() }))
      if (answered.kind === 'answered') return answered.verdict
      await note(tenantId, point, answered.reason)
      return hook.onFailure === 'allow' ? { kind: 'none' } : { kind: 'refused', sentence: failedRefusal }
    },
    isSet: async (tenantId, point) => (await hookOf(tenantId, point))?.isEnabled === true,
    misfit: note,
    test: async (tenantId, point) => {
      const hook = await hookOf(tenantId, point)
      return hook && ask(deps, { tenantId, point, hook, data: { test: true } })
    },
    secret: async (tenantId, point) => {
      const hook = await hookOf(tenantId, point)
      return hook && hookSecret(deps.key, { tenantId, point, version: hook.secretVersion })
    },
  }
}

import type { Client } from '../clients/clients.ts'
import { type KeyRing, signJwt } from '../keys/keys.ts'
import type { GuardedFetch } from '../platform/guarded-fetch/guarded-fetch.ts'
import { newId } from '../platform/ids.ts'
import { logoutTokenClaims } from './logout.ts'
import type { LogoutDelivery, SessionClientStore, Settlement } from './store/session-clients.store.ts'
import { subjectOf } from './subject.ts'

export type LogoutJobDeps = {
  /** The issuer whose session it was, with its keys; undefined where the tenant is not served. */
  readonly findSigner: (tenantId: string) => Promise<{ readonly issuer: string; readonly ring: KeyRing } | undefined>
  readonly subjectKey: Uint8Array
  readonly store: SessionClientStore
  readonly findClient: (tenantId: string, clientId: string) => Promise<Client | undefined>
  readonly fetch: GuardedFetch
  readonly nowSeconds: () => number
  readonly onFailure: (delivery: LogoutDelivery, reason: string) => void
  readonly onError: (error: unknown) => void
}

/** Waits between attempts in seconds: quick at first, for half a day in all. */
const waits = [5, 30, 120, 600, 3600, 14_400, 21_600]

const settlementOf = (attempts: number, error: string): Settlement => {
  const waitSeconds = waits[attempts - 1]
  return waitSeconds === undefined ? { kind: 'given-up', waitSeconds: 0, error } : { kind: 'again', waitSeconds, error }
}

const send = async (
  deps: LogoutJobDeps,
  delivery: LogoutDelivery,
  { client, uri }: { client: Client; uri: string },
): Promise<Settlement> => {
  const signer = await deps.findSigner(delivery.tenantId)
  if (signer === undefined) return settlementOf(delivery.attempts, 'the tenant is not served')
  const claims = logoutTokenClaims({
    issuer: signer.issuer,
    clientId: client.id,
    sub: subjectOf(deps.subjectKey, client, delivery.userId),
    sid: delivery.sessionId,
    jti: newId(),
    now: deps.nowSeconds(),
  })
  const token = signJwt(signer.ring.signer(client.idTokenSignedResponseAlg), { typ: 'logout+jwt' }, claims)
  try {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { status } = await deps.fetch(uri, { method: 'POST', headers, body: `logout_token=${token}` })
    // OpenID Connect Back-Channel Logout 1.0 section 2.8: 200, and 204 from many frameworks.
    if (status >= 200 && status < 300) return { kind: 'delivered', waitSeconds: 0, error: undefined }
    return settlementOf(delivery.attempts, `answered ${status}`)
  } catch (error) {
    return settlementOf(delivery.attempts, (error as Error).message)
  }
}

const deliverOne = async (deps: LogoutJobDeps, delivery: LogoutDelivery): Promise<void> => {
  const client = await deps.findClient(delivery.tenantId, delivery.clientId)
  const uri = client?.isEnabled ? client.backchannelLogoutUri : undefined
  if (client === undefined || uri === undefined) return deps.store.settle(delivery, { kind: 'delivered', waitSeconds: 0, error: undefined })
  const settlement = await send(deps, delivery, { client, uri })
  if (settlement.error !== undefined) deps.onFailure(delivery, settlement.error)
  await deps.store.settle(delivery, settlement)
}

const batch = 20
const catchUpSeconds = 86_400
const overlapSeconds = 30

/** Delivers logout tokens of sessions that have ended, however they did: looks once a second, as far back as the last look, and a day at the start. */
export const startLogoutDeliveries = (deps: LogoutJobDeps): { readonly stop: () => void } => {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let markedAt = deps.nowSeconds() - catchUpSeconds
  const look = async (): Promise<void> => {
    // Deliveries that were slow, a sleeping machine or an outage may lie between two looks.
    const began = deps.nowSeconds()
    await deps.store.markEnded(Math.max(0, began - markedAt) + overlapSeconds)
    markedAt = began
    for (let claimed = await deps.store.claim(batch); claimed.length > 0 && !isStopped; claimed = await deps.store.claim(batch))
      await Promise.all(claimed.map((one) => deliverOne(deps, one)))
  }
  const schedule = (): void => {
    if (isStopped) return
    timer = setTimeout(() => look().catch(deps.onError).finally(schedule), 1000)
    timer.unref()
  }
  schedule()
  return {
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

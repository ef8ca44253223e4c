import { seal } from '../platform/seal.ts'
import { type Algorithm, firstAlgorithms, makeKey } from './key-pair.ts'
import { sealContext } from './key-ring.ts'

/** What a rotation needs of the database, in one transaction; `keys.job.ts` supplies it. */
export type KeyChanges<Tx> = {
  readonly run: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  readonly list: (
    tx: Tx,
  ) => Promise<
    readonly { id: string; algorithm: Algorithm; active_at: Date; retired_at: Date | null; revoked_at: Date | null; created_at: Date }[]
  >
  readonly insert: (tx: Tx, key: SealedKey, leadSeconds: number) => Promise<void>
  readonly revoke: (tx: Tx, kid: string) => Promise<boolean>
  readonly note: (tx: Tx, change: KeyChange) => Promise<void>
}
export type SealedKey = { readonly kid: string; readonly algorithm: Algorithm; readonly publicJwk: object; readonly sealedPrivate: Buffer }
export type KeyChange =
  | { readonly type: 'key.created'; readonly kid: string; readonly algorithm: Algorithm }
  | { readonly type: 'key.rotated'; readonly kid: string; readonly successor: string; readonly algorithm: Algorithm }
  | { readonly type: 'key.revoked'; readonly kid: string; readonly algorithm: Algorithm }

export type RotationOptions = { readonly tenantId: string; readonly sealingKey: Uint8Array; readonly now: () => number }

/** Twice as long as a client may keep the published set: whoever sees a token of the new key has its public part. */
export const publishLeadSeconds = 600

const newSealedKey = async (options: RotationOptions, algorithm: Algorithm): Promise<SealedKey> => {
  const { kid, publicJwk, privateKey } = await makeKey(algorithm)
  return { kid, algorithm, publicJwk, sealedPrivate: seal(options.sealingKey, privateKey, sealContext(options.tenantId, kid)) }
}

/** Makes the keys that are missing, active at once. The pairs are made before the transaction begins. */
export const ensureKeys = async <Tx>(
  changes: KeyChanges<Tx>,
  options: RotationOptions,
  algorithms: readonly Algorithm[] = firstAlgorithms,
): Promise<void> => {
  const isMissing =
    (rows: readonly { algorithm: Algorithm; revoked_at: Date | null; retired_at: Date | null }[]) => (algorithm: Algorithm) =>
      !rows.some((row) => row.algorithm === algorithm && row.revoked_at === null && row.retired_at === null)
  const before = await changes.run((tx) => changes.list(tx))
  const missing = algorithms.filter(isMissing(before))
  if (missing.length === 0) return
  const made = await Promise.all(missing.map((algorithm) => newSealedKey(options, algorithm)))
  await changes.run(async (tx) => {
    const stillMissing = new Set(algorithms.filter(isMissing(await changes.list(tx))))
    for (const key of made.filter(({ algorithm }) => stillMissing.has(algorithm))) {
      await changes.insert(tx, key, 0)
      await changes.note(tx, { type: 'key.created', kid: key.kid, algorithm: key.algorithm })
    }
  })
}

export type RotateResult = { readonly kind: 'rotated' | 'already-pending'; readonly kid: string; readonly activeInSeconds: number }

type RotateRequest = { readonly algorithm: Algorithm; readonly isImmediate: boolean; readonly olderThanSeconds?: number }

/** Publishes a successor that signs after the lead (at once when asked). A successor that is already waiting is the answer of a second call. */
export const rotateKey = async <Tx>(
  changes: KeyChanges<Tx>,
  options: RotationOptions,
  request: RotateRequest,
): Promise<RotateResult | undefined> => {
  const { algorithm, isImmediate, olderThanSeconds } = request
  const made = await newSealedKey(options, algorithm)
  return changes.run(async (tx) => {
    const rows = (await changes.list(tx)).filter((row) => row.algorithm === algorithm && row.revoked_at === null && row.retired_at === null)
    const newest = rows.at(-1)
    const wait = newest === undefined ? 0 : (newest.active_at.getTime() - options.now()) / 1000
    if (newest !== undefined && wait > 0 && !isImmediate) return { kind: 'already-pending', kid: newest.id, activeInSeconds: wait }
    if (newest !== undefined && olderThanSeconds !== undefined && options.now() - newest.active_at.getTime() < olderThanSeconds * 1000)
      return undefined
    const lead = isImmediate || newest === undefined ? 0 : publishLeadSeconds
    await changes.insert(tx, made, lead)
    await changes.note(
      tx,
      newest === undefined
        ? { type: 'key.created', kid: made.kid, algorithm }
        : { type: 'key.rotated', kid: newest.id, successor: made.kid, algorithm },
    )
    return { kind: 'rotated', kid: made.kid, activeInSeconds: lead }
  })
}

type KeyTimes = {
  readonly algorithm: Algorithm
  readonly active_at: Date
  readonly retired_at: Date | null
  readonly revoked_at: Date | null
}

const signsNow = ({ active_at, retired_at, revoked_at }: KeyTimes, now: number): boolean =>
  revoked_at === null && active_at.getTime() <= now && (retired_at === null || retired_at.getTime() > now)

/**
 * Refuses every token of the key from now on. Where nothing else signs for its algorithm, also while a successor still waits, a new key takes over
 * in the same transaction: there is no moment without a signer.
 */
export const revokeKeyNow = async <Tx>(changes: KeyChanges<Tx>, options: RotationOptions, kid: string): Promise<boolean> => {
  const known = (await changes.run((tx) => changes.list(tx))).find(({ id }) => id === kid)
  if (known === undefined) return false
  const { algorithm } = known
  const made = await newSealedKey(options, algorithm)
  return changes.run(async (tx) => {
    if (!(await changes.revoke(tx, kid))) return false
    await changes.note(tx, { type: 'key.revoked', kid, algorithm })
    const hasSigner = (await changes.list(tx)).some((row) => row.algorithm === algorithm && signsNow(row, options.now()))
    if (hasSigner) return true
    await changes.insert(tx, made, 0)
    await changes.note(tx, { type: 'key.created', kid: made.kid, algorithm })
    return true
  })
}

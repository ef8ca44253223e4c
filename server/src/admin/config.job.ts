import { type Database, inTransaction, type Tx } from '../db/database.ts'
import { type EventRow, makeEvent } from '../events/events.ts'
import { sha256 } from '../platform/digest.ts'
import { findConfigVersion, insertVersion, listConfigVersions, lockConfig, versionsSince } from './config.store.ts'
import { type ConfigActing, readDocument, runDocument, type Secret, type Section } from './config-run.job.ts'
import { changeSingle, type Single } from './config-single.job.ts'
import { type Change, type ConfigDocument, type ConfigProblem, canonical, countsOf, documentBackTo, documentOfFormer } from './document.ts'
import { undoable } from './undoable.ts'

export type { ConfigVersion, WholeVersion } from './config.store.ts'
export type { ConfigActing, Section } from './config-run.job.ts'

export type ConfigDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly sections: readonly Section[]
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
  /** Whether the tenant asks for two persons. */
  readonly needsApproval: (tx: Tx) => Promise<boolean>
  /** Fetches what the checks of the document will ask for: nothing is fetched inside a transaction. */
  readonly prefetch: (document: ConfigDocument) => Promise<void>
  /** Makes the keys that the dry run asked for: they take long. */
  readonly makeKeys: () => Promise<void>
  /** Lets this process see at once what was changed. */
  readonly forget: () => void
}

export type ConfigInput = { readonly document: ConfigDocument; readonly prune: boolean }
export type Planned = { readonly kind: 'planned'; readonly hash: string; readonly changes: readonly Change[] }
export type Refused = { readonly kind: 'refused'; readonly problems: readonly ConfigProblem[] }
export type Applied = {
  readonly kind: 'applied'
  readonly version: number
  readonly changes: readonly Change[]
  readonly secrets: readonly Secret[]
}
export type ApplyOutcome =
  | Applied
  | Refused
  | { readonly kind: 'unchanged' | 'approval-needed' | 'spent' }
  | { readonly kind: 'stale'; readonly planned: Planned }

const plannedOf = (changes: readonly Change[]): Planned => ({
  ...{ kind: 'planned', changes },
  hash: sha256(canonical(changes)).toString('hex'),
})

// What is planned is done and undone: the plan is what applying does, with every check of it.
const plan = async (deps: ConfigDeps, acting: ConfigActing, input: ConfigInput): Promise<Planned | Refused> => {
  await deps.prefetch(input.document)
  return undoable<Planned | Refused>(deps.db, async (tx, undo) => {
    const { tenantId, sections } = deps
    // Its events are undone with it, and counted nowhere.
    const dry = { ...acting, approval: 'plan', make: (event: Parameters<ConfigActing['make']>[0]) => makeEvent({ ...event, tenantId }) }
    const { changes, problems } = await runDocument({ tx, acting: dry as ConfigActing, sections, ...input })
    return undo(problems.length > 0 ? { kind: 'refused', problems } : plannedOf(changes))
  })
}

export type Applying = ConfigInput & {
  /** The plan that was looked at. */
  readonly hash?: string | undefined
  /** What is spent in the same transaction; false where it was spent by another. */
  readonly spend?: ((tx: Tx) => Promise<boolean>) | undefined
}

const apply = async (deps: ConfigDeps, acting: ConfigActing, { hash, spend, ...input }: Applying): Promise<ApplyOutcome> => {
  const { db, tenantId, sections, record } = deps
  const planned = await plan(deps, acting, input)
  if (planned.kind === 'refused') return planned
  await deps.makeKeys()
  const outcome = await undoable<ApplyOutcome>(db, async (tx, undo) => {
    await lockConfig(tenantId, tx)
    if (acting.approval === undefined && (await deps.needsApproval(tx))) return undo({ kind: 'approval-needed' })
    if (spend !== undefined && !(await spend(tx))) return undo({ kind: 'spent' })
    const { changes, problems, secrets, former } = await runDocument({ tx, acting, sections, ...input })
    if (problems.length > 0) return undo({ kind: 'refused', problems })
    const now = plannedOf(changes)
    if (hash !== undefined && hash !== now.hash) return undo({ kind: 'stale', planned: now })
    if (changes.length === 0) return undo({ kind: 'unchanged' })
    const whole = { ...acting, permissions: new Set(sections.map(({ read }) => read)) }
    const { via, actor, approval } = acting
    const document = await readDocument(tx, sections, whole)
    const version = await insertVersion(tenantId, tx, { document, changes, former, via, actor, approval })
    await record(tx, acting.make({ type: 'config.applied', payload: { version, ...countsOf(changes), via, approval: approval ?? null } }))
    return { kind: 'applied', version, changes, secrets }
  })
  if (outcome.kind === 'applied') deps.forget()
  return outcome
}

/** `gone`: there is no such version. `shortened`: what it takes to go back to it is not kept any more. */
export type BackTo = { readonly kind: 'found'; readonly document: ConfigDocument } | { readonly kind: 'gone' | 'shortened' }

/** The document that goes back to a version. */
const backTo = async ({ db, tenantId }: ConfigDeps, version: number): Promise<BackTo> => {
  const kept = await findConfigVersion(tenantId, db, version)
  if (kept === undefined) return { kind: 'gone' }
  const since = await versionsSince(tenantId, db, version)
  const formers = since.map(({ former }) => former).filter((former) => former !== null)
  if (formers.length === since.length) return { kind: 'found', document: documentOfFormer(formers) }
  // Versions of older releases do not tell what was before them: the way back needs the whole document then.
  if (!kept.is_whole) return { kind: 'shortened' }
  const changes = since.flatMap((one) => one.changes)
  return { kind: 'found', document: documentBackTo(kept.document, changes) }
}

/** The configuration of a tenant as one document; each application of it is one transaction with its events. */
export const createConfigAdmin = (deps: ConfigDeps) => {
  const { db, tenantId, sections } = deps
  return {
    read: (acting: ConfigActing) => inTransaction(db, { isIdempotent: true }, (tx) => readDocument(tx, sections, acting)),
    plan: (acting: ConfigActing, input: ConfigInput) => plan(deps, acting, input),
    apply: (acting: ConfigActing, input: Applying) => apply(deps, acting, input),
    single: <T>(acting: ConfigActing, change: Single<T>) => changeSingle(deps, acting, change),
    backTo: (version: number) => backTo(deps, version),
    versions: (page: { below: number; limit: number }) => listConfigVersions(tenantId, db, page),
    version: (version: number) => findConfigVersion(tenantId, db, version),
    needsApproval: () => inTransaction(db, { isIdempotent: true }, deps.needsApproval),
    /** The sections that these permissions let somebody see. */
    visible: ({ permissions }: Pick<ConfigActing, 'permissions'>): ReadonlySet<string> =>
      new Set(sections.filter(({ read }) => permissions.has(read)).map(({ name }) => name)),
  }
}

export type ConfigAdmin = ReturnType<typeof createConfigAdmin>

import type { Database, Tx } from '../db/database.ts'
import type { EventRow } from '../events/events.ts'
import { insertVersion, lockConfig } from './config.store.ts'
import type { ConfigActing, Section } from './config-run.job.ts'
import { type Change, type ConfigDocument, changeOf, countsOf, type Item } from './document.ts'
import { undoable } from './undoable.ts'

type SingleDeps = {
  readonly db: Database
  readonly tenantId: string
  readonly sections: readonly Section[]
  readonly needsApproval: (tx: Tx) => Promise<boolean>
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

/** A change of one thing, by the routes that are there for it. */
export type Single<T> = {
  readonly section: string
  /** It is made at once, whether the tenant asks for two persons or not. */
  readonly isUrgent: boolean
  /**
   * What the thing is called in the configuration, asked before the work and after it; undefined where it is not there, or is no part of the configuration.
   */
  readonly name: (tx: Tx, outcome: T | undefined) => Promise<string | undefined>
  /** `approval` stands in place of a second person where the work is going to be undone. */
  readonly work: (tx: Tx, approval: string | undefined) => Promise<T>
  /** Whether the outcome tells that nothing was changed, where the work answers that and does not throw it. */
  readonly isRefused?: (outcome: T) => boolean
}

/** `waits`: it was undone, and this is what it would have made. `unchanged`, `renamed`: it was undone, and cannot wait. */
export type SingleOutcome<T> =
  | { readonly kind: 'made'; readonly outcome: T }
  | { readonly kind: 'unchanged'; readonly outcome: T }
  | { readonly kind: 'waits'; readonly document: ConfigDocument }
  | { readonly kind: 'renamed' }

type Seen = { readonly key: string | undefined; readonly item: Item | undefined }

const itemAt = async ({ section, key }: { section: ReturnType<Section['items']>; key: string | undefined }): Promise<Seen> => ({
  ...{ key, item: key === undefined ? undefined : await section.find(key) },
})

type Kept = { readonly changes: readonly Change[]; readonly document: ConfigDocument; readonly former: ConfigDocument }

const keptOf = (section: string, before: Seen, after: Seen): Kept | undefined => {
  const isRenamed = before.item !== undefined && after.item !== undefined && before.key !== after.key
  const key = after.item === undefined ? (before.key ?? after.key) : after.key
  if (key === undefined) return undefined
  if (isRenamed) {
    const difference = { at: 'name', before: before.key, after: key }
    return {
      changes: [{ section, key, kind: 'change', differences: [difference] }],
      document: { [section]: { [key]: after.item ?? null } },
      former: {},
    }
  }
  const change = changeOf({ section, key, before: before.item, after: after.item })
  if (change === undefined) return undefined
  return {
    changes: [change],
    document: { [section]: { [key]: after.item ?? null } },
    former: { [section]: { [key]: before.item ?? null } },
  }
}

/** The version of what was changed; where it went past a second person the audit says so, whatever kind of thing it was. */
const keep = async ({ tenantId, record }: SingleDeps, tx: Tx, { kept, acting }: { kept: Kept; acting: ConfigActing }): Promise<void> => {
  const { via, actor, approval, make } = acting
  const version = await insertVersion(tenantId, tx, { ...kept, via, actor, approval })
  if (approval !== undefined)
    await record(tx, make({ type: 'config.applied', payload: { version, ...countsOf(kept.changes), via, approval } }))
}

/** Makes a change of one thing and keeps it as a version; where the tenant asks for two persons it is undone, and told as a document. */
export const changeSingle = <T>(deps: SingleDeps, acting: ConfigActing, single: Single<T>): Promise<SingleOutcome<T>> => {
  const section = deps.sections.find(({ name }) => name === single.section)
  if (section === undefined) throw new Error(`The configuration has no section ${single.section}.`)
  const { tenantId } = deps
  return undoable<SingleOutcome<T>>(deps.db, async (tx, undo) => {
    await lockConfig(tenantId, tx)
    const items = section.items(tx, acting)
    const waits = !single.isUrgent && acting.approval === undefined && (await deps.needsApproval(tx))
    const before = await itemAt({ section: items, key: await single.name(tx, undefined) })
    const outcome = await single.work(tx, waits ? 'plan' : acting.approval)
    if (single.isRefused?.(outcome) === true) return undo({ kind: 'unchanged', outcome })
    const after = await itemAt({ section: items, key: await single.name(tx, outcome) })
    const kept = keptOf(section.name, before, after)
    const isConfiguration = before.key !== undefined || after.key !== undefined
    if (kept === undefined) return waits && isConfiguration ? undo({ kind: 'unchanged', outcome }) : { kind: 'made', outcome }
    if (waits) return undo(Object.keys(kept.former).length === 0 ? { kind: 'renamed' } : { kind: 'waits', document: kept.document })
    await keep(deps, tx, { kept, acting })
    return { kind: 'made', outcome }
  })
}

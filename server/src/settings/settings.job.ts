import { type Database, inTransaction, type Sql, type Tx } from '../db/database.ts'
import { type EventMaker, type EventRow, makeEvent } from '../events/events.ts'
import { Problem } from '../platform/problem.ts'
import { type ApprovalSetting, approvalKey } from './approval-setting.ts'
import { lockSetting, readSetting, readVersioned, writeSetting } from './settings.store.ts'

export { readSetting, readVersioned, type VersionedSetting } from './settings.store.ts'
export { findVersion, listVersions, type SettingVersion } from './versions.store.ts'

/**
 * Who decides: the command line where nothing is said. `actor` as in the events. `approval` where a second person approved the change, or it was waived at the
 * machine.
 */
export type SettingOperator = {
  readonly via: 'cli' | 'admin'
  readonly make: EventMaker['make']
  readonly actor: string | undefined
  readonly approval?: string | undefined
}

/** The tenant asks for two persons, and there was one. */
export class ApprovalNeeded extends Problem {
  override readonly name = 'ApprovalNeeded'
  constructor() {
    super(
      'This tenant asks that a second person approves changes of its configuration. Make the change in the console or with the admin API, and let somebody else approve it; at the machine --without-approval goes past that and is recorded.',
    )
  }
}

/** Whether changes of settings and of the configuration wait for a second person. */
export const needsApproval = async (tenantId: string, tx: Sql): Promise<boolean> =>
  (await readSetting<ApprovalSetting>(tenantId, tx, approvalKey))?.twoPersons ?? false

/** Throws where a change would need a second person. It stands before every write of a setting. */
export const assertApproved = async (tenantId: string, tx: Sql, operator: Pick<SettingOperator, 'approval'>): Promise<void> => {
  if (operator.approval === undefined && (await needsApproval(tenantId, tx))) throw new ApprovalNeeded()
}

export type SettingDeps = {
  /** Inside a transaction of the caller's, a change belongs to that. */
  readonly db: Database | Tx
  readonly tenantId: string
  readonly operator?: SettingOperator | undefined
  readonly record: (tx: Tx, ...events: readonly EventRow[]) => Promise<void>
}

/**
 * `change` makes the new value from the present one; undefined leaves it as it is. `version` is the one that the change was made on. `also` makes a further
 * event of it.
 */
export type SettingChange<T> = {
  readonly key: string
  readonly change: (before: T | undefined) => T | undefined
  readonly version?: string | undefined
  readonly also?: ((make: EventMaker['make'], value: T) => EventRow) | undefined
}

export type SettingOutcome = { readonly kind: 'saved'; readonly version: number } | { readonly kind: 'unchanged' | 'changed-meanwhile' }

export const operatorOf = ({ tenantId, operator }: SettingDeps): SettingOperator =>
  operator ?? { via: 'cli', make: (input) => makeEvent({ ...input, tenantId }), actor: undefined }

/** Reads, changes and writes a setting with its events in one transaction, after every other change of it. */
export const saveSetting = <T>(deps: SettingDeps, { key, change, version, also }: SettingChange<T>): Promise<SettingOutcome> =>
  inTransaction(deps.db, { isIdempotent: true }, async (tx): Promise<SettingOutcome> => {
    const { tenantId, record } = deps
    const { via, make, actor, approval } = operatorOf(deps)
    await assertApproved(tenantId, tx, { approval })
    await lockSetting(tenantId, tx, key)
    const before = await readVersioned<T>(tenantId, tx, key)
    if (version !== undefined && version !== String(before.version)) return { kind: 'changed-meanwhile' }
    const value = change(before.value)
    if (value === undefined) return { kind: 'unchanged' }
    const saved = await writeSetting(tenantId, tx, { key, value, via, actor })
    const event = make({ type: 'setting.saved', payload: { key, version: saved, via, approval: approval ?? null } })
    await record(tx, event, ...(also === undefined ? [] : [also(make, value)]))
    return { kind: 'saved', version: saved }
  })

/** The same for who has no version to go by; false where it was left as it was. */
export const changeSetting = async <T>(deps: SettingDeps, change: Omit<SettingChange<T>, 'version'>): Promise<boolean> =>
  (await saveSetting(deps, change)).kind === 'saved'

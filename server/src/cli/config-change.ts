import { everything } from '../access/access.job.ts'
import type { Base } from '../compose.ts'
import { type ConfigActing, type ConfigAdmin, configAdminOf } from '../compose-config.ts'
import { type Outside, providing } from '../compose-config-outside.ts'
import type { Tx } from '../db/database.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { ApprovalNeeded, type SettingDeps } from '../settings/settings.job.ts'
import { waivedApproval } from './approval.ts'
import { outsideOf } from './outside.ts'

/** Who changes the configuration at the machine: somebody who may do everything, since whoever reaches the database can. */
export const configActing = ({ tenantId }: Pick<Base, 'tenantId'>): ConfigActing => ({
  ...{ via: 'cli', actor: undefined, permissions: everything, approval: waivedApproval() },
  make: (input) => makeEvent({ ...input, tenantId }),
})

/** The configuration of the tenant that was chosen. */
export const configOf = (base: Base): ConfigAdmin => {
  const { config, db, tenantId } = base
  const nothing = (): void => undefined
  return configAdminOf({ config, db, tenantId, fetchJson: outsideOf(base).fetchJson, forget: nothing, reloadKeys: nothing })
}

/** What a change of the configuration works with. `approval` stands in the events in place of a second person. */
export type WithinChange = Outside & { readonly tx: Tx; readonly approval: string | undefined }

export type ConfigChange<T> = {
  readonly section: string
  /** It is made at once, whether the tenant asks for two persons or not. */
  readonly isUrgent?: boolean
  /** What the thing is called in the configuration, asked before the work and, with its outcome, after it. */
  readonly name: (tx: Tx, outcome: T | undefined) => Promise<string | undefined> | string | undefined
  /** Whether the outcome tells that nothing was changed: it is undone, and no version. */
  readonly isRefused: (outcome: T) => boolean
  readonly work: (within: WithinChange) => Promise<T>
}

/** Changes one thing of the configuration, as a version that can be taken back; refuses where the tenant asks for a second person. */
export const changeConfig = <T>(base: Base, { isUrgent = false, name, work, ...change }: ConfigChange<T>): Promise<T> =>
  providing(outsideOf(base), async ({ outside, settled }) => {
    const made = await configOf(base).single<T>(configActing(base), {
      ...{ ...change, isUrgent, name: async (...at) => name(...at) },
      work: (tx, approval) => settled(() => work({ ...outside, tx, approval })),
    })
    if (made.kind === 'made' || made.kind === 'unchanged') return made.outcome
    throw new ApprovalNeeded()
  })

/** How the command line writes settings within a change. */
export const settingDeps = ({ tenantId }: Pick<Base, 'tenantId'>, { tx, approval }: WithinChange): SettingDeps => ({
  ...{ db: tx, tenantId, record },
  operator: { via: 'cli', make: (input) => makeEvent({ ...input, tenantId }), actor: undefined, approval },
})

type SettingChange<T> = { readonly name: string; readonly change: (deps: SettingDeps) => Promise<T> }

/** The same of a setting, by its name among the settings; false where nothing had to be changed. */
export const changeSettingOf = <T>(base: Base, { name, change }: SettingChange<T>): Promise<T> =>
  changeConfig<T>(base, {
    ...{ section: 'settings', name: () => name, isRefused: (outcome) => outcome === false },
    work: (within) => change(settingDeps(base, within)),
  })

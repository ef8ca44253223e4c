import type { Command } from 'commander'
import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import type { SettingDeps } from '../settings/settings.job.ts'

let isWaived = false

/** Adds `--without-approval`, by which whoever sits at the machine goes past the second person that the tenant asks for. */
export const withApprovalChoice = (program: Command): Command =>
  program
    .option('--without-approval', 'change it although the tenant asks that a second person approves; this is recorded')
    .hook('preAction', (command) => {
      isWaived = command.opts<{ withoutApproval?: boolean }>().withoutApproval === true
    })

/** What stands in the event where approval was waived; undefined where a second person is still asked for. */
export const waivedApproval = (): string | undefined => (isWaived ? 'waived' : undefined)

/** How the command line changes settings. */
export const settingDeps = ({ db, tenantId }: Pick<Base, 'db' | 'tenantId'>): SettingDeps => ({
  ...{ db, tenantId, record },
  operator: { via: 'cli', make: (input) => makeEvent({ ...input, tenantId }), actor: undefined, approval: waivedApproval() },
})

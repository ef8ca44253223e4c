import type { Command } from 'commander'

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

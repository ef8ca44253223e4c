import { Command } from 'commander'
import { packageVersion } from '../config/config.ts'
import { withApprovalChoice } from './approval.ts'
import { withTenantChoice } from './chosen-tenant.ts'
import { commands } from './commands.ts'
import { fail } from './fail.ts'
import { endWithReader } from './output.ts'

/** The `cip` command: exit code 0 for success, 1 for a failure that is told, 2 for a command line that does not fit. */
export const createProgram = (): Command => {
  const program = new Command('cip')
    .description('Custom Identity Platform: the server and its command line.')
    .version(packageVersion)
    .showHelpAfterError('(run with --help to see what there is)')
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  withTenantChoice(program)
  withApprovalChoice(program)
  for (const register of commands) register(program)
  return program
}

export const runProgram = async (argv: readonly string[]): Promise<void> => {
  endWithReader()
  try {
    await createProgram().parseAsync([...argv])
  } catch (error) {
    fail(error)
  }
}

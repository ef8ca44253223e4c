import { DatabaseUnavailable } from '../db/errors.ts'
import { Problem } from '../platform/problem.ts'
import { CliError } from './errors.ts'

/** Tells what stopped a command and ends with its exit code: a sentence where it was foreseen, the stack where it was not. */
export const fail = (error: unknown): never => {
  if (error instanceof Problem) process.stderr.write(`${error.message}\n`)
  else if (error instanceof DatabaseUnavailable)
    process.stderr.write('The database was lost in the middle of the command. Run it again when the database is back.\n')
  else process.stderr.write(`Unexpected error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(error instanceof CliError ? error.exitCode : 1)
}

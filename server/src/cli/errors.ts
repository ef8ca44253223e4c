import { Problem } from '../platform/problem.ts'

/** A command that cannot go on: the message says why and what to do. */
export class CliError extends Problem {
  override readonly name = 'CliError'
  readonly exitCode: number
  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

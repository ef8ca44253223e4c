import { Problem } from '../platform/problem.ts'

export class MigrationError extends Problem {
  override readonly name = 'MigrationError'
}

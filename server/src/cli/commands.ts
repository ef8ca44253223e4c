import type { Command } from 'commander'
import { migrateCommand } from './migrate.ts'
import { serveCommand } from './serve.ts'

/** Every command, in the order of the help. */
export const commands: readonly ((program: Command) => void)[] = [serveCommand, migrateCommand]

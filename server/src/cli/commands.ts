import type { Command } from 'commander'
import { backupCommand } from './backup.ts'
import { completionCommand } from './completion.ts'
import { configCommand } from './config.ts'
import { doctorCommand } from './doctor.ts'
import { eventsCommand } from './events.ts'
import { importCommand } from './import-fastapi.ts'
import { keysCommand } from './keys.ts'
import { migrateCommand } from './migrate.ts'
import { restoreCommand } from './restore.ts'
import { serveCommand } from './serve.ts'
import { usersCommand } from './users.ts'

/** Every command, in the order of the help. */
export const commands: readonly ((program: Command) => void)[] = [
  serveCommand,
  migrateCommand,
  usersCommand,
  importCommand,
  keysCommand,
  eventsCommand,
  configCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
  completionCommand,
]

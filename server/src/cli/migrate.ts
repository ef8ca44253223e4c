import type { Command } from 'commander'
import { prepareDatabase } from '../db/connect.ts'
import { openDatabase } from '../db/database.ts'
import { migrate, migrationState } from '../db/migrate.ts'
import { commandContext } from './context.ts'
import { openForCommand } from './database.ts'

type Options = { readonly dryRun?: boolean; readonly json?: boolean }

const run = async ({ dryRun = false, json = false }: Options): Promise<void> => {
  const { config, log } = commandContext()
  const owner = config.databaseOwnerUrl
  const opened =
    owner === undefined ? await openForCommand(config, log) : { connection: { connectionString: owner }, stop: async () => undefined }
  try {
    const say = (level: 'info' | 'warn', sentence: string) => log[level]({}, sentence)
    await prepareDatabase({
      connection: opened.connection,
      isPooled: config.databasePooled,
      waitSeconds: config.databaseWait,
      say,
      withMigrations: false,
    })
    const db = openDatabase({ connection: opened.connection, size: 3, statementTimeoutMs: 0 })
    try {
      const { pending, unknown } = await migrationState(db.pool)
      const names = pending.map(({ name }) => name)
      if (dryRun && !json)
        process.stdout.write(pending.map(({ name, text }) => `-- migration ${name}\n${text}\n`).join('\n') || '-- nothing to apply\n')
      const applied = dryRun ? [] : await migrate(db.pool)
      if (json) process.stdout.write(`${JSON.stringify({ dryRun, pending: names, applied, unknown })}\n`)
      else if (!dryRun) process.stdout.write(applied.length > 0 ? `Applied: ${applied.join(', ')}\n` : 'The database is up to date.\n')
    } finally {
      await db.close()
    }
  } finally {
    await opened.stop()
  }
}

export const migrateCommand = (program: Command): void => {
  program
    .command('migrate')
    .description('apply the database migrations that are missing')
    .option('--dry-run', 'print the SQL and change nothing')
    .option('--json', 'answer as JSON')
    .action(run)
}

import type { Command } from 'commander'
import type { Config } from '../config/config.ts'
import { installationSecret } from '../config/installation.ts'
import type { Logger } from '../config/log.ts'
import { prepareDatabase } from '../db/connect.ts'
import { type Database, inTransaction, openDatabase } from '../db/database.ts'
import { type MigrationFile, migrationState, readMigrations } from '../db/migrate.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { findTenantId } from '../tenants/lookup.job.ts'
import { newRecoveryPassphrase } from './backup/passphrase.ts'
import { type BackupReport, writeBackup } from './backup/write-backup.ts'
import { commandContext } from './context.ts'
import { openForCommand } from './database.ts'
import { CliError } from './errors.ts'
import { readPassphrase } from './input.ts'
import { answer, tell, withExamples, withJson } from './output.ts'

type Options = { readonly passphraseFile?: string; readonly force?: boolean; readonly json?: boolean }

const passphraseLengthMin = 12

const appliedMigrations = async (db: Database): Promise<readonly MigrationFile[]> => {
  const { applied, unknown } = await migrationState(db.pool)
  if (applied.length === 0) throw new CliError('The database is empty: there is nothing to back up.')
  if (unknown.length > 0)
    throw new CliError(
      `The database was migrated by a newer release (${unknown.join(', ')}). Back it up with that release, which knows all of its tables.`,
    )
  return (await readMigrations()).filter(({ name }) => applied.includes(name))
}

const note = async (db: Database, rows: number): Promise<void> => {
  const tenantId = await findTenantId('default', db)
  if (tenantId === undefined) return
  await inTransaction(db, { isIdempotent: true }, (tx) => record(tx, makeEvent({ tenantId, type: 'backup.created', payload: { rows } })))
}

type Wanted = { readonly file: string; readonly passphrase: string; readonly isForced: boolean }

// A backup comes before an upgrade, so it takes the database as it is and applies no migration.
const backUp = async (config: Config, log: Logger, wanted: Wanted): Promise<BackupReport> => {
  const { connection, stop } = await openForCommand(config, log)
  try {
    const say = (level: 'info' | 'warn', sentence: string) => log[level]({}, sentence)
    const { databasePooled: isPooled, databaseWait: waitSeconds } = config
    await prepareDatabase({ connection, isPooled, waitSeconds, say, withMigrations: false })
    const db = openDatabase({ connection, size: 2, isPooled, statementTimeoutMs: 0 })
    try {
      const { secret } = installationSecret()
      if (secret === undefined) throw new CliError('The secret key was not found; a backup without it could not be used.')
      const report = await writeBackup({ db, migrations: await appliedMigrations(db), secret, release: config.version, ...wanted })
      await note(db, report.rows)
      return report
    } finally {
      await db.close()
    }
  } finally {
    await stop()
  }
}

const run = async (file: string, { passphraseFile, force = false, json = false }: Options): Promise<void> => {
  const given = await readPassphrase(passphraseFile, true)
  if (given !== undefined && given.length < passphraseLengthMin)
    throw new CliError(`The passphrase has fewer than ${passphraseLengthMin} characters. Make one with: openssl rand -base64 24`)
  const { config, log } = commandContext()
  const passphrase = given ?? newRecoveryPassphrase()
  const report = await backUp(config, log, { file, passphrase, isForced: force })
  if (given === undefined)
    tell(`Recovery passphrase, shown this once: ${passphrase}\nKeep it apart from the file: who has both has every account.`)
  answer(json, { file, ...report }, () => `Backed up ${report.rows} rows to ${file} (${report.bytes} bytes); read back and verified.`)
}

export const backupCommand = (program: Command): void => {
  const command = program
    .command('backup')
    .description('write the database and the secret key to one encrypted file, also while the server runs')
    .argument('<file>', 'where to')
    .option('--passphrase-file <file>', 'read the passphrase from a file; without it the terminal asks, or one is made and printed')
    .option('--force', 'overwrite the file')
  withExamples(
    withJson(command).action(run),
    'backup /backups/cip-2026-01-31.backup --passphrase-file /etc/custom-identity-platform/backup_passphrase',
    'backup today.backup',
  )
}

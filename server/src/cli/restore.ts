import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import type { Config } from '../config/config.ts'
import { type InstallationSecret, installationSecret } from '../config/installation.ts'
import { countOthers, readOccupancy } from '../db/backup.ts'
import { type Database, inTransaction, openDatabase, type Tx } from '../db/database.ts'
import { findRunning } from '../db/embedded/embedded.ts'
import { migrationState, readMigrations } from '../db/migrate.ts'
import { record } from '../events/events.job.ts'
import { makeEvent } from '../events/events.ts'
import { spreadEvents } from '../events/partitions.job.ts'
import { endEverySession } from '../sessions/endings.job.ts'
import { findTenantId } from '../tenants/lookup.job.ts'
import { type LoadOptions, loadBackup, migrationsOf } from './backup/load-backup.ts'
import { verifyBackup } from './backup/read-backup.ts'
import { planSecret, type SecretPlan } from './backup/secret-file.ts'
import { commandContext } from './context.ts'
import { openForCommand, prepare } from './database.ts'
import { CliError } from './errors.ts'
import { readPassphrase } from './input.ts'
import { answer, withExamples, withJson } from './output.ts'

type Options = { readonly passphraseFile?: string; readonly replace?: boolean; readonly json?: boolean }
type Outcome = { readonly rows: number; readonly sessionsEnded: number; readonly keptKey: string | undefined }

const stopServer = 'A restore needs the database for itself: stop the server first.'

const refuseRunning = async (config: Config): Promise<void> => {
  if (config.databaseUrl === undefined && (await findRunning(config.dataDir)) !== undefined)
    throw new CliError(`A server is running on ${config.dataDir}. ${stopServer}`)
}

// Connections just closed, our own from preparing among them, are seen for a moment longer.
const refuseConnected = async (db: Database): Promise<void> => {
  for (let attempt = 0; (await countOthers(db)) > 0; attempt += 1) {
    if (attempt >= 20) throw new CliError(`A server is connected to the database. ${stopServer}`)
    await sleep(100)
  }
}

// Whatever was spent or revoked since the backup is live in it again: so nothing that it held may go on.
const forget = async (tx: Tx, rows: number): Promise<number> => {
  const ended = await endEverySession(tx, 'restored')
  await spreadEvents(tx, new Date())
  const tenantId = await findTenantId('default', tx)
  if (tenantId === undefined) throw new CliError('The backup has no tenant "default". Nothing was changed.')
  await record(tx, makeEvent({ tenantId, type: 'backup.restored', payload: { rows } }))
  return ended
}

type Restore = LoadOptions & { readonly config: Config; readonly before: InstallationSecret; readonly mayReplace: boolean }

const planKey = async (db: Database, { config, head, before, mayReplace }: Restore): Promise<SecretPlan> => {
  if ((await migrationState(db.pool)).unknown.length > 0)
    throw new CliError('The database was migrated by a newer release. Restore with that release, or into an empty database.')
  const { users, keys } = await readOccupancy(db)
  if (users > 0 && !mayReplace)
    throw new CliError(`The database has ${users} users. Add --replace to put the backup in their place, or restore into an empty one.`)
  const isInUse = users + keys > 0 || config.databaseUrl !== undefined
  return planSecret({ before, wanted: head.secret, isInUse, mayReplace })
}

const restoreInto = async (db: Database, restore: Restore): Promise<Outcome> => {
  await refuseConnected(db)
  const plan = await planKey(db, restore)
  const work = async (tx: Tx) => {
    const rows = await loadBackup(tx, restore)
    const sessionsEnded = await forget(tx, rows)
    await plan.prepare()
    return { rows, sessionsEnded }
  }
  const done = await inTransaction(db, { isIdempotent: false }, work).catch(async (error: unknown) => {
    await plan.abandon()
    throw error
  })
  return { ...done, keptKey: await plan.finish() }
}

const restoreWith = async (restore: Restore, log: ReturnType<typeof commandContext>['log']): Promise<Outcome> => {
  const { config } = restore
  await refuseRunning(config)
  const { connection, stop } = await openForCommand(config, log)
  try {
    await prepare(config, connection, (level, sentence) => log[level]({}, sentence))
    const db = openDatabase({ connection, size: 1, isPooled: config.databasePooled, statementTimeoutMs: 0 })
    try {
      return await restoreInto(db, restore)
    } finally {
      await db.close()
    }
  } finally {
    await stop()
  }
}

const lines = ({ rows, sessionsEnded, keptKey }: Outcome, createdAt: string): string[] => [
  `Restored ${rows} rows of the backup of ${createdAt}.`,
  `Every session that it held was ended (${sessionsEnded}): people sign in again.`,
  ...(keptKey === undefined ? [] : [`The secret key that was there before is kept as ${keptKey}.`]),
]

const run = async (file: string, { passphraseFile, replace = false, json = false }: Options): Promise<void> => {
  const before = installationSecret()
  const passphrase = await readPassphrase(passphraseFile, false)
  if (passphrase === undefined) throw new CliError('There is no terminal to ask for the passphrase. Use --passphrase-file.', 2)
  const migrations = await readMigrations()
  const { head } = await verifyBackup(file, passphrase)
  migrationsOf(head, migrations)
  const { config, log } = commandContext()
  const restore = { file, passphrase, head, migrations, config, before, mayReplace: replace }
  const outcome = await restoreWith(restore, log).catch(async (error: unknown) => {
    // The settings made a key that nothing uses: the next attempt shall not take it for one in use.
    if (before.kind === 'none') await rm(before.file, { force: true })
    throw error
  })
  answer(json, { file, createdAt: head.createdAt, release: head.release, ...outcome }, () => lines(outcome, head.createdAt))
}

export const restoreCommand = (program: Command): void => {
  const command = program
    .command('restore')
    .description('put a backup into the database; the server must be stopped, and every session that the backup held ends')
    .argument('<file>', 'a file that cip backup wrote')
    .option('--passphrase-file <file>', 'read the passphrase from a file; without it the terminal asks')
    .option('--replace', 'also into a database that has users, and over another secret key')
  withExamples(
    withJson(command).action(run),
    'restore /backups/cip-2026-01-31.backup --passphrase-file /etc/custom-identity-platform/backup_passphrase',
    'restore today.backup --replace',
  )
}

import { prepareDatabase } from '../../src/db/connect.ts'
import { openDatabase } from '../../src/db/database.ts'
import { type EmbeddedServer, startEmbedded } from '../../src/db/embedded/embedded.ts'
import { makeFolder } from './folder.ts'

// Set by the run for the processes of its files; the password in it opens nothing but a PostgreSQL that ends with the run.
const variable = 'TEST_POSTGRES'
const template = 'migrated'
const place = '{database}'

let embedded: EmbeddedServer | undefined

/** Before a run of several files (node --test-global-setup): one PostgreSQL, with a migrated database to copy, instead of one for each file. */
export const globalSetup = async (): Promise<void> => {
  embedded = await startEmbedded({ dataDir: await makeFolder(), log: () => undefined, maxConnections: 300 })
  const { host, port, user, password } = embedded.connection
  const url = `postgres://${user}:${encodeURIComponent(password)}@${encodeURIComponent(host)}:${port}/${place}`
  const admin = openDatabase({ connection: { connectionString: url.replace(place, 'postgres') }, size: 1 })
  await admin.text(`create database ${template}`).finally(() => admin.close())
  const connection = { connectionString: url.replace(place, template) }
  await prepareDatabase({ connection, isPooled: false, waitSeconds: 5, say: () => undefined, withMigrations: true })
  process.env[variable] = url
}

export const globalTeardown = async (): Promise<void> => embedded?.stop()

export type SharedPostgres = { readonly urlOf: (database: string) => string; readonly template: string }

/** The PostgreSQL of this run; undefined where a file is run by itself. */
export const sharedPostgres = (): SharedPostgres | undefined => {
  const url = process.env[variable]
  return url === undefined ? undefined : { urlOf: (database) => url.replace(place, database), template }
}

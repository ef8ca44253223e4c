// Writes the files that follow from others: schema.sql and its types, docs/settings.md, docs/routes.md, docs/events.md,
// docs/config.schema.json, the types of the SDK.
// With --check it writes nothing and fails where one of them is not what it should be.
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openapiTypes } from '../sdk/scripts/openapi-types.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = (path) => import(new URL(`../server/src/${path}`, import.meta.url).href)
const isCheck = process.argv.includes('--check')

const quiet = { error: console.error, warn: () => {}, info: () => {}, debug: () => {} }

const typesOf = (connection) => {
  const url = `postgres://${connection.user}:${encodeURIComponent(connection.password)}@${encodeURIComponent(connection.host)}:${connection.port}/${connection.database}`
  const args = ['--dialect', 'postgres', '--print', '--numeric-parser', 'number', '--exclude-pattern', '(schema_*|events_2*)', '--url', url]
  return execFileSync(process.execPath, [join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'), ...args], { encoding: 'utf8' })
    .replace(/^[\s\S]*?(?=import )/, '')
    .replace(/^/, '// Generated from the database by npm run generate; do not edit.\n')
    .replaceAll(
      'Int8 = ColumnType<string, bigint | number | string, bigint | number | string>',
      'Int8 = ColumnType<number, number, number>',
    )
}

const produce = async (dataDir) => {
  const { startEmbedded } = await source('db/embedded/embedded.ts')
  const { loadConfig } = await source('config/config.ts')
  const { prepareDatabase } = await source('db/connect.ts')
  const { openDatabase } = await source('db/database.ts')
  const { describeSchema } = await source('db/schema.ts')
  const embedded = await startEmbedded({ dataDir, log: () => {} })
  try {
    await prepareDatabase({ connection: embedded.connection, isPooled: false, waitSeconds: 5, say: () => {}, withMigrations: true })
    const db = openDatabase({ connection: embedded.connection, size: 1 })
    const schema = await describeSchema(db.pool)
    await db.close()
    const types = typesOf(embedded.connection)
    if (!isCheck) await writeFile(join(root, 'server/src/db/types.ts'), types)
    const { createPlatform } = await source('compose.ts')
    const config = loadConfig({ DATA_DIR: dataDir })
    const platform = await createPlatform({ config, connection: embedded.connection, log: quiet, hashThreads: 1 })
    const { routesDocument } = await source('http/documentation.ts')
    const routes = routesDocument(platform.routes)
    const { openApi } = await source('http/openapi.ts')
    const document = openApi(platform.routes, { version: config.version, tokenPath: '/auth/token' })
    await platform.close()
    const { configFileSchema } = await source('compose-config.ts')
    const { settingsDocument } = await source('config/documentation.ts')
    const { eventsDocument } = await source('events/documentation.ts')
    return {
      'server/src/db/schema.sql': schema,
      'server/src/db/types.ts': types,
      'docs/config.schema.json': `${JSON.stringify(configFileSchema(), null, 2)}\n`,
      'docs/settings.md': settingsDocument(),
      'docs/routes.md': routes,
      'docs/events.md': eventsDocument(),
      'sdk/src/generated/openapi.ts': await openapiTypes(document),
    }
  } finally {
    await embedded.stop()
  }
}

const dataDir = await mkdtemp(join(tmpdir(), 'cip-generate-'))
try {
  const files = await produce(dataDir)
  const stale = []
  for (const [path, text] of Object.entries(files)) {
    const present = await readFile(join(root, path), 'utf8').catch(() => '')
    if (present === text) continue
    stale.push(path)
    if (!isCheck) await writeFile(join(root, path), text)
  }
  if (isCheck && stale.length > 0) {
    process.stderr.write(`Not up to date: ${stale.join(', ')}. Run: npm run generate\n`)
    process.exitCode = 1
  } else process.stdout.write(stale.length > 0 ? `Written: ${stale.join(', ')}\n` : 'Everything is up to date.\n')
} finally {
  await rm(dataDir, { recursive: true, force: true })
}

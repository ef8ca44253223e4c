import type { AddressInfo } from 'node:net'
import { takeFirstSteps } from '../../src/cli/first-steps.ts'
import { createPlatform, openBase, type Platform } from '../../src/compose.ts'
import { type Config, loadConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/config/log.ts'
import { prepareDatabase } from '../../src/db/connect.ts'
import { atEnd } from './closing.ts'
import type { FreshDatabase } from './database.ts'
import { type Environment, testEnvironment } from './environment.ts'
import { makeFolder } from './folder.ts'

export type TestPlatform = {
  readonly url: string
  readonly platform: Platform
  readonly config: Config
  /** The secret of the link that makes the first administrator. */
  readonly claim: string | undefined
  /** Everything that was logged so far, at the level trace. */
  readonly logs: () => string
}

/** A server in this process, listening, for tests that look inside. */
export const startTestPlatform = async (database: FreshDatabase, env: Environment = {}): Promise<TestPlatform> => {
  const config = loadConfig(testEnvironment(await makeFolder(), { ...database.env, CIP_LOG_LEVEL: 'trace', ...env }))
  let output = ''
  const log = createLog(config, (line) => (output += line))
  const { connection } = database
  await prepareDatabase({ connection, isPooled: false, waitSeconds: 5, say: () => undefined, withMigrations: true })
  const base = await openBase(config, connection, log)
  const { claim } = await takeFirstSteps(base).finally(() => base.db.close())
  const platform = await createPlatform({ config, connection, log, hashThreads: 1 })
  atEnd(() => platform.close())
  await platform.app.listen({ port: config.port, host: '127.0.0.1' })
  const { port } = platform.app.server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, platform, config, claim, logs: () => output }
}

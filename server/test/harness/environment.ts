import { fileURLToPath } from 'node:url'
import { settingRows } from '../../src/config/settings.ts'

// Empty means absent: neither the shell nor a .env file of the checkout reaches a server under test.
const absent = Object.fromEntries(settingRows.map(([, { name }]) => [name, '']))

const roomy = {
  CIP_HASH_WAIT: '60s',
  CIP_OVERLOAD_DELAY: '60s',
  CIP_LIMIT_REGISTER: '1000000',
  CIP_LIMIT_SIGN_IN: '1000000',
  CIP_LIMIT_USER_CODES: '1000000',
  CIP_FAILURES_PER_ADDRESS: '1000000',
  CIP_FAILURES_PER_ADDRESS_AND_USER: '1000000',
}

/** The same for every server of the tests, so that two of them can share a database. */
export const testSecret = 'only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz'

/** Compiled code and stripped types, shared by the servers of the tests: each starts in half the time. */
const compileCache = fileURLToPath(new URL('../../../node_modules/.compile-cache', import.meta.url))

export type Environment = Readonly<Record<string, string>>

/** The environment of a server under test: free ports, JSON lines, and limits that a busy machine does not reach unless a test sets them. */
export const testEnvironment = (dataDir: string, env: Environment = {}): Record<string, string> => ({
  ...absent,
  ...roomy,
  NODE_ENV: 'test',
  NODE_COMPILE_CACHE: compileCache,
  DATA_DIR: dataDir,
  PORT: '0',
  CIP_MANAGEMENT_PORT: '0',
  CIP_LOG_FORMAT: 'json',
  ...env,
})

import { availableParallelism } from 'node:os'
import type { Config } from '../../config/config.ts'
import {
  convertKeycloakCredential,
  createHashPool,
  hashImported,
  hashSettingsOf,
  type ImportedHash,
  inspectHash,
} from '../../credentials/password/password.ts'
import type { RowRules } from '../../users/import.job.ts'

/** What the settings say about imported hashes. */
export const rowRules = (config: Config, allowsPlainPasswords: boolean): RowRules => ({
  inspect: (encoded) => inspectHash(encoded, { weakAllowed: config.passwordWeakImports }),
  convert: convertKeycloakCredential,
  allowsPlainPasswords,
})

type Hashing = {
  readonly hash: (password: string) => Promise<ImportedHash>
  readonly close: () => Promise<void>
}

/** Hashes passwords of an import on all cores. Nobody waits for an answer here, so none is turned away. */
export const openHashing = (config: Config): Hashing => {
  const pool = createHashPool({
    settings: hashSettingsOf(config),
    threads: config.hashThreads === 'auto' ? availableParallelism() : config.hashThreads,
    maxWaitMs: 24 * 3_600_000,
    queueMax: 1_000_000,
  })
  return { hash: hashImported(pool), close: () => pool.close() }
}

import type { Config } from '../../config/config.ts'
import { commonPasswords } from './blocklist.ts'
import { createHashPool, type HashPool } from './hash-pool.ts'
import type { PasswordPolicy } from './policy.ts'
import { argon2idSettings, bcryptSettings, type HashSettings } from './settings.ts'

export const hashSettingsOf = (config: Config): HashSettings =>
  config.passwordHash === 'bcrypt'
    ? bcryptSettings({ cost: config.bcryptCost })
    : argon2idSettings({ memoryKib: config.argon2MemoryKib, passes: config.argon2Passes })

export const passwordPolicyOf = (config: Config): PasswordPolicy => ({
  lengthMin: config.passwordLengthMin,
  blocklists: [commonPasswords],
  scheme: config.passwordHash,
})

/** The pool of this process, `threads` hashes at once. */
export const openHashPool = (config: Config, threads: number): HashPool =>
  createHashPool({ settings: hashSettingsOf(config), threads, maxWaitMs: config.hashWait * 1000, weakAllowed: config.passwordWeakImports })

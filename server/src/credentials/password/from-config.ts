import type { Config } from '../../config/config.ts'
import { commonPasswords } from './blocklist.ts'
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

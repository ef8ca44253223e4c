import type { Config } from '../config/config.ts'

/** The limits of the password door, as the settings give them. */
export const signInLimits = (config: Config) => ({
  attempts: {
    perAddress: config.failuresPerAddress,
    perAddressUser: config.failuresPerAddressUser,
    lockAfter: config.lockAfter,
    disableAfter: config.disablePasswordAfter,
  },
  sessions: {
    ttlSeconds: config.refreshTokenTtl,
    idleTtlSeconds: config.refreshTokenIdleTtl,
    browserTtlSeconds: config.sessionTtl,
    browserIdleTtlSeconds: config.sessionIdleTtl,
    perUser: config.sessionsPerUser,
  },
})

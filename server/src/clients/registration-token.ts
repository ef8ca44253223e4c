import { crc32, sha256 } from '../platform/digest.ts'
import { randomText } from '../platform/random.ts'

/** `cip_it_` allows registration (RFC 7591 section 3), `cip_ra_` manages one client (RFC 7592 section 3). */
export type RegistrationTokenPrefix = 'cip_it_' | 'cip_ra_'

/** 256 random bits with a CRC-32 behind them, by which a secret scanner tells the token from noise; `hash` is what is stored. */
export const makeRegistrationToken = (prefix: RegistrationTokenPrefix): { readonly text: string; readonly hash: Buffer } => {
  const random = randomText(32)
  const text = `${prefix}${random}${crc32(Buffer.from(random)).toString('base64url')}`
  return { text, hash: sha256(text) }
}

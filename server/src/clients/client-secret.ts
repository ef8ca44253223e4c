import { crc32, sha256 } from '../platform/digest.ts'
import { randomText } from '../platform/random.ts'

const prefix = 'cip_cs_'

/** A new client secret: 256 random bits with a CRC-32 behind them, by which a secret scanner tells it from noise. */
export const makeClientSecret = (): { readonly text: string; readonly hash: Buffer } => {
  const random = randomText(32)
  const text = `${prefix}${random}${crc32(Buffer.from(random)).toString('base64url')}`
  return { text, hash: sha256(text) }
}

/** Binds a sealed secret to its place. */
export const clientSecretContext = (tenantId: string, clientId: string, secretId: string): string =>
  `client-secret ${tenantId} ${clientId} ${secretId}`

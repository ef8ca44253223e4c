import { crc32, equalBytes, hmacSha256 } from '../platform/digest.ts'
import { uuidFromBytes, uuidToBytes } from '../platform/ids.ts'

const prefix = 'cip_rt_'
const version = 1
const headBytes = 1 + 16 + 6
const macBytes = 32
const totalBytes = headBytes + macBytes + 4

/** What a refresh token says: the grant and how often it had been rotated when this token was made. */
export type RefreshToken = { readonly grantId: string; readonly counter: number }

const mac = (key: Uint8Array, tenantId: string, head: Buffer): Buffer => hmacSha256(key, Buffer.concat([uuidToBytes(tenantId), head]))

/** `cip_rt_` and base64url of version, grant id, counter, HMAC-SHA-256 under the server's key, CRC-32. The same values give the same token. */
export const printRefreshToken = (key: Uint8Array, tenantId: string, { grantId, counter }: RefreshToken): string => {
  const head = Buffer.alloc(headBytes)
  head[0] = version
  uuidToBytes(grantId).copy(head, 1)
  head.writeUIntBE(counter, 17, 6)
  const body = Buffer.concat([head, mac(key, tenantId, head)])
  return prefix + Buffer.concat([body, crc32(body)]).toString('base64url')
}

/** The token's content, or undefined where any bit is not as this server made it. */
export const readRefreshToken = (key: Uint8Array, tenantId: string, token: string): RefreshToken | undefined => {
  if (!token.startsWith(prefix) || token.length > 256) return undefined
  const text = token.slice(prefix.length)
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.length !== totalBytes || bytes.toString('base64url') !== text || bytes[0] !== version) return undefined
  const head = bytes.subarray(0, headBytes)
  if (!equalBytes(mac(key, tenantId, head), bytes.subarray(headBytes, headBytes + macBytes))) return undefined
  if (!equalBytes(crc32(bytes.subarray(0, headBytes + macBytes)), bytes.subarray(headBytes + macBytes))) return undefined
  return { grantId: uuidFromBytes(head.subarray(1, 17)), counter: head.readUIntBE(17, 6) }
}

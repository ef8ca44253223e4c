import { randomBytes } from 'node:crypto'

/** `bytes` random bytes as base64url without padding; 32 bytes carry 256 bits. */
export const randomText = (bytes = 32): string => randomBytes(bytes).toString('base64url')

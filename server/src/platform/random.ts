import { randomBytes, randomInt } from 'node:crypto'

/** `bytes` random bytes as base64url without padding; 32 bytes carry 256 bits. */
export const randomText = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** A decimal code of `count` digits, each code as likely as any other. */
export const randomDigits = (count: number): string => String(randomInt(10 ** count)).padStart(count, '0')

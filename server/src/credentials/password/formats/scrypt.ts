import { scryptSync } from 'node:crypto'
import { firstExcess, foreignHash, type HashReading, refused } from './format.ts'

const mebibyte = 2 ** 20
const memoryBytesMax = 256 * mebibyte

/** `cost` is N, `blockSize` is r. `finish` turns the derived key into what was stored. */
export type ScryptHash = {
  scheme: string
  cost: number
  blockSize: number
  parallelism: number
  salt: Uint8Array
  expected: Uint8Array
  keyBytes?: number
  finish?: (key: Uint8Array) => Uint8Array
}

const isPowerOfTwo = (value: number): boolean => Number.isInteger(Math.log2(value))

/** The common part of every scrypt notation: limits and derivation (RFC 7914). */
export const scryptHash = (hash: ScryptHash): HashReading => {
  const { scheme, cost, blockSize, parallelism, salt, expected, finish = (key) => key } = hash
  const memoryBytes = 128 * cost * blockSize
  const reason = firstExcess([
    { name: 'scrypt N', value: cost, least: 2, most: 2 ** 24 },
    { name: 'scrypt r', value: blockSize, least: 1, most: 64 },
    { name: 'scrypt p', value: parallelism, least: 1, most: 16 },
    { name: 'scrypt memory in MiB', value: memoryBytes / mebibyte, least: 0, most: memoryBytesMax / mebibyte },
    { name: 'scrypt work in MiB', value: (memoryBytes * parallelism) / mebibyte, least: 0, most: (4 * memoryBytesMax) / mebibyte },
    { name: 'scrypt hash length in bytes', value: expected.length, least: 16, most: 64 },
  ])
  if (reason) return refused(reason)
  if (!isPowerOfTwo(cost)) return refused('scrypt N must be a power of two')
  const options = { N: cost, r: blockSize, p: parallelism, maxmem: memoryBytesMax + 16 * mebibyte }
  return foreignHash({
    scheme,
    expected,
    derive: (password) => finish(scryptSync(password, salt, hash.keyBytes ?? expected.length, options)),
  })
}

import { hashRawSync } from '@node-rs/argon2'
import type { HashSettings } from '../settings.ts'
import { equalBytes, firstExcess, fromBase64, type HashFormat, type HashReading, refused } from './format.ts'

const notation =
  /^\$argon2(id|i|d)\$(?:v=(16|19)\$)?m=(\d{1,10}),t=(\d{1,10}),p=(\d{1,10})\$([A-Za-z0-9+/]{1,100})\$([A-Za-z0-9+/]{1,100})$/
// Numbers of the library's ambient const enums, which type stripping cannot read.
const algorithms: Record<string, number> = { d: 0, i: 1, id: 2 }
const saltBytesNow = 16
const tagBytesNow = 32

type Argon2Hash = { type: string; version: number; memoryKib: number; passes: number; parallelism: number; salt: Buffer; tag: Buffer }

const read = (encoded: string): Argon2Hash | undefined => {
  const [, type, version, memory, passes, parallelism, salt, tag] = notation.exec(encoded) ?? []
  if (!type || !salt || !tag) return undefined
  // The reference implementation wrote no version before 1.3.
  const numbers = { version: Number(version ?? 16), memoryKib: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return { type, ...numbers, salt: fromBase64(salt), tag: fromBase64(tag) }
}

const excess = ({ memoryKib, passes, parallelism, salt, tag }: Argon2Hash): string | undefined =>
  firstExcess([
    { name: 'argon2 parallelism', value: parallelism, least: 1, most: 8 },
    { name: 'argon2 memory in KiB', value: memoryKib, least: 8 * parallelism, most: 262_144 },
    { name: 'argon2 passes', value: passes, least: 1, most: 20 },
    { name: 'argon2 salt length in bytes', value: salt.length, least: 8, most: 64 },
    { name: 'argon2 tag length in bytes', value: tag.length, least: 16, most: 64 },
  ])

const derive = (hash: Argon2Hash, password: Uint8Array): Uint8Array =>
  hashRawSync(password, {
    algorithm: algorithms[hash.type] ?? 2,
    version: hash.version === 16 ? 0 : 1,
    memoryCost: hash.memoryKib,
    timeCost: hash.passes,
    parallelism: hash.parallelism,
    salt: hash.salt,
    outputLen: hash.tag.length,
  })

const isWeaker = (hash: Argon2Hash, settings: HashSettings): boolean =>
  settings.scheme !== 'argon2id' ||
  hash.type !== 'id' ||
  hash.version !== 19 ||
  hash.memoryKib < settings.memoryKib ||
  hash.passes < settings.passes ||
  hash.parallelism < settings.parallelism ||
  hash.salt.length < saltBytesNow ||
  hash.tag.length < tagBytesNow

const parse = (encoded: string): HashReading => {
  const hash = read(encoded)
  if (!hash) return refused('malformed argon2 hash')
  const reason = excess(hash)
  if (reason) return refused(reason)
  return {
    kind: 'readable',
    scheme: `argon2${hash.type}`,
    verify: (password) => equalBytes(derive(hash, password), hash.tag),
    needsRehash: (settings) => isWeaker(hash, settings),
  }
}

/** `$argon2id$v=19$m=..,t=..,p=..$salt$tag` of the PHC string format, also argon2i, argon2d and version 1.0 (RFC 9106). */
export const argon2: HashFormat = { name: 'argon2', isWeak: false, match: (encoded) => /^\$argon2/.test(encoded), parse }

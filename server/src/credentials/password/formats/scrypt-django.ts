import { fromBase64, type HashFormat, refused } from './format.ts'
import { scryptHash } from './scrypt.ts'

const notation = /^scrypt\$(\d{1,10})\$([^$]{1,255})\$(\d{1,4})\$(\d{1,4})\$([A-Za-z0-9+/]{1,100}={0,2})$/

/** `scrypt$N$salt$r$p$base64` as Django writes it. */
export const scryptDjango: HashFormat = {
  name: 'scrypt-django',
  isWeak: false,
  match: (encoded) => encoded.startsWith('scrypt$'),
  parse: (encoded) => {
    const [, cost, salt, blockSize, parallelism, hash] = notation.exec(encoded) ?? []
    if (!salt || !hash) return refused('malformed Django scrypt hash')
    const parameters = { cost: Number(cost), blockSize: Number(blockSize), parallelism: Number(parallelism) }
    return scryptHash({ scheme: 'scrypt', ...parameters, salt: Buffer.from(salt), expected: fromBase64(hash) })
  },
}

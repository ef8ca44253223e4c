import { type HashFormat, refused } from './format.ts'
import { scryptHash } from './scrypt.ts'

const notation = /^scrypt:(\d{1,10}):(\d{1,4}):(\d{1,4})\$([^$]{1,255})\$((?:[0-9a-f]{2}){1,64})$/

/** `scrypt:N:r:p$salt$hex` as Werkzeug (Flask) writes it. */
export const scryptWerkzeug: HashFormat = {
  name: 'scrypt-werkzeug',
  isWeak: false,
  match: (encoded) => encoded.startsWith('scrypt:'),
  parse: (encoded) => {
    const [, cost, blockSize, parallelism, salt, hash] = notation.exec(encoded) ?? []
    if (!salt || !hash) return refused('malformed Werkzeug scrypt hash')
    const parameters = { cost: Number(cost), blockSize: Number(blockSize), parallelism: Number(parallelism) }
    return scryptHash({ scheme: 'scrypt', ...parameters, salt: Buffer.from(salt), expected: Buffer.from(hash, 'hex') })
  },
}

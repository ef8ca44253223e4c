import { fromBase64, type HashFormat, refused } from './format.ts'
import { scryptHash } from './scrypt.ts'

const notation = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,4}),p=(\d{1,4})\$([A-Za-z0-9+/.]{0,1400})\$([A-Za-z0-9+/.]{1,100})$/

/** `$scrypt$ln=..,r=..,p=..$salt$hash`, the PHC notation as passlib writes it. */
export const scryptPhc: HashFormat = {
  name: 'scrypt-phc',
  isWeak: false,
  match: (encoded) => encoded.startsWith('$scrypt$'),
  parse: (encoded) => {
    const [, logCost, blockSize, parallelism, salt, hash] = notation.exec(encoded) ?? []
    if (salt === undefined || !hash) return refused('malformed scrypt hash')
    const parameters = { cost: 2 ** Number(logCost), blockSize: Number(blockSize), parallelism: Number(parallelism) }
    return scryptHash({ scheme: 'scrypt', ...parameters, salt: fromBase64(salt), expected: fromBase64(hash) })
  },
}

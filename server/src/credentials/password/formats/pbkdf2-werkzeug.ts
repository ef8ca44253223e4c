import { type HashFormat, refused } from './format.ts'
import { pbkdf2Hash } from './pbkdf2.ts'

const notation = /^pbkdf2:(sha1|sha256|sha512):(\d{1,10})\$([^$]{1,255})\$((?:[0-9a-f]{2}){1,64})$/

/** `pbkdf2:sha256:iterations$salt$hex` as Werkzeug (Flask) writes it. */
export const pbkdf2Werkzeug: HashFormat = {
  name: 'pbkdf2-werkzeug',
  isWeak: false,
  match: (encoded) => encoded.startsWith('pbkdf2:'),
  parse: (encoded) => {
    const [, digest, iterations, salt, hash] = notation.exec(encoded) ?? []
    if (!digest || !salt || !hash) return refused('malformed Werkzeug PBKDF2 hash')
    return pbkdf2Hash({ digest, iterations: Number(iterations), salt: Buffer.from(salt), expected: Buffer.from(hash, 'hex') })
  },
}

import { fromBase64, type HashFormat, refused } from './format.ts'
import { pbkdf2Hash } from './pbkdf2.ts'

const notation = /^pbkdf2_(sha1|sha256|sha512)\$(\d{1,10})\$([^$]{1,255})\$([A-Za-z0-9+/]{1,100}={0,2})$/

/** `pbkdf2_sha256$iterations$salt$base64` as Django writes it. */
export const pbkdf2Django: HashFormat = {
  name: 'pbkdf2-django',
  isWeak: false,
  match: (encoded) => encoded.startsWith('pbkdf2_'),
  parse: (encoded) => {
    const [, digest, iterations, salt, hash] = notation.exec(encoded) ?? []
    if (!digest || !salt || !hash) return refused('malformed Django PBKDF2 hash')
    return pbkdf2Hash({ digest, iterations: Number(iterations), salt: Buffer.from(salt), expected: fromBase64(hash) })
  },
}

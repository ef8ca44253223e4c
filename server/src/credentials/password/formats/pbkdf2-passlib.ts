import { fromBase64, type HashFormat, refused } from './format.ts'
import { pbkdf2Hash } from './pbkdf2.ts'

const notation = /^\$pbkdf2(?:-(sha256|sha512))?\$(\d{1,10})\$([A-Za-z0-9./]{0,1400})\$([A-Za-z0-9./]{1,100})$/

/** `$pbkdf2-sha256$iterations$salt$hash`, also `-sha512`, and SHA-1 without a name, in passlib's Base64. */
export const pbkdf2Passlib: HashFormat = {
  name: 'pbkdf2-passlib',
  isWeak: false,
  match: (encoded) => /^\$pbkdf2[-$]/.test(encoded),
  parse: (encoded) => {
    const [, digest = 'sha1', iterations, salt, hash] = notation.exec(encoded) ?? []
    if (salt === undefined || !hash) return refused('malformed PBKDF2 hash')
    return pbkdf2Hash({ digest, iterations: Number(iterations), salt: fromBase64(salt), expected: fromBase64(hash) })
  },
}

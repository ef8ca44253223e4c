import { fromBase64, type HashFormat, refused } from './format.ts'
import { pbkdf2Hash } from './pbkdf2.ts'

const notation =
  /^\$keycloak-pbkdf2-(sha1|sha256|sha512)\$i=(\d{1,10}),l=(\d{1,4})\$([A-Za-z0-9+/]{0,1400}={0,2})\$([A-Za-z0-9+/]{1,100}={0,2})$/

/**
 * `$keycloak-pbkdf2-sha512$i=<iterations>,l=<bytes>$<base64 salt>$<base64 hash>`, also `-sha256` and `-sha1`.
 * Keycloak itself keeps JSON; `keycloak-import.ts` writes this notation from it.
 */
export const pbkdf2Keycloak: HashFormat = {
  name: 'pbkdf2-keycloak',
  isWeak: false,
  match: (encoded) => encoded.startsWith('$keycloak-pbkdf2-'),
  parse: (encoded) => {
    const [, digest, iterations, length, salt, hash] = notation.exec(encoded) ?? []
    if (!digest || salt === undefined || !hash) return refused('malformed Keycloak PBKDF2 hash')
    const expected = fromBase64(hash)
    if (expected.length !== Number(length)) return refused('the length of a Keycloak PBKDF2 hash is not the one it states')
    return pbkdf2Hash({ digest, iterations: Number(iterations), salt: fromBase64(salt), expected })
  },
}

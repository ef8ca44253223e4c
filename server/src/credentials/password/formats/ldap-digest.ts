import { createHash } from 'node:crypto'
import { foreignHash, fromBase64, type HashFormat, refused } from './format.ts'

const notation = /^\{(SMD5|SSHA|SSHA256|SSHA512)\}([A-Za-z0-9+/]{1,400}={0,2})$/i
const digests: Record<string, { digest: string; bytes: number }> = {
  SMD5: { digest: 'md5', bytes: 16 },
  SSHA: { digest: 'sha1', bytes: 20 },
  SSHA256: { digest: 'sha256', bytes: 32 },
  SSHA512: { digest: 'sha512', bytes: 64 },
}

/** `{SSHA}`, `{SSHA256}`, `{SSHA512}` and `{SMD5}` of LDAP directories: Base64 of digest and salt. One round, hence weak. */
export const ldapDigest: HashFormat = {
  name: 'ldap-digest',
  isWeak: true,
  match: (encoded) => encoded.startsWith('{'),
  parse: (encoded) => {
    const [, name = '', text = ''] = notation.exec(encoded) ?? []
    const entry = digests[name.toUpperCase()]
    if (!entry) return refused('malformed or unsupported LDAP hash')
    const bytes = fromBase64(text)
    if (bytes.length <= entry.bytes) return refused('an LDAP hash without a salt')
    const expected = bytes.subarray(0, entry.bytes)
    const salt = bytes.subarray(entry.bytes)
    const derive = (password: Uint8Array) => createHash(entry.digest).update(password).update(salt).digest()
    return foreignHash({ scheme: `salted-${entry.digest}`, expected, derive })
  },
}

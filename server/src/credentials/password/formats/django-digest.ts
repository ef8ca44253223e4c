import { createHash } from 'node:crypto'
import { foreignHash, type HashFormat, refused } from './format.ts'

const notation = /^(sha1|md5)\$([^$]{1,255})\$((?:[0-9a-f]{2}){16,20})$/
const digestBytes: Record<string, number> = { md5: 16, sha1: 20 }

/** `sha1$salt$hex` and `md5$salt$hex` of old Django versions. One round, hence weak. */
export const djangoDigest: HashFormat = {
  name: 'django-digest',
  isWeak: true,
  match: (encoded) => /^(sha1|md5)\$/.test(encoded),
  parse: (encoded) => {
    const [, digest = '', salt = '', hex = ''] = notation.exec(encoded) ?? []
    const expected = Buffer.from(hex, 'hex')
    if (expected.length !== digestBytes[digest]) return refused('malformed Django hash')
    const derive = (password: Uint8Array) => createHash(digest).update(salt).update(password).digest()
    return foreignHash({ scheme: `salted-${digest}`, expected, derive })
  },
}

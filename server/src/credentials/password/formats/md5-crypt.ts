import { hash as digestOf } from 'node:crypto'
import { toCryptBase64 } from './crypt-base64.ts'
import { foreignHash, type HashFormat, refused } from './format.ts'

const notation = /^\$1\$([^$]{0,8})\$([./A-Za-z0-9]{22})$/
const groups = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5], [11]]
const roundCount = 1_000

const md5 = (...parts: Uint8Array[]): Buffer => digestOf('md5', Buffer.concat(parts), 'buffer')

const derive = (password: Uint8Array, salt: Buffer): Buffer => {
  const alternate = md5(password, salt, password)
  const nothing = Buffer.alloc(0)
  const parts: Uint8Array[] = [password, Buffer.from('$1$'), salt, Buffer.alloc(password.length, alternate)]
  // The original clears its buffer before this loop, so that a set bit adds a NUL.
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? Buffer.alloc(1) : password.subarray(0, 1))
  let state = md5(...parts)
  for (let round = 0; round < roundCount; round++) {
    const isOdd = round % 2 === 1
    state = md5(isOdd ? password : state, round % 3 ? salt : nothing, round % 7 ? password : nothing, isOdd ? state : password)
  }
  return state
}

/** `$1$` of Unix crypt(3), by Poul-Henning Kamp. */
export const md5Crypt: HashFormat = {
  name: 'md5-crypt',
  isWeak: true,
  match: (encoded) => encoded.startsWith('$1$'),
  parse: (encoded) => {
    const [, salt, text] = notation.exec(encoded) ?? []
    if (salt === undefined || !text) return refused('malformed MD5-crypt hash')
    const saltBytes = Buffer.from(salt)
    const encode = (password: Uint8Array) => Buffer.from(toCryptBase64(derive(password, saltBytes), groups))
    return foreignHash({ scheme: 'md5-crypt', expected: Buffer.from(text), derive: encode })
  },
}

import { hash as digestOf } from 'node:crypto'
import { toCryptBase64 } from './crypt-base64.ts'
import { firstExcess, foreignHash, type HashFormat, refused } from './format.ts'

const notation = /^\$([56])\$(?:rounds=(\d{1,10})\$)?([^$]{0,16})\$([./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})$/

type Variant = { digest: string; bytes: number; textLength: number; groups: number[][] }

/** Each group moves on by one and turns: (0,21,42), (22,43,1), (44,2,23) ... or the other way round for SHA-256. */
const groupsOf = (third: number, turn: 1 | 2, last: number[]): number[][] => {
  const groups = Array.from({ length: third }, (_, index) => [0, 1, 2].map((place) => ((place + index * turn) % 3) * third + index))
  return [...groups, last]
}

const variants: Record<string, Variant> = {
  5: { digest: 'sha256', bytes: 32, textLength: 43, groups: groupsOf(10, 2, [31, 30]) },
  6: { digest: 'sha512', bytes: 64, textLength: 86, groups: groupsOf(21, 1, [63]) },
}

const stretch = (block: Buffer, length: number): Buffer => Buffer.alloc(length, block)

const repeat = (bytes: Uint8Array, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => bytes))

/** Step numbers are those of Ulrich Drepper's "Unix crypt using SHA-256 and SHA-512". */
const derive = (variant: Variant, password: Uint8Array, { salt, rounds }: { salt: Buffer; rounds: number }): Buffer => {
  const digest = (...parts: Uint8Array[]) => digestOf(variant.digest, Buffer.concat(parts), 'buffer')
  const alternate = digest(password, salt, password)
  const parts: Uint8Array[] = [password, salt, stretch(alternate, password.length)]
  for (let bits = password.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? alternate : password)
  let state = digest(...parts)
  // Steps 13 to 20: sequences as long as the password and the salt.
  const p = stretch(digest(repeat(password, password.length)), password.length)
  const s = stretch(digest(repeat(salt, 16 + (state[0] ?? 0))), salt.length)
  const nothing = Buffer.alloc(0)
  // Step 21.
  for (let round = 0; round < rounds; round++) {
    const isOdd = round % 2 === 1
    state = digest(isOdd ? p : state, round % 3 ? s : nothing, round % 7 ? p : nothing, isOdd ? state : p)
  }
  return state
}

/** `$5$` and `$6$` of Unix crypt(3), with or without `rounds=`. */
export const shaCrypt: HashFormat = {
  name: 'sha-crypt',
  isWeak: true,
  match: (encoded) => /^\$[56]\$/.test(encoded),
  parse: (encoded) => {
    const [, identifier = '', roundsText = '5000', saltText = '', text = ''] = notation.exec(encoded) ?? []
    const variant = variants[identifier]
    if (!variant || text.length !== variant.textLength) return refused('malformed SHA-crypt hash')
    const rounds = Number(roundsText)
    const salt = Buffer.from(saltText)
    const reason = firstExcess([{ name: 'SHA-crypt rounds', value: rounds, least: 1_000, most: 200_000 }])
    if (reason) return refused(reason)
    return foreignHash({
      scheme: `${variant.digest}-crypt`,
      expected: Buffer.from(text),
      derive: (password) => Buffer.from(toCryptBase64(derive(variant, password, { salt, rounds }), variant.groups)),
    })
  },
}

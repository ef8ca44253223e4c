import { createCipheriv } from 'node:crypto'
import { fromBase64, type HashFormat, refused } from './format.ts'
import { scryptHash } from './scrypt.ts'

const base64 = '([A-Za-z0-9+/]{0,400}={0,2})'
const notation = new RegExp(`^\\$firebase-scrypt\\$ln=(\\d{1,2}),r=(\\d{1,4}),sk=${base64},ss=${base64}\\$${base64}\\$${base64}$`)
const aesKeyBytes = 32

const encryptSignerKey = (key: Uint8Array, signerKey: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  return Buffer.concat([cipher.update(signerKey), cipher.final()])
}

/**
 * `$firebase-scrypt$ln=<memory cost>,r=<rounds>,sk=<signer key>,ss=<salt separator>$<salt>$<hash>`, all four in Base64 as Firebase exports them.
 * The hash is the project's signer key under AES-256-CTR with a key that scrypt derives from the password.
 */
export const scryptFirebase: HashFormat = {
  name: 'scrypt-firebase',
  isWeak: false,
  match: (encoded) => encoded.startsWith('$firebase-scrypt$'),
  parse: (encoded) => {
    const [, logCost, blockSize, signerKeyText, separator, salt, hash] = notation.exec(encoded) ?? []
    if (!signerKeyText || separator === undefined || salt === undefined || !hash) return refused('malformed Firebase scrypt hash')
    const signerKey = fromBase64(signerKeyText)
    return scryptHash({
      scheme: 'firebase-scrypt',
      cost: 2 ** Number(logCost),
      blockSize: Number(blockSize),
      parallelism: 1,
      salt: Buffer.concat([fromBase64(salt), fromBase64(separator)]),
      expected: fromBase64(hash),
      keyBytes: aesKeyBytes,
      finish: (key) => encryptSignerKey(key, signerKey),
    })
  },
}

import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { equalBytes, sha256 } from '../../platform/digest.ts'
import { CliError } from '../errors.ts'

/*
 * A backup file: magic, length of the header (4 bytes), header (JSON), then blocks until one that is marked as the last.
 * A block: mark (1 byte, 1 for the last), length of the ciphertext (4 bytes), ciphertext, tag (16 bytes); AES-256-GCM (NIST SP 800-38D).
 * The nonce counts the blocks and the key is new for each file, so no nonce is used twice. Header, mark and length are authenticated:
 * a block that was changed, moved or cut off is found.
 */
const magic = Buffer.from('CIPBACKUP1\n')
const tagBytes = 16
const prefixBytes = 5
const headerBytesMax = 4096
const blockBytes = 1_048_576
const scrypt = { N: 131_072, r: 8, p: 1 }
// What a foreign file may ask of this machine.
const limits = { N: 1_048_576, r: 16, p: 4 }

type Header = {
  readonly kdf: 'scrypt'
  readonly N: number
  readonly r: number
  readonly p: number
  readonly salt: string
  /** Tells a wrong passphrase from a damaged file; derived beside the key. */
  readonly check: string
}

type Keys = { readonly key: Buffer; readonly check: string }

const deriveKeys = (passphrase: string, { N, r, p, salt }: Pick<Header, 'N' | 'r' | 'p' | 'salt'>): Keys => {
  const bytes = scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64url'), 64, { N, r, p, maxmem: 256 * N * r })
  return { key: bytes.subarray(0, 32), check: sha256(bytes.subarray(32)).subarray(0, 16).toString('base64url') }
}

const nonceOf = (block: number): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(block), 4)
  return nonce
}

type Sealing = { readonly key: Buffer; readonly headDigest: Buffer }

const prefixOf = (length: number, isLast: boolean): Buffer => {
  const prefix = Buffer.alloc(prefixBytes)
  prefix.writeUInt8(isLast ? 1 : 0, 0)
  prefix.writeUInt32BE(length, 1)
  return prefix
}

const sealBlock = ({ key, headDigest }: Sealing, plaintext: Buffer, { block, isLast }: { block: number; isLast: boolean }): Buffer => {
  const prefix = prefixOf(plaintext.length, isLast)
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(block))
  cipher.setAAD(Buffer.concat([headDigest, prefix]))
  return Buffer.concat([prefix, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()])
}

/** Encrypts a stream of bytes under a passphrase: the pieces of the file, in order. */
export async function* sealStream(source: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  const parameters = { kdf: 'scrypt' as const, ...scrypt, salt: randomBytes(32).toString('base64url') }
  const { key, check } = deriveKeys(passphrase, parameters)
  const header = Buffer.from(JSON.stringify({ ...parameters, check } satisfies Header))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  const head = Buffer.concat([magic, length, header])
  yield head
  const sealing = { key, headDigest: sha256(head) }
  let waiting: Buffer = Buffer.alloc(0)
  let block = 0
  for await (const chunk of source) {
    waiting = Buffer.concat([waiting, chunk])
    for (; waiting.length > blockBytes; block += 1) {
      yield sealBlock(sealing, waiting.subarray(0, blockBytes), { block, isLast: false })
      waiting = waiting.subarray(blockBytes)
    }
  }
  yield sealBlock(sealing, waiting, { block, isLast: true })
}

const isFine = (value: unknown, most: number): value is number => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most

const parseHeader = (bytes: Buffer): Header | undefined => {
  try {
    const header = JSON.parse(bytes.toString('utf8')) as Header
    const { kdf, N, r, p, salt, check } = header
    const isKnown = kdf === 'scrypt' && isFine(N, limits.N) && isFine(r, limits.r) && isFine(p, limits.p)
    return isKnown && typeof salt === 'string' && typeof check === 'string' ? header : undefined
  } catch {
    return undefined
  }
}

const read = async (handle: FileHandle, length: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

const cutShort = (): CliError => new CliError('The backup is cut short: its end is missing. Use a whole copy of the file.')
const damaged = (block: number): CliError =>
  new CliError(`The backup is damaged: block ${block + 1} is not what was written. Use another copy of the file.`)

const openHead = async (handle: FileHandle, passphrase: string): Promise<Sealing> => {
  const start = await read(handle, magic.length + 4)
  if (start.length < magic.length + 4 || !start.subarray(0, magic.length).equals(magic))
    throw new CliError('The file is not a backup that this release can read.')
  const length = start.readUInt32BE(magic.length)
  if (length > headerBytesMax)
    throw new CliError('The backup is damaged: its header is not what was written. Use another copy of the file.')
  const bytes = await read(handle, length)
  if (bytes.length < length) throw cutShort()
  const header = parseHeader(bytes)
  if (header === undefined) throw new CliError('The backup is damaged: its header is not what was written. Use another copy of the file.')
  const { key, check } = deriveKeys(passphrase, header)
  if (!equalBytes(Buffer.from(check), Buffer.from(header.check)))
    throw new CliError('The passphrase is not that of this backup (or the header of the file is damaged).')
  return { key, headDigest: sha256(Buffer.concat([start, bytes])) }
}

const openBlock = ({ key, headDigest }: Sealing, block: number, { prefix, sealed }: { prefix: Buffer; sealed: Buffer }): Buffer => {
  const end = sealed.length - tagBytes
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(block))
  decipher.setAAD(Buffer.concat([headDigest, prefix]))
  decipher.setAuthTag(sealed.subarray(end))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, end)), decipher.final()])
  } catch {
    throw damaged(block)
  }
}

/** The bytes that `sealStream` encrypted. Throws `CliError` for a wrong passphrase and for any byte that is changed, moved or missing. */
export async function* unsealStream(handle: FileHandle, passphrase: string): AsyncGenerator<Buffer> {
  const sealing = await openHead(handle, passphrase)
  for (let block = 0; ; block += 1) {
    const prefix = await read(handle, prefixBytes)
    if (prefix.length < prefixBytes) throw cutShort()
    const length = prefix.readUInt32BE(1)
    if (length > blockBytes) throw damaged(block)
    const sealed = await read(handle, length + tagBytes)
    if (sealed.length < length + tagBytes) throw cutShort()
    yield openBlock(sealing, block, { prefix, sealed })
    if (prefix.readUInt8(0) !== 1) continue
    if ((await read(handle, 1)).length > 0)
      throw new CliError('The backup is damaged: something follows its end. Use another copy of the file.')
    return
  }
}

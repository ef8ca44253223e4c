import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** The head of a tree: how many events it holds, and the hash over all of them. */
export type TreeHead = { readonly origin: string; readonly size: number; readonly root: Uint8Array }

export type CheckpointKey = { readonly privateKey: KeyObject; readonly publicBytes: Buffer }

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')
const algorithmByte = Buffer.from([1])

/** The Ed25519 key of checkpoints from a 32-byte seed. */
export const checkpointKey = (seed: Uint8Array): CheckpointKey => {
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { privateKey, publicBytes: Buffer.from(spki.subarray(spkiPrefix.length)) }
}

const idOf = (name: string, publicBytes: Uint8Array): Buffer =>
  createHash('sha256').update(name).update('\n').update(algorithmByte).update(publicBytes).digest().subarray(0, 4)

/** The key as verifiers of signed notes take it (C2SP signed-note): name, id and public key. */
export const verifierKey = (name: string, { publicBytes }: Pick<CheckpointKey, 'publicBytes'>): string =>
  `${name}+${idOf(name, publicBytes).toString('hex')}+${Buffer.concat([algorithmByte, publicBytes]).toString('base64')}`

const bodyOf = ({ origin, size, root }: TreeHead): string => `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`

/** A checkpoint as a signed note (C2SP tlog-checkpoint and signed-note). */
export const printCheckpoint = (head: TreeHead, { privateKey, publicBytes }: CheckpointKey): string => {
  const body = bodyOf(head)
  const signature = Buffer.concat([idOf(head.origin, publicBytes), sign(null, Buffer.from(body), privateKey)])
  return `${body}\n\u2014 ${head.origin} ${signature.toString('base64')}\n`
}

const form = /^([^\n]{1,512})\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\n\n\u2014 ([^\n ]{1,512}) ([A-Za-z0-9+/=]{1,256})\n$/

/** The head that a checkpoint signs, or undefined where its form or its signature is not ours. */
export const readCheckpoint = (note: string, { publicBytes }: Pick<CheckpointKey, 'publicBytes'>): TreeHead | undefined => {
  const match = form.exec(note)
  if (match === null) return undefined
  const [, origin = '', size = '', root = '', name = '', signed = ''] = match
  const bytes = Buffer.from(signed, 'base64')
  if (name !== origin || !bytes.subarray(0, 4).equals(idOf(origin, publicBytes))) return undefined
  const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicBytes]), format: 'der', type: 'spki' })
  const head = { origin, size: Number(size), root: Buffer.from(root, 'base64') }
  return verify(null, Buffer.from(bodyOf(head)), key, bytes.subarray(4)) ? head : undefined
}

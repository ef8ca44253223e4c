import { createHash } from 'node:crypto'

const hash = (...parts: readonly Uint8Array[]): Buffer => {
  const sha256 = createHash('sha256')
  for (const part of parts) sha256.update(part)
  return sha256.digest()
}

const leafMark = Buffer.from([0])
const nodeMark = Buffer.from([1])

/** RFC 9162 section 2.1.1. */
export const leafHash = (entry: Uint8Array): Buffer => hash(leafMark, entry)
const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => hash(nodeMark, left, right)

/** A tree that only grows: how many leaves it has, and the roots of its whole subtrees, the largest first. */
export type Frontier = { readonly size: number; readonly roots: readonly Uint8Array[] }

export const emptyFrontier: Frontier = { size: 0, roots: [] }

/** The tree with one leaf more: two subtrees of one size become one. */
export const append = ({ size, roots }: Frontier, leaf: Uint8Array): Frontier => {
  let last: Uint8Array = leaf
  const rest = [...roots]
  // BigInt-free: sizes stay below 2^53, and each trailing one of the size is a subtree of the size of `last`.
  for (let before = size; before % 2 === 1; before = (before - 1) / 2) last = nodeHash(rest.pop() as Uint8Array, last)
  return { size: size + 1, roots: [...rest, last] }
}

/** The Merkle tree head (RFC 9162 section 2.1.1). */
export const rootOf = ({ roots }: Frontier): Buffer =>
  roots.length === 0 ? hash() : Buffer.from(roots.reduceRight((right, left) => nodeHash(left, right)))

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { append, emptyFrontier, leafHash, rootOf } from './merkle-tree.ts'

const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map((hex) =>
  Buffer.from(hex, 'hex'),
)

// The roots of the first one to eight of these entries, as the implementations of Certificate Transparency test them.
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** The definition itself: RFC 9162 section 2.1.1. */
const headOf = (leaves: readonly Uint8Array[]): Buffer => {
  if (leaves.length === 0) return createHash('sha256').digest()
  if (leaves.length === 1) return Buffer.from(leaves[0] as Uint8Array)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  const [left, right] = [headOf(leaves.slice(0, split)), headOf(leaves.slice(split))]
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest()
}

describe('the tree', () => {
  test('of nothing has the hash of nothing', () => {
    assert.equal(rootOf(emptyFrontier).toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  test('has the roots that Certificate Transparency gives these entries', () => {
    let tree = emptyFrontier
    for (const [index, entry] of entries.entries()) {
      tree = append(tree, leafHash(entry))
      assert.equal(rootOf(tree).toString('hex'), roots[index], `${index + 1} entries`)
    }
  })

  test('has at every size the root of the definition, and keeps no more than a hash for each one of its size', () => {
    let tree = emptyFrontier
    const leaves: Buffer[] = []
    for (let size = 1; size <= 300; size += 1) {
      const leaf = leafHash(Buffer.from(`entry ${size}`))
      leaves.push(leaf)
      tree = append(tree, leaf)
      assert.equal(tree.size, size)
      assert.equal(tree.roots.length, [...size.toString(2)].filter((bit) => bit === '1').length)
      assert.ok(rootOf(tree).equals(headOf(leaves)), String(size))
    }
  })
})

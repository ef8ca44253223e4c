import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Jwk } from '../../../src/oauth/core/jwt/jwk.ts'

/** One vector with the keys that it is to be verified with: the public ones, or the symmetric ones. */
export type Vector = {
  readonly id: number
  readonly comment: string
  readonly jws: string
  readonly result: 'valid' | 'invalid'
  readonly keys: readonly Jwk[]
}

type KeyOrSet = Jwk | { readonly keys: readonly Jwk[] }
type Test = { readonly tcId: number; readonly comment: string; readonly jws: string; readonly result: string }
type Group = { readonly public?: KeyOrSet; readonly private: KeyOrSet; readonly tests: readonly Test[] }
type File = { readonly numberOfTests: number; readonly testGroups: readonly Group[] }

const keysOf = (one: KeyOrSet): readonly Jwk[] => ('keys' in one ? (one.keys as readonly Jwk[]) : [one as Jwk])

const vectorsOf = (group: Group): Vector[] => {
  const keys = keysOf(group.public ?? group.private)
  return group.tests.map(({ tcId: id, comment, jws, result }) => {
    if (result !== 'valid' && result !== 'invalid') throw new Error(`Vector ${id} has the result ${result}, for which there is no rule.`)
    return { id, comment, jws, result, keys }
  })
}

/** Every vector of a file; fails where their number is not the one that the file states. */
export const readVectors = (name: string): readonly Vector[] => {
  const file = JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as File
  const vectors = file.testGroups.flatMap(vectorsOf)
  assert.equal(vectors.length, file.numberOfTests, name)
  return vectors
}

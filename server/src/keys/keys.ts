export { isSignedBy, type JwtHeader, signJwt, splitJwt } from './jwt.ts'
export { type Algorithm, algorithms, firstAlgorithms } from './key-pair.ts'
export { type KeyRing, NoSigner } from './key-ring.ts'
export { ensureKeys, type KeyChange, type KeyChanges, type RotateResult, revokeKeyNow, rotateKey } from './rotation.ts'

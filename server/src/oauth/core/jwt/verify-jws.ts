import { compactVerify, type JWK } from 'jose'
import { isAsymmetricAlgorithm, type JwtAlgorithm } from './algorithm.ts'
import { fittingKeys } from './fitting-keys.ts'
import type { Jwk } from './jwk.ts'
import { splitJws, type UnverifiedJws } from './split-token.ts'

/** A secret verifies HS256 alone and a key set never does, so that no public key can become an HMAC key (RFC 8725 section 2.1). */
export type VerificationKeys =
  | { readonly kind: 'keys'; readonly keys: readonly Jwk[] }
  | { readonly kind: 'secret'; readonly secret: Uint8Array }

export type JwsRules = { readonly keys: VerificationKeys; readonly algorithms: readonly JwtAlgorithm[] }

/** `isKeyMissing`: a key set that is newer than the one given could verify it. */
export type InvalidJws = { readonly kind: 'invalid'; readonly rule: string; readonly isKeyMissing: boolean }
export type Jws = { readonly kind: 'verified'; readonly header: Readonly<Record<string, unknown>> } | InvalidJws

// RFC 7518 section 3.2: a key at least as long as the hash.
const secretBytesMin = 32

const invalid = (rule: string, isKeyMissing = false): InvalidJws => ({ kind: 'invalid', rule, isKeyMissing })

type Selected = { readonly kind: 'selected'; readonly key: JWK | Uint8Array } | InvalidJws

const selectKey = ({ alg, kid }: UnverifiedJws, { keys, algorithms }: JwsRules): Selected => {
  if (!(algorithms as readonly string[]).includes(alg)) return invalid('The algorithm of the JWT is not one that is accepted here.')
  if (keys.kind === 'secret') {
    if (alg !== 'HS256') return invalid('The JWT must be signed with HS256 and the client secret.')
    return keys.secret.length < secretBytesMin
      ? invalid(`The secret is shorter than ${secretBytesMin} bytes, too short for HS256. Make a new one.`)
      : { kind: 'selected', key: keys.secret }
  }
  if (!isAsymmetricAlgorithm(alg)) return invalid('The JWT must be signed with a private key.')
  const [key, another] = fittingKeys(keys.keys, alg, kid)
  if (key === undefined) return invalid('No key of the signer fits the "kid" and the algorithm of the JWT.', true)
  return another === undefined
    ? { kind: 'selected', key }
    : invalid('Several keys of the signer fit the JWT. Name one by a "kid" that no other key has.')
}

const isSignedWith = async (token: string, key: JWK | Uint8Array, alg: string): Promise<boolean> => {
  try {
    await compactVerify(token, key, { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}

/**
 * Checks the signature of a compact JWS that somebody else made, whatever it signs: form, algorithm, key, signature, in this order.
 * Keys come from the arguments alone; `jwk`, `jku`, `x5u` and `x5c` of the header are never looked at (RFC 8725 section 3.10).
 */
export const verifyJws = async (token: string, rules: JwsRules): Promise<Jws> => {
  const split = splitJws(token)
  if (split.kind === 'invalid') return invalid(split.rule)
  const { header, alg, kid, isSigned } = split.token
  if (!isSigned) return invalid('The JWT is not signed. Sign it with the registered algorithm.')
  const selected = selectKey(split.token, rules)
  if (selected.kind !== 'selected') return selected
  return (await isSignedWith(token, selected.key, alg))
    ? { kind: 'verified', header }
    : invalid('The signature of the JWT does not belong to the key of the signer.', rules.keys.kind === 'keys' && kid === undefined)
}

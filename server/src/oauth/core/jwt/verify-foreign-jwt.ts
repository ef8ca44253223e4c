import { compactVerify, type JWK } from 'jose'
import { isAsymmetricAlgorithm, type JwtAlgorithm } from './algorithm.ts'
import { type ClaimRules, checkClaims } from './check-claims.ts'
import { fittingKeys } from './fitting-keys.ts'
import type { Jwk } from './jwk.ts'
import { splitToken, type UnverifiedToken } from './split-token.ts'

/** A secret verifies HS256 alone and a key set never does, so that no public key can become an HMAC key (RFC 8725 section 2.1). */
export type VerificationKeys =
  | { readonly kind: 'keys'; readonly keys: readonly Jwk[] }
  | { readonly kind: 'secret'; readonly secret: Uint8Array }

export type ForeignJwtRules = {
  readonly keys: VerificationKeys
  readonly algorithms: readonly JwtAlgorithm[]
  /** Media types that `typ` may name, such as `JWT`; absent `typ` passes unless it is required (RFC 8725 section 3.11). */
  readonly typ: { readonly values: readonly string[]; readonly isRequired: boolean }
  readonly claims: ClaimRules
}

/** `isKeyMissing`: a key set that is newer than the one given could verify it. */
export type ForeignJwt =
  | { readonly kind: 'valid'; readonly header: Readonly<Record<string, unknown>>; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'invalid'; readonly rule: string; readonly isKeyMissing: boolean }

// RFC 7518 section 3.2: a key at least as long as the hash.
const secretBytesMin = 32

const invalid = (rule: string, isKeyMissing = false): ForeignJwt => ({ kind: 'invalid', rule, isKeyMissing })

const mediaType = (text: string): string => text.toLowerCase().replace(/^application\//, '')

const checkType = ({ header: { typ } }: UnverifiedToken, rules: ForeignJwtRules): string | undefined => {
  if (typ === undefined) return rules.typ.isRequired ? 'The JWT has no "typ", and one is required here.' : undefined
  const isFine = typeof typ === 'string' && rules.typ.values.some((value) => mediaType(value) === mediaType(typ))
  return isFine ? undefined : 'The "typ" of the JWT is of another kind of token. Send the kind that is asked for here.'
}

type Selected = { readonly kind: 'selected'; readonly key: JWK | Uint8Array } | ForeignJwt

const selectKey = ({ alg, kid }: UnverifiedToken, { keys, algorithms }: ForeignJwtRules): Selected => {
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
 * Checks a JWT that somebody else made: form, algorithm, key, signature, type and claims, in this order.
 * Keys come from the arguments alone; `jwk`, `jku`, `x5u` and `x5c` of the header are never looked at (RFC 8725 section 3.10).
 */
export const verifyForeignJwt = async (token: string, rules: ForeignJwtRules): Promise<ForeignJwt> => {
  const split = splitToken(token)
  if (split.kind === 'invalid') return invalid(split.rule)
  const { header, claims, alg, kid, isSigned } = split.token
  if (!isSigned) return invalid('The JWT is not signed. Sign it with the registered algorithm.')
  const selected = selectKey(split.token, rules)
  if (selected.kind !== 'selected') return selected
  if (!(await isSignedWith(token, selected.key, alg)))
    return invalid('The signature of the JWT does not belong to the key of the signer.', rules.keys.kind === 'keys' && kid === undefined)
  const fault = checkType(split.token, rules) ?? checkClaims(claims, rules.claims)
  return fault === undefined ? { kind: 'valid', header, claims } : invalid(fault)
}

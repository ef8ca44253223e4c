import type { JWK } from 'jose'
import type { AsymmetricAlgorithm } from './algorithm.ts'
import type { Jwk } from './jwk.ts'
import { isSoundRsaKey } from './rsa-key.ts'

type Form = { readonly kty: string; readonly crv?: string; readonly members: readonly string[] }

const rsa: Form = { kty: 'RSA', members: ['n', 'e'] }
const ed25519: Form = { kty: 'OKP', crv: 'Ed25519', members: ['crv', 'x'] }
const forms: Readonly<Record<AsymmetricAlgorithm, Form>> = {
  RS256: rsa,
  PS256: rsa,
  ES256: { kty: 'EC', crv: 'P-256', members: ['crv', 'x', 'y'] },
  EdDSA: ed25519,
  Ed25519: ed25519,
}

// 8,192 bits: a larger modulus, or an exponent beyond 32 bits, only costs the verifier time.
const lengths: Readonly<Record<string, number>> = { n: 1366, e: 6, x: 43, y: 43 }

const isMember = (jwk: Jwk, name: string): boolean => {
  const value = jwk[name]
  return typeof value === 'string' && value !== '' && value.length <= (lengths[name] ?? 16)
}

const isForVerifying = ({ use, key_ops: operations }: Jwk): boolean =>
  (use === undefined || use === 'sig') && (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))

const fits = (jwk: Jwk, algorithm: AsymmetricAlgorithm): boolean => {
  const { kty, crv, members } = forms[algorithm]
  const isKind = jwk.kty === kty && (crv === undefined || jwk['crv'] === crv)
  const isPinned = jwk['alg'] === undefined || jwk['alg'] === algorithm
  const isWhole = isKind && isPinned && isForVerifying(jwk) && members.every((name) => isMember(jwk, name))
  return isWhole && (kty !== 'RSA' || isSoundRsaKey(String(jwk['n']), String(jwk['e'])))
}

const bare = (jwk: Jwk, algorithm: AsymmetricAlgorithm): JWK => {
  const { kty, members } = forms[algorithm]
  return { kty, alg: algorithm, ...Object.fromEntries(members.map((name) => [name, jwk[name]])) }
}

/** The keys that may verify the algorithm, by `kid` where the token names one: the key decides, never the token (RFC 8725 section 3.1). */
export const fittingKeys = (keys: readonly Jwk[], algorithm: AsymmetricAlgorithm, kid: string | undefined): readonly JWK[] =>
  keys.filter((jwk) => (kid === undefined || jwk['kid'] === kid) && fits(jwk, algorithm)).map((jwk) => bare(jwk, algorithm))

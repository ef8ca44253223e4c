import { type ClaimRules, checkClaims } from './check-claims.ts'
import { splitToken, type UnverifiedToken } from './split-token.ts'
import { type InvalidJws, type JwsRules, verifyJws } from './verify-jws.ts'

export type ForeignJwtRules = JwsRules & {
  /** Media types that `typ` may name, such as `JWT`; absent `typ` passes unless it is required (RFC 8725 section 3.11). */
  readonly typ: { readonly values: readonly string[]; readonly isRequired: boolean }
  readonly claims: ClaimRules
}

export type ForeignJwt =
  | { readonly kind: 'valid'; readonly header: Readonly<Record<string, unknown>>; readonly claims: Readonly<Record<string, unknown>> }
  | InvalidJws

const invalid = (rule: string): InvalidJws => ({ kind: 'invalid', rule, isKeyMissing: false })

const mediaType = (text: string): string => text.toLowerCase().replace(/^application\//, '')

const checkType = ({ header: { typ } }: UnverifiedToken, rules: ForeignJwtRules): string | undefined => {
  if (typ === undefined) return rules.typ.isRequired ? 'The JWT has no "typ", and one is required here.' : undefined
  const isFine = typeof typ === 'string' && rules.typ.values.some((value) => mediaType(value) === mediaType(typ))
  return isFine ? undefined : 'The "typ" of the JWT is of another kind of token. Send the kind that is asked for here.'
}

/** Checks a JWT that somebody else made: form, algorithm, key, signature, type and claims, in this order. */
export const verifyForeignJwt = async (token: string, rules: ForeignJwtRules): Promise<ForeignJwt> => {
  const split = splitToken(token)
  if (split.kind === 'invalid') return invalid(split.rule)
  const jws = await verifyJws(token, rules)
  if (jws.kind === 'invalid') return jws
  const { header, claims } = split.token
  const fault = checkType(split.token, rules) ?? checkClaims(claims, rules.claims)
  return fault === undefined ? { kind: 'valid', header, claims } : invalid(fault)
}

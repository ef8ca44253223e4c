import { type AsymmetricAlgorithm, asymmetricAlgorithms, isAsymmetricAlgorithm } from './algorithm.ts'
import { type ClaimRules, checkClaims } from './check-claims.ts'
import type { FindKeys } from './jwk.ts'
import { type RequestedParameters, readParameters } from './request-parameters.ts'
import { splitToken } from './split-token.ts'
import { verifyWithRotation } from './verify-with-rotation.ts'

export type RequestObjectRules = {
  readonly clientId: string
  readonly issuer: string
  readonly now: number
  readonly findKeys: FindKeys
  /** The client's registered `request_object_signing_alg`. */
  readonly signingAlg: string | undefined
  /** Takes unsigned objects of clients that registered no algorithm (OpenID Connect Core section 6.1). */
  readonly unsafeAllowUnsigned: boolean
}

export type RequestObject =
  | { readonly kind: 'valid'; readonly isSigned: boolean; readonly parameters: RequestedParameters }
  | { readonly kind: 'invalid'; readonly rule: string }

type Claims = Readonly<Record<string, unknown>>
type Read = { readonly kind: 'valid'; readonly claims: Claims } | { readonly kind: 'invalid'; readonly rule: string }

const invalid = (rule: string): { readonly kind: 'invalid'; readonly rule: string } => ({ kind: 'invalid', rule })

// RFC 9101 section 10.8: a JWT made for another purpose says so in its type.
const typ = { values: ['oauth-authz-req+jwt', 'JWT'], isRequired: false }

const claimRules = ({ now, issuer, clientId }: RequestObjectRules): ClaimRules => ({
  now,
  issuer: { value: clientId, isRequired: false },
  audience: { kind: 'contains', value: issuer, isRequired: false },
  expiry: { isRequired: false },
})

const algorithmsOf = (signingAlg: string | undefined): readonly AsymmetricAlgorithm[] => {
  if (signingAlg === undefined) return asymmetricAlgorithms
  return isAsymmetricAlgorithm(signingAlg) ? [signingAlg] : []
}

/** The only place where `none` is read: exactly so spelled, with no signature. */
const readUnsignedRequestObject = (token: string, rules: RequestObjectRules): Read => {
  const split = splitToken(token)
  if (split.kind === 'invalid') return split
  const { alg, isSigned, claims, header } = split.token
  if (alg !== 'none' || isSigned) return invalid('The request object is not unsigned as the client registered it.')
  if (header['typ'] !== undefined && !typ.values.includes(String(header['typ']))) return invalid('The "typ" is not of a request object.')
  const fault = checkClaims(claims, claimRules(rules))
  return fault === undefined ? { kind: 'valid', claims } : invalid(fault)
}

const isUnsigned = (token: string): boolean => {
  const split = splitToken(token)
  return split.kind === 'split' && split.token.alg === 'none'
}

const mayBeUnsigned = ({ signingAlg, unsafeAllowUnsigned }: RequestObjectRules): boolean =>
  signingAlg === 'none' || (signingAlg === undefined && unsafeAllowUnsigned)

const checkOrigin = ({ client_id: clientId, sub }: Claims, rules: RequestObjectRules): string | undefined => {
  if (clientId !== undefined && clientId !== rules.clientId) return 'The client_id in the request object is not that of the request.'
  // RFC 9101 section 10.8: with the client as its subject it could pass for a client assertion elsewhere.
  return sub === rules.clientId ? 'The "sub" of the request object is the client. Leave it out.' : undefined
}

/** Reads a request object passed by value (RFC 9101 section 6, OpenID Connect Core section 6). Nothing is fetched but the client's keys. */
export const readRequestObject = async (token: string, rules: RequestObjectRules): Promise<RequestObject> => {
  const isBare = mayBeUnsigned(rules) && (rules.signingAlg === 'none' || isUnsigned(token))
  const read: Read = isBare
    ? readUnsignedRequestObject(token, rules)
    : await verifyWithRotation(token, {
        findKeys: rules.findKeys,
        algorithms: algorithmsOf(rules.signingAlg),
        typ,
        claims: claimRules(rules),
      })
  if (read.kind === 'invalid') return invalid(read.rule)
  const fault = checkOrigin(read.claims, rules)
  if (fault !== undefined) return invalid(fault)
  const parameters = readParameters(read.claims)
  return parameters.kind === 'invalid' ? parameters : { kind: 'valid', isSigned: !isBare, parameters }
}

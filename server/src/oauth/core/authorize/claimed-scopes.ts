import { claimsOfScope } from '../tokens/claims.ts'
import type { ClaimsOfPlace, ClaimsRequest } from './claims-parameter.ts'

const standard: ReadonlyMap<string, string> = new Map(
  Object.entries(claimsOfScope).flatMap(([scope, claims]) => claims.map((claim): [string, string] => [claim, scope])),
)

/** The scope that stands for each claim: a standard one, or the tenant's own. */
export const scopeOfClaims =
  (mappings: readonly { readonly claim: string; readonly scope: string }[]) =>
  (claim: string): string | undefined =>
    mappings.find((one) => one.claim === claim)?.scope ?? standard.get(claim)

type ScopeOf = (claim: string) => string | undefined

/** Leaves out the claims of scopes that the client may not ask for: one by one it gets no more than by scope. */
export const claimsWithin = (claims: ClaimsRequest, allowed: readonly string[] | undefined, scopeOf: ScopeOf): ClaimsRequest => {
  if (allowed === undefined) return claims
  // A claim of no scope, such as sub and acr, says nothing more of the person.
  const isAllowed = (scope: string | undefined): boolean => scope === undefined || allowed.includes(scope)
  const within = (place: ClaimsOfPlace): ClaimsOfPlace =>
    Object.fromEntries(Object.entries(place).filter(([claim]) => isAllowed(scopeOf(claim))))
  return { userinfo: within(claims.userinfo), idToken: within(claims.idToken) }
}

/** The scope with those that stand for the claims asked for one by one: what a person allows is the same either way. */
export const scopeWithClaims = (scope: readonly string[], claims: ClaimsRequest, scopeOf: ScopeOf): readonly string[] => {
  const asked = [...Object.keys(claims.userinfo), ...Object.keys(claims.idToken)].flatMap((claim) => scopeOf(claim) ?? [])
  return [...new Set([...scope, ...asked])]
}

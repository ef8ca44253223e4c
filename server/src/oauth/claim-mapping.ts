import { parseScope } from './core/scope.ts'
import { type ClaimMapping, claimsOfScope, reservedClaims } from './core/tokens/claims.ts'

export const claimMappingsMax = 100

/** Claims that the standard scopes give. */
export const standardClaims: readonly string[] = Object.values(claimsOfScope).flat()

const hasSpace = (text: string): boolean => /[\p{C}\p{Z}]/u.test(text)

const isNoAttribute = (name: string): boolean => name === '' || name.length > 128 || hasSpace(name) || name in {}

/** What is wrong with a claim that comes from an attribute or from the person's access, as sentences. */
export const problemsOfClaimMapping = ({ claim, attribute, access, scope }: ClaimMapping): readonly string[] => [
  ...(reservedClaims.includes(claim) ? [`The claim "${claim}" is written by the protocol itself. Choose another name.`] : []),
  ...(standardClaims.includes(claim)
    ? [`The claim "${claim}" is a standard one, and its scope gives it already. Choose another name.`]
    : []),
  ...(claim === '' || claim.length > 256 || hasSpace(claim) || claim in {}
    ? [`"${claim.slice(0, 256)}" is no name for a claim. Use 1 to 256 visible characters without spaces.`]
    : []),
  ...(access === undefined && isNoAttribute(attribute)
    ? [`"${attribute.slice(0, 128)}" is no attribute. Name one of the attribute schema.`]
    : []),
  ...(scope.length > 128 || parseScope(scope)?.[0] !== scope
    ? [`"${scope.slice(0, 128)}" is no scope. Use visible characters without spaces, quotes and backslashes.`]
    : []),
]

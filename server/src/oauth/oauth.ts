export { sealDraft } from './branding-draft.ts'
export { parseScope, scopePattern } from './core/scope.ts'
export { type ClaimMapping, claimsOfScope, reservedClaims } from './core/tokens/claims.ts'

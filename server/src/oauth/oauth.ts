export { sealDraft } from './branding-draft.ts'
export { claimMappingsMax, problemsOfClaimMapping, standardClaims } from './claim-mapping.ts'
export { parseScope, scopePattern } from './core/scope.ts'
export type { AccessClaimName, ClaimMapping } from './core/tokens/claims.ts'

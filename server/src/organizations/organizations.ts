// The front door of this folder: what other slices may use.
export { acceptOwnInvitation, openOrganizationInvitation, organizationInvitationGuard } from './acceptance.store.ts'
export { findOrganizationLogo } from './branding.store.ts'
export { challengeRecord, readDomain } from './domain-name.ts'
export { findInvitedPerson, removeOldOrganizationInvitations } from './invitations.store.ts'
export { type Look, organizationLogoPath } from './look.ts'
export { everythingInside } from './organization-permissions.ts'
export {
  createPolicyCheck,
  type OrganizationPolicy,
  type PolicyCheck,
  type Shortfall,
  type SignedInBy,
} from './organization-policy.ts'
export { plainMember } from './organization-roles.ts'
export { createOrganizationRules, type OrganizationRules, type OrganizationRulesCache } from './organization-rules.ts'
export { findOwnedAlone, holdOwnedAlone } from './owners.store.ts'
export type { Refusal } from './refusal.ts'
export { findRules } from './rules.store.ts'
export { type BoundMembership, type TokenMemberships, tokenMemberships } from './token-membership.store.ts'

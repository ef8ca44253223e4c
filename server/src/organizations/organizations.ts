// The front door of this folder: what other slices may use.
export { acceptOwnInvitation, openOrganizationInvitation, organizationInvitationGuard } from './acceptance.store.ts'
export { findOrganizationLogo } from './branding.store.ts'
export { findInvitedPerson, removeOldOrganizationInvitations } from './invitations.store.ts'
export { everythingInside } from './organization-permissions.ts'
export { createPolicyCheck } from './organization-policy.ts'
export { plainMember } from './organization-roles.ts'
export type { Refusal } from './refusal.ts'
export { type TokenMemberships, tokenMemberships } from './token-membership.store.ts'

export { type AccountClient, createAccountClient } from './account-client.ts'
export type {
  AccountSession,
  ActivityEvent,
  ActivityPage,
  ConnectedApplication,
  Device,
  Factors,
  LinkedIdentity,
  Me,
  Membership,
  OrganizationOffer,
  Passkey,
  PasskeyOptions,
  PasskeySignal,
  ReceivedInvitation,
  TotpEnrolment,
} from './account-types.ts'
export {
  type AdminAnswer,
  type AdminBody,
  type AdminClient,
  type AdminPath,
  type AdminQuery,
  type AdminRequest,
  createAdminClient,
} from './admin-client.ts'
export type { ApiClientOptions } from './api-call.ts'
export { type BrowserClient, type BrowserClientOptions, createBrowserClient, type SignInWish } from './browser-client.ts'
export { createDpopFetch, createDpopKey, createDpopProof, type DpopFetchOptions, type DpopProofWish, dpopThumbprint } from './dpop.ts'
export { ApiError, type ProblemKind, type ProblemPlace, SignInError, StepUpRequired } from './errors.ts'
export type { IdTokenClaims } from './id-token.ts'
export { createOrganizationClient, type OrganizationClient, type Tagged } from './organization-client.ts'
export type {
  ListedInvitations,
  Member,
  OrganizationDomain,
  OrganizationEvent,
  OrganizationInvitation,
  OrganizationLook,
  OrganizationPolicy,
  OrganizationRole,
} from './organization-types.ts'
export { canUsePasskeys, type MadePasskey, makePasskey, tellDevice } from './passkeys.ts'
export { readStepUp } from './read-refusal.ts'

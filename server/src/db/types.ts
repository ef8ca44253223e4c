// Generated from the database by npm run generate; do not edit.
import type { ColumnType } from "kysely";

export type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[]
  ? U[]
  : ArrayTypeImpl<T>;

export type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S[], I[], U[]>
  : T[];

export type Generated<T> = T extends ColumnType<infer S, infer I, infer U>
  ? ColumnType<S, I | undefined, U>
  : ColumnType<T, T | undefined, T>;

export type Int8 = ColumnType<number, number, number>;

export type Json = JsonValue;

export type JsonArray = JsonValue[];

export type JsonObject = {
  [x: string]: JsonValue | undefined;
};

export type JsonPrimitive = boolean | number | string | null;

export type JsonValue = JsonArray | JsonObject | JsonPrimitive;

export type Timestamp = ColumnType<Date, Date | string, Date | string>;

export interface AddressFailures {
  failures: number;
  key: string;
  tenant_id: string;
  window_start: Timestamp;
}

export interface ApiResources {
  access_claims: Generated<string[]>;
  access_token_ttl_seconds: number | null;
  created_at: Generated<Timestamp>;
  identifier: string;
  name: string;
  scopes: Generated<string[]>;
  signing_algorithm: Generated<string>;
  tenant_id: string;
  token_format: Generated<string>;
  updated_at: Generated<Timestamp>;
}

export interface Avatars {
  bytes: Buffer;
  changed_at: Generated<Timestamp>;
  hash: string;
  media_type: string;
  tenant_id: string;
  user_id: string;
}

export interface CacheEpochs {
  changed_at: Generated<Timestamp>;
  kind: string;
  tenant_id: string;
  version: Generated<Int8>;
}

export interface ClientRoles {
  client_id: string;
  created_at: Generated<Timestamp>;
  role: string;
  tenant_id: string;
}

export interface Clients {
  created_at: Generated<Timestamp>;
  created_via: string;
  id: string;
  is_first_party: Generated<boolean>;
  metadata: Json;
  name: string | null;
  registration_token_hash: Buffer | null;
  status: Generated<string>;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
}

export interface ClientSecrets {
  client_id: string;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp | null;
  hash: Buffer;
  id: string;
  sealed: Buffer | null;
  tenant_id: string;
}

export interface ConfigVersions {
  actor: string | null;
  applied_at: Generated<Timestamp>;
  approval: string | null;
  changes: Json;
  document: Json;
  former: Json | null;
  tenant_id: string;
  version: Int8;
  via: string;
}

export interface Consents {
  client_id: string;
  granted_at: Generated<Timestamp>;
  scope: string[];
  tenant_id: string;
  user_id: string;
}

export interface DeviceCodes {
  client_id: string;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  grant_id: string | null;
  hash: Buffer;
  id: string;
  interval_seconds: number;
  polled_at: Timestamp | null;
  resources: Generated<string[]>;
  scope: string;
  session_id: string | null;
  status: Generated<string>;
  tenant_id: string;
  user_code: string;
  user_id: string | null;
}

export interface Devices {
  browser: Buffer;
  first_seen_at: Generated<Timestamp>;
  last_seen_at: Generated<Timestamp>;
  tenant_id: string;
  trust_hash: Buffer | null;
  trusted_until: Timestamp | null;
  user_id: string;
}

export interface EventChain {
  event_at: Timestamp;
  event_id: string;
  form: number;
  leaf: Buffer;
  position: Int8;
  tenant_id: string;
}

export interface EventCheckpoints {
  frontier: ArrayType<Buffer>;
  note: string;
  root: Buffer;
  seen_at: Timestamp;
  signed_at: Generated<Timestamp>;
  size: Int8;
  tenant_id: string;
}

export interface EventHours {
  count: Int8;
  detail: Generated<string>;
  hour: Timestamp;
  tenant_id: string;
  type: string;
}

export interface EventKeys {
  id: string;
  sealed: Buffer;
}

export interface Events {
  actor: string | null;
  at: Generated<Timestamp>;
  client_id: string | null;
  id: string;
  ip: string | null;
  ip_bucket: number | null;
  key_id: string | null;
  payload: Generated<Json>;
  request_id: string | null;
  sealed: Buffer | null;
  session_id: string | null;
  tenant_id: string;
  type: string;
  user_agent: string | null;
  user_id: string | null;
}

export interface FactorStates {
  failures: Generated<number>;
  locked_until: Generated<Timestamp>;
  method: string;
  tenant_id: string;
  user_id: string;
}

export interface Grants {
  client_id: string;
  counter: Generated<Int8>;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id: string;
  idle_expires_at: Timestamp;
  revoke_reason: string | null;
  revoked_at: Timestamp | null;
  rotated_at: Generated<Timestamp>;
  scope: Generated<string>;
  session_id: string;
  tenant_id: string;
}

export interface GroupMembers {
  created_at: Generated<Timestamp>;
  group_id: string;
  tenant_id: string;
  user_id: string;
}

export interface GroupRoles {
  created_at: Generated<Timestamp>;
  group_id: string;
  role: string;
  tenant_id: string;
}

export interface Groups {
  created_at: Generated<Timestamp>;
  description: Generated<string>;
  id: string;
  name: string;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

export interface IdempotencyKeys {
  actor: string;
  answer: Buffer | null;
  created_at: Generated<Timestamp>;
  fingerprint: Buffer;
  key: string;
  tenant_id: string;
}

export interface Identifiers {
  canonical: string;
  created_at: Generated<Timestamp>;
  kind: string;
  tenant_id: string;
  user_id: string;
  verified_at: Timestamp | null;
  written: string;
}

export interface Impersonations {
  actor_id: string;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp | null;
  id: string;
  reason: string;
  seconds: number;
  session_id: string | null;
  spent_at: Timestamp | null;
  tenant_id: string;
  ticket_expires_at: Timestamp;
  ticket_hash: Buffer;
  user_id: string;
}

export interface ImportParts {
  created: number;
  errors: number;
  first_row: Int8;
  import_id: string;
  present: number;
  rows: number;
  taken_at: Generated<Timestamp>;
  tenant_id: string;
}

export interface ImportProblems {
  import_id: string;
  reason: string;
  row_number: Int8;
  tenant_id: string;
  username: string | null;
}

export interface Imports {
  actor: string;
  created_at: Generated<Timestamp>;
  ended_at: Timestamp | null;
  hashes_passwords: boolean;
  id: string;
  is_dry_run: boolean;
  name: Generated<string>;
  rows_expected: Int8 | null;
  state: Generated<string>;
  tenant_id: string;
}

export interface InitialAccessTokens {
  created_at: Generated<Timestamp>;
  expires_at: Timestamp | null;
  hash: Buffer;
  id: string;
  note: string | null;
  tenant_id: string;
  uses_left: number | null;
}

export interface Invitations {
  accepted_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  email: string;
  expires_at: Timestamp;
  id: string;
  language: string;
  life_seconds: number;
  mailed_hash: Buffer;
  printed_hash: Buffer | null;
  revoked_at: Timestamp | null;
  sent_at: Generated<Timestamp>;
  tenant_id: string;
  user_id: string | null;
  username: string | null;
  written: string;
}

export interface Messages {
  attempts: Generated<number>;
  channel: string;
  created_at: Generated<Timestamp>;
  due_at: Generated<Timestamp>;
  expires_at: Timestamp;
  gave_up_at: Timestamp | null;
  id: string;
  language: string;
  last_error: string | null;
  recipient: string;
  sealed: Buffer;
  sent_at: Timestamp | null;
  template: string;
  tenant_id: string;
  user_id: string | null;
}

export interface OauthGrants {
  acr: string | null;
  amr: string[];
  auth_time: Timestamp;
  claims: Json | null;
  client_id: string;
  code: Json | null;
  code_expires_at: Timestamp | null;
  code_hash: Buffer | null;
  code_spent_at: Timestamp | null;
  counter: Generated<Int8>;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id: string;
  idle_expires_at: Timestamp;
  impersonator_id: string | null;
  is_offline: Generated<boolean>;
  methods: string[] | null;
  resources: Generated<string[]>;
  revoke_reason: string | null;
  revoked_at: Timestamp | null;
  rotated_at: Generated<Timestamp>;
  scope: string;
  session_id: string | null;
  tenant_id: string;
  user_id: string;
}

export interface OrganizationDomains {
  challenge: string;
  checked_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  domain: string;
  id: string;
  joining: Generated<string>;
  missing_since: Timestamp | null;
  organization_id: string;
  roles: Generated<string[]>;
  tenant_id: string;
  verified_at: Timestamp | null;
}

export interface OrganizationInvitations {
  accepted_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  email: string;
  expires_at: Timestamp;
  id: string;
  language: string;
  life_seconds: number;
  mailed_hash: Buffer;
  organization_id: string;
  printed_hash: Buffer | null;
  revoked_at: Timestamp | null;
  roles: string[];
  sent_at: Generated<Timestamp>;
  tenant_id: string;
  user_id: string | null;
  written: string;
}

export interface OrganizationLogos {
  bytes: Buffer;
  hash: string;
  media_type: string;
  organization_id: string;
  tenant_id: string;
}

export interface OrganizationLooks {
  look: Json;
  organization_id: string;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

export interface OrganizationMembers {
  created_at: Generated<Timestamp>;
  organization_id: string;
  roles: string[];
  tenant_id: string;
  user_id: string;
}

export interface OrganizationPolicies {
  methods: string[] | null;
  organization_id: string;
  second_factor: string;
  session_seconds: number | null;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

export interface OrganizationRoles {
  created_at: Generated<Timestamp>;
  description: Generated<string>;
  id: string;
  name: string;
  permissions: string[];
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

export interface Organizations {
  created_at: Generated<Timestamp>;
  folded_name: string;
  id: string;
  name: string;
  slug: string;
  status: Generated<string>;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

export interface Passkeys {
  aaguid: string;
  attestation_format: Generated<string>;
  cloned_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  credential_id: Buffer;
  id: string;
  is_backed_up: boolean;
  is_backup_eligible: boolean;
  is_user_verified: boolean;
  last_used_at: Timestamp | null;
  name: string;
  public_key: Buffer;
  rp_id: string;
  sign_count: Generated<Int8>;
  tenant_id: string;
  transports: Generated<string[]>;
  user_id: string;
}

export interface Passwords {
  changed_at: Generated<Timestamp>;
  encoded: string;
  tenant_id: string;
  user_id: string;
}

export interface PendingChanges {
  changes: Json;
  created_at: Generated<Timestamp>;
  decided_at: Timestamp | null;
  decided_by: string | null;
  document: Json;
  expires_at: Timestamp;
  hash: string;
  id: string;
  proposed_by: string;
  proposed_user: string | null;
  prune: boolean;
  state: Generated<string>;
  tenant_id: string;
  title: string;
}

export interface PersonalAccessTokens {
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  hash: Buffer;
  id: string;
  last_used_at: Timestamp | null;
  name: string;
  permissions: string[];
  tenant_id: string;
  user_id: string;
}

export interface PlatformState {
  changed_at: Generated<Timestamp>;
  key: string;
  value: Json;
}

export interface Profiles {
  attributes: Json;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  user_id: string;
}

export interface Proofs {
  address: string;
  browser: Buffer | null;
  channel: Generated<string>;
  code_mac: Buffer | null;
  created_at: Generated<Timestamp>;
  expires_at: Timestamp;
  id: string;
  link_hash: Buffer | null;
  payload: Generated<Json>;
  proved_at: Timestamp | null;
  purpose: string;
  spent_at: Timestamp | null;
  tenant_id: string;
  tries: Generated<number>;
  used_at: Timestamp | null;
  user_id: string | null;
}

export interface PushedRequests {
  client_id: string;
  expires_at: Timestamp;
  hash: Buffer;
  parameters: Json;
  tenant_id: string;
}

export interface RateWindows {
  key: string;
  requests: Int8;
  tenant_id: string;
  window_start: Timestamp;
}

export interface RecoveryCodes {
  created_at: Generated<Timestamp>;
  hash: Buffer;
  spent_at: Timestamp | null;
  tenant_id: string;
  user_id: string;
}

export interface RevokedTokens {
  expires_at: Timestamp;
  jti: string;
  revoked_at: Generated<Timestamp>;
  tenant_id: string;
}

export interface RoleAssignments {
  created_at: Generated<Timestamp>;
  role: string;
  tenant_id: string;
  user_id: string;
}

export interface Roles {
  created_at: Generated<Timestamp>;
  description: Generated<string>;
  id: string;
  name: string;
  permissions: string[];
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  version: Generated<Int8>;
}

export interface SessionClients {
  attempts: Generated<number>;
  client_id: string;
  created_at: Generated<Timestamp>;
  delivered_at: Timestamp | null;
  due_at: Timestamp | null;
  gave_up_at: Timestamp | null;
  last_error: string | null;
  session_id: string;
  tenant_id: string;
  user_id: string;
}

export interface Sessions {
  amr: string[];
  auth_time: Timestamp | null;
  browser: Buffer | null;
  created_at: Generated<Timestamp>;
  end_reason: string | null;
  ended_at: Timestamp | null;
  expires_at: Timestamp;
  id: string;
  idle_expires_at: Timestamp | null;
  impersonator_id: string | null;
  ip: string | null;
  kind: string;
  methods: string[] | null;
  secret_hash: Buffer | null;
  tenant_id: string;
  user_agent: string | null;
  user_id: string;
}

export interface SettingVersions {
  actor: string | null;
  changed_at: Generated<Timestamp>;
  key: string;
  tenant_id: string;
  value: Json;
  version: Int8;
  via: string;
}

export interface SigningKeys {
  active_at: Timestamp;
  algorithm: string;
  created_at: Generated<Timestamp>;
  id: string;
  public_jwk: Json;
  removed_at: Timestamp | null;
  retired_at: Timestamp | null;
  revoked_at: Timestamp | null;
  sealed_private: Buffer;
  tenant_id: string;
}

export interface SignInStates {
  failures: Generated<number>;
  generation: Generated<Int8>;
  locked_until: Generated<Timestamp>;
  tenant_id: string;
  user_id: string;
}

export interface SpentAssertions {
  client_id: string;
  expires_at: Timestamp;
  jti_hash: Buffer;
  tenant_id: string;
}

export interface SpentChallenges {
  expires_at: Timestamp;
  hash: Buffer;
  tenant_id: string;
}

export interface Tenants {
  created_at: Generated<Timestamp>;
  deletion_due_at: Timestamp | null;
  name: string;
  slug: string;
  status: Generated<string>;
  tenant_id: Generated<string>;
}

export interface TenantSettings {
  changed_at: Generated<Timestamp>;
  key: string;
  tenant_id: string;
  value: Json;
  version: Generated<Int8>;
}

export interface TotpFactors {
  confirmed_at: Timestamp | null;
  created_at: Generated<Timestamp>;
  last_step: Generated<Int8>;
  sealed_secret: Buffer;
  tenant_id: string;
  user_id: string;
}

export interface Upkeep {
  due_at: Generated<Timestamp>;
  last_error: string | null;
  last_run_at: Timestamp | null;
  task: string;
}

export interface Users {
  created_at: Generated<Timestamp>;
  deletion_due_at: Timestamp | null;
  id: string;
  language: string | null;
  number: Generated<Int8>;
  status: Generated<string>;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
}

export interface WebhookDeliveries {
  attempts: Generated<number>;
  created_at: Generated<Timestamp>;
  due_at: Generated<Timestamp>;
  event_at: Timestamp;
  event_id: string;
  event_type: string;
  finished_at: Timestamp | null;
  id: string;
  last_error: string | null;
  last_milliseconds: number | null;
  last_status: number | null;
  state: Generated<string>;
  tenant_id: string;
  webhook_id: string;
}

export interface Webhooks {
  created_at: Generated<Timestamp>;
  description: Generated<string>;
  disabled_reason: string | null;
  event_types: string[];
  failing_since: Timestamp | null;
  id: string;
  is_enabled: Generated<boolean>;
  secrets: Buffer;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
  url: string;
  version: Generated<Int8>;
}

export interface DB {
  address_failures: AddressFailures;
  api_resources: ApiResources;
  avatars: Avatars;
  cache_epochs: CacheEpochs;
  client_roles: ClientRoles;
  client_secrets: ClientSecrets;
  clients: Clients;
  config_versions: ConfigVersions;
  consents: Consents;
  device_codes: DeviceCodes;
  devices: Devices;
  event_chain: EventChain;
  event_checkpoints: EventCheckpoints;
  event_hours: EventHours;
  event_keys: EventKeys;
  events: Events;
  factor_states: FactorStates;
  grants: Grants;
  group_members: GroupMembers;
  group_roles: GroupRoles;
  groups: Groups;
  idempotency_keys: IdempotencyKeys;
  identifiers: Identifiers;
  impersonations: Impersonations;
  import_parts: ImportParts;
  import_problems: ImportProblems;
  imports: Imports;
  initial_access_tokens: InitialAccessTokens;
  invitations: Invitations;
  messages: Messages;
  oauth_grants: OauthGrants;
  organization_domains: OrganizationDomains;
  organization_invitations: OrganizationInvitations;
  organization_logos: OrganizationLogos;
  organization_looks: OrganizationLooks;
  organization_members: OrganizationMembers;
  organization_policies: OrganizationPolicies;
  organization_roles: OrganizationRoles;
  organizations: Organizations;
  passkeys: Passkeys;
  passwords: Passwords;
  pending_changes: PendingChanges;
  personal_access_tokens: PersonalAccessTokens;
  platform_state: PlatformState;
  profiles: Profiles;
  proofs: Proofs;
  pushed_requests: PushedRequests;
  rate_windows: RateWindows;
  recovery_codes: RecoveryCodes;
  revoked_tokens: RevokedTokens;
  role_assignments: RoleAssignments;
  roles: Roles;
  session_clients: SessionClients;
  sessions: Sessions;
  setting_versions: SettingVersions;
  sign_in_states: SignInStates;
  signing_keys: SigningKeys;
  spent_assertions: SpentAssertions;
  spent_challenges: SpentChallenges;
  tenant_settings: TenantSettings;
  tenants: Tenants;
  totp_factors: TotpFactors;
  upkeep: Upkeep;
  users: Users;
  webhook_deliveries: WebhookDeliveries;
  webhooks: Webhooks;
}


// Generated from the database by npm run generate; do not edit.
import type { ColumnType } from "kysely";

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

export interface CacheEpochs {
  kind: string;
  tenant_id: string;
  version: Generated<Int8>;
}

export interface Events {
  at: Generated<Timestamp>;
  client_id: string | null;
  id: string;
  ip: string | null;
  payload: Generated<Json>;
  request_id: string | null;
  session_id: string | null;
  tenant_id: string;
  type: string;
  user_agent: string | null;
  user_id: string | null;
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

export interface Identifiers {
  canonical: string;
  created_at: Generated<Timestamp>;
  kind: string;
  tenant_id: string;
  user_id: string;
  verified_at: Timestamp | null;
  written: string;
}

export interface Passwords {
  changed_at: Generated<Timestamp>;
  encoded: string;
  tenant_id: string;
  user_id: string;
}

export interface PlatformState {
  changed_at: Generated<Timestamp>;
  key: string;
  value: Json;
}

export interface RateWindows {
  key: string;
  requests: Int8;
  tenant_id: string;
  window_start: Timestamp;
}

export interface Sessions {
  amr: string[];
  created_at: Generated<Timestamp>;
  end_reason: string | null;
  ended_at: Timestamp | null;
  expires_at: Timestamp;
  id: string;
  ip: string | null;
  kind: string;
  tenant_id: string;
  user_agent: string | null;
  user_id: string;
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

export interface Tenants {
  created_at: Generated<Timestamp>;
  name: string;
  slug: string;
  status: Generated<string>;
  tenant_id: Generated<string>;
}

export interface Upkeep {
  due_at: Generated<Timestamp>;
  last_error: string | null;
  last_run_at: Timestamp | null;
  task: string;
}

export interface Users {
  created_at: Generated<Timestamp>;
  id: string;
  number: Generated<Int8>;
  status: Generated<string>;
  tenant_id: string;
  updated_at: Generated<Timestamp>;
}

export interface DB {
  address_failures: AddressFailures;
  cache_epochs: CacheEpochs;
  events: Events;
  grants: Grants;
  identifiers: Identifiers;
  passwords: Passwords;
  platform_state: PlatformState;
  rate_windows: RateWindows;
  sessions: Sessions;
  sign_in_states: SignInStates;
  signing_keys: SigningKeys;
  tenants: Tenants;
  upkeep: Upkeep;
  users: Users;
}


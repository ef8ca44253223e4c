-- compatible-from: 0001_foundation

alter table signing_keys drop constraint signing_keys_algorithm_check;
alter table signing_keys add constraint signing_keys_algorithm_check check (algorithm in ('ES256', 'RS256', 'PS256', 'EdDSA')) not valid;
alter table signing_keys validate constraint signing_keys_algorithm_check;

-- Browser sessions: the cookie holds the id and a secret of which only the hash is here. A new sign-in of the same person renews the secret.
alter table sessions add column secret_hash bytea;
alter table sessions add column auth_time timestamptz;
alter table sessions add column idle_expires_at timestamptz;

alter table cache_epochs add column changed_at timestamptz not null default now();
create index cache_epochs_changed on cache_epochs (changed_at);

-- What an operator decides at run time for a tenant, one row per subject.
create table tenant_settings (
  tenant_id uuid not null references tenants,
  key text not null,
  value jsonb not null,
  version bigint not null default 1,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, key)
);

create table profiles (
  tenant_id uuid not null,
  user_id uuid not null,
  attributes jsonb not null,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);

-- metadata holds the registered client metadata under their wire names (RFC 7591 section 2) and our own policy members.
create table clients (
  tenant_id uuid not null references tenants,
  id text not null,
  name text,
  status text not null default 'active' check (status in ('active', 'disabled')),
  is_first_party boolean not null default false,
  created_via text not null check (created_via in ('cli', 'registration', 'console')),
  metadata jsonb not null,
  -- SHA-256 of the registration access token (RFC 7592 section 3).
  registration_token_hash bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

-- hash is the SHA-256 of a generated secret; sealed holds it readable only where a MAC is computed with it (client_secret_jwt).
create table client_secrets (
  tenant_id uuid not null,
  client_id text not null,
  id uuid not null,
  hash bytea not null,
  sealed bytea,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (tenant_id, client_id, id),
  foreign key (tenant_id, client_id) references clients on delete cascade
);

-- Permission to register clients (RFC 7591 section 3): counted down, or without end.
create table initial_access_tokens (
  tenant_id uuid not null references tenants,
  id uuid not null,
  hash bytea not null,
  note text,
  uses_left integer,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (tenant_id, id)
);

-- An API that accepts our access tokens: identifier is its audience and resource indicator (RFC 8707).
create table api_resources (
  tenant_id uuid not null references tenants,
  identifier text not null,
  name text not null,
  scopes text[] not null default '{}',
  access_token_ttl_seconds integer,
  signing_algorithm text not null default 'ES256' check (signing_algorithm in ('ES256', 'RS256', 'PS256', 'EdDSA')),
  token_format text not null default 'jwt' check (token_format in ('jwt', 'opaque')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, identifier)
);

create table consents (
  tenant_id uuid not null,
  user_id uuid not null,
  client_id text not null,
  scope text[] not null,
  granted_at timestamptz not null default now(),
  primary key (tenant_id, user_id, client_id),
  foreign key (tenant_id, user_id) references users on delete cascade,
  foreign key (tenant_id, client_id) references clients on delete cascade
);

-- One row from the authorization code to the last refresh token. Rotation writes no indexed column.
create table oauth_grants (
  tenant_id uuid not null,
  id uuid not null,
  client_id text not null,
  user_id uuid not null,
  session_id uuid,
  is_offline boolean not null default false,
  scope text not null,
  resources text[] not null default '{}',
  claims jsonb,
  auth_time timestamptz not null,
  acr text,
  amr text[] not null,
  code_hash bytea,
  code jsonb,
  code_expires_at timestamptz,
  code_spent_at timestamptz,
  counter bigint not null default 0,
  rotated_at timestamptz not null default now(),
  idle_expires_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoke_reason text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade,
  foreign key (tenant_id, client_id) references clients on delete cascade
) with (fillfactor = 80);
create index oauth_grants_session on oauth_grants (tenant_id, session_id) where revoked_at is null;
create index oauth_grants_user on oauth_grants (tenant_id, user_id) where revoked_at is null;
create index oauth_grants_client on oauth_grants (tenant_id, client_id);
create index oauth_grants_revoked on oauth_grants (revoked_at) where revoked_at is not null;
create index oauth_grants_expiry on oauth_grants (expires_at);

create table pushed_requests (
  tenant_id uuid not null,
  hash bytea not null,
  client_id text not null,
  parameters jsonb not null,
  expires_at timestamptz not null,
  primary key (tenant_id, hash),
  foreign key (tenant_id, client_id) references clients on delete cascade
);
create index pushed_requests_expiry on pushed_requests (expires_at);

create table device_codes (
  tenant_id uuid not null,
  id uuid not null,
  hash bytea not null,
  user_code text not null,
  client_id text not null,
  scope text not null,
  resources text[] not null default '{}',
  status text not null default 'pending' check (status in ('pending', 'approved', 'denied', 'spent')),
  session_id uuid,
  user_id uuid,
  grant_id uuid,
  interval_seconds integer not null,
  polled_at timestamptz,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, user_code),
  foreign key (tenant_id, client_id) references clients on delete cascade
);
create index device_codes_expiry on device_codes (expires_at);

-- A client assertion's jti, until the assertion has expired (RFC 7523 section 3).
create table spent_assertions (
  tenant_id uuid not null,
  client_id text not null,
  jti_hash bytea not null,
  expires_at timestamptz not null,
  primary key (tenant_id, client_id, jti_hash)
);
create index spent_assertions_expiry on spent_assertions (expires_at);

-- Single access tokens revoked before their time.
create table revoked_tokens (
  tenant_id uuid not null references tenants,
  jti text not null,
  revoked_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, jti)
);
create index revoked_tokens_revoked on revoked_tokens (revoked_at);
create index revoked_tokens_expiry on revoked_tokens (expires_at);

-- Who learnt of a session: told when it ends. A logout token is delivered with retries until delivered_at or gave_up_at.
create table session_clients (
  tenant_id uuid not null,
  session_id uuid not null,
  client_id text not null,
  user_id uuid not null,
  due_at timestamptz,
  attempts integer not null default 0,
  delivered_at timestamptz,
  gave_up_at timestamptz,
  last_error text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, session_id, client_id),
  foreign key (tenant_id, client_id) references clients on delete cascade
);
create index session_clients_due on session_clients (due_at) where due_at is not null and delivered_at is null and gave_up_at is null;
create index session_clients_age on session_clients (created_at);

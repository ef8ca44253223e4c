-- Generated from the migrations by npm run generate; do not edit.

create table address_failures (
  tenant_id uuid not null,
  key text not null,
  window_start timestamp with time zone not null,
  failures integer not null,
  constraint address_failures_pkey PRIMARY KEY (tenant_id, key),
  constraint address_failures_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
) with (fillfactor=70);
CREATE INDEX address_failures_window ON public.address_failures USING btree (window_start);

create table api_resources (
  tenant_id uuid not null,
  identifier text not null,
  name text not null,
  scopes text[] not null default '{}'::text[],
  access_token_ttl_seconds integer,
  signing_algorithm text not null default 'ES256'::text,
  token_format text not null default 'jwt'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  access_claims text[] not null default '{}'::text[],
  constraint api_resources_pkey PRIMARY KEY (tenant_id, identifier),
  constraint api_resources_signing_algorithm_check CHECK ((signing_algorithm = ANY (ARRAY['ES256'::text, 'RS256'::text, 'PS256'::text, 'EdDSA'::text]))),
  constraint api_resources_token_format_check CHECK ((token_format = ANY (ARRAY['jwt'::text, 'opaque'::text]))),
  constraint api_resources_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table avatars (
  tenant_id uuid not null,
  user_id uuid not null,
  media_type text not null,
  bytes bytea not null,
  hash text not null,
  changed_at timestamp with time zone not null default now(),
  constraint avatars_pkey PRIMARY KEY (tenant_id, user_id),
  constraint avatars_media_type_check CHECK ((media_type = ANY (ARRAY['image/png'::text, 'image/jpeg'::text, 'image/webp'::text]))),
  constraint avatars_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table cache_epochs (
  tenant_id uuid not null,
  kind text not null,
  version bigint not null default 1,
  changed_at timestamp with time zone not null default now(),
  constraint cache_epochs_pkey PRIMARY KEY (tenant_id, kind),
  constraint cache_epochs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX cache_epochs_changed ON public.cache_epochs USING btree (changed_at);

create table client_roles (
  tenant_id uuid not null,
  client_id text not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  constraint client_roles_pkey PRIMARY KEY (tenant_id, client_id, role),
  constraint client_roles_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients(tenant_id, id) ON DELETE CASCADE
);

create table client_secrets (
  tenant_id uuid not null,
  client_id text not null,
  id uuid not null,
  hash bytea not null,
  sealed bytea,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  constraint client_secrets_pkey PRIMARY KEY (tenant_id, client_id, id),
  constraint client_secrets_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX client_secrets_expiry ON public.client_secrets USING btree (tenant_id, expires_at) WHERE (expires_at IS NOT NULL);

create table clients (
  tenant_id uuid not null,
  id text not null,
  name text,
  status text not null default 'active'::text,
  is_first_party boolean not null default false,
  created_via text not null,
  metadata jsonb not null,
  registration_token_hash bytea,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint clients_pkey PRIMARY KEY (tenant_id, id),
  constraint clients_created_via_check CHECK ((created_via = ANY (ARRAY['cli'::text, 'registration'::text, 'console'::text]))),
  constraint clients_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text]))),
  constraint clients_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX clients_prefix ON public.clients USING btree (tenant_id, lower(name) COLLATE "C", id);

create table config_versions (
  tenant_id uuid not null,
  version bigint not null,
  document jsonb not null,
  changes jsonb not null,
  via text not null,
  actor text,
  approval text,
  applied_at timestamp with time zone not null default now(),
  former jsonb,
  constraint config_versions_pkey PRIMARY KEY (tenant_id, version),
  constraint config_versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table consents (
  tenant_id uuid not null,
  user_id uuid not null,
  client_id text not null,
  scope text[] not null,
  granted_at timestamp with time zone not null default now(),
  constraint consents_pkey PRIMARY KEY (tenant_id, user_id, client_id),
  constraint consents_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients(tenant_id, id) ON DELETE CASCADE,
  constraint consents_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table device_codes (
  tenant_id uuid not null,
  id uuid not null,
  hash bytea not null,
  user_code text not null,
  client_id text not null,
  scope text not null,
  resources text[] not null default '{}'::text[],
  status text not null default 'pending'::text,
  session_id uuid,
  user_id uuid,
  grant_id uuid,
  interval_seconds integer not null,
  polled_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint device_codes_pkey PRIMARY KEY (tenant_id, id),
  constraint device_codes_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'approved'::text, 'denied'::text, 'spent'::text]))),
  constraint device_codes_tenant_id_user_code_key UNIQUE (tenant_id, user_code),
  constraint device_codes_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX device_codes_expiry ON public.device_codes USING btree (expires_at);

create table devices (
  tenant_id uuid not null,
  user_id uuid not null,
  browser bytea not null,
  trust_hash bytea,
  trusted_until timestamp with time zone,
  first_seen_at timestamp with time zone not null default now(),
  last_seen_at timestamp with time zone not null default now(),
  constraint devices_pkey PRIMARY KEY (tenant_id, user_id, browser),
  constraint devices_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table event_chain (
  tenant_id uuid not null,
  position bigint not null,
  event_at timestamp with time zone not null,
  event_id uuid not null,
  leaf bytea not null,
  form smallint not null,
  constraint event_chain_pkey PRIMARY KEY (tenant_id, "position"),
  constraint event_chain_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE UNIQUE INDEX event_chain_event ON public.event_chain USING btree (tenant_id, event_at, event_id);

create table event_checkpoints (
  tenant_id uuid not null,
  size bigint not null,
  root bytea not null,
  frontier bytea[] not null,
  seen_at timestamp with time zone not null,
  signed_at timestamp with time zone not null default now(),
  note text not null,
  constraint event_checkpoints_pkey PRIMARY KEY (tenant_id, size),
  constraint event_checkpoints_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table event_hours (
  tenant_id uuid not null,
  hour timestamp with time zone not null,
  type text not null,
  detail text not null default ''::text,
  count bigint not null,
  constraint event_hours_pkey PRIMARY KEY (tenant_id, hour, type, detail),
  constraint event_hours_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX event_hours_age ON public.event_hours USING btree (hour);

create table event_keys (
  id uuid not null,
  sealed bytea not null,
  constraint event_keys_pkey PRIMARY KEY (id)
);

create table events (
  tenant_id uuid not null,
  at timestamp with time zone not null default now(),
  id uuid not null,
  type text not null,
  user_id uuid,
  session_id uuid,
  client_id text,
  ip inet,
  user_agent text,
  request_id text,
  payload jsonb not null default '{}'::jsonb,
  actor text,
  key_id uuid,
  sealed bytea,
  ip_bucket integer,
  constraint events_pkey PRIMARY KEY (tenant_id, at, id)
) partition by RANGE (at);
CREATE INDEX events_actor ON ONLY public.events USING btree (tenant_id, actor, at) WHERE (actor IS NOT NULL);
CREATE INDEX events_client ON ONLY public.events USING btree (tenant_id, client_id, at) WHERE (client_id IS NOT NULL);
CREATE INDEX events_ip ON ONLY public.events USING btree (tenant_id, ip, at) WHERE (ip IS NOT NULL);
CREATE INDEX events_ip_bucket ON ONLY public.events USING btree (tenant_id, ip_bucket, at) WHERE (ip_bucket IS NOT NULL);
CREATE INDEX events_organization ON ONLY public.events USING btree (tenant_id, ((payload ->> 'organization'::text)), at) WHERE ((payload ->> 'organization'::text) IS NOT NULL);
CREATE INDEX events_request ON ONLY public.events USING btree (tenant_id, request_id, at) WHERE (request_id IS NOT NULL);
CREATE INDEX events_session ON ONLY public.events USING btree (tenant_id, session_id, at) WHERE (session_id IS NOT NULL);
CREATE INDEX events_type ON ONLY public.events USING btree (tenant_id, type, at);
CREATE INDEX events_user ON ONLY public.events USING btree (tenant_id, user_id, at) WHERE (user_id IS NOT NULL);

create table events_default partition of events default;

create table factor_states (
  tenant_id uuid not null,
  user_id uuid not null,
  method text not null,
  failures integer not null default 0,
  locked_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint factor_states_pkey PRIMARY KEY (tenant_id, user_id, method),
  constraint factor_states_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
) with (fillfactor=70);

create table grants (
  tenant_id uuid not null,
  id uuid not null,
  session_id uuid not null,
  client_id text not null,
  scope text not null default ''::text,
  counter bigint not null default 0,
  rotated_at timestamp with time zone not null default now(),
  idle_expires_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoke_reason text,
  created_at timestamp with time zone not null default now(),
  constraint grants_pkey PRIMARY KEY (tenant_id, id),
  constraint grants_tenant_id_session_id_fkey FOREIGN KEY (tenant_id, session_id) REFERENCES sessions(tenant_id, id) ON DELETE CASCADE
) with (fillfactor=80);
CREATE INDEX grants_session ON public.grants USING btree (tenant_id, session_id);

create table group_members (
  tenant_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  created_at timestamp with time zone not null default now(),
  constraint group_members_pkey PRIMARY KEY (tenant_id, group_id, user_id),
  constraint group_members_tenant_id_group_id_fkey FOREIGN KEY (tenant_id, group_id) REFERENCES groups(tenant_id, id) ON DELETE CASCADE,
  constraint group_members_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX group_members_user ON public.group_members USING btree (tenant_id, user_id);

create table group_roles (
  tenant_id uuid not null,
  group_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  constraint group_roles_pkey PRIMARY KEY (tenant_id, group_id, role),
  constraint group_roles_tenant_id_group_id_fkey FOREIGN KEY (tenant_id, group_id) REFERENCES groups(tenant_id, id) ON DELETE CASCADE
);

create table groups (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  description text not null default ''::text,
  version bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint groups_pkey PRIMARY KEY (tenant_id, id),
  constraint groups_tenant_id_name_key UNIQUE (tenant_id, name),
  constraint groups_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table idempotency_keys (
  tenant_id uuid not null,
  actor text not null,
  key text not null,
  fingerprint bytea not null,
  answer bytea,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (tenant_id, actor, key),
  constraint idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

create table identifiers (
  tenant_id uuid not null,
  kind text not null,
  canonical text not null,
  user_id uuid not null,
  written text not null,
  verified_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint identifiers_pkey PRIMARY KEY (tenant_id, kind, canonical),
  constraint identifiers_kind_check CHECK ((kind = ANY (ARRAY['username'::text, 'email'::text, 'phone'::text]))),
  constraint identifiers_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX identifiers_prefix ON public.identifiers USING btree (tenant_id, canonical COLLATE "C", kind);
CREATE INDEX identifiers_user ON public.identifiers USING btree (tenant_id, user_id);

create table impersonations (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  actor_id uuid not null,
  reason text not null,
  seconds integer not null,
  ticket_hash bytea not null,
  ticket_expires_at timestamp with time zone not null,
  spent_at timestamp with time zone,
  session_id uuid,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint impersonations_pkey PRIMARY KEY (tenant_id, id),
  constraint impersonations_tenant_id_actor_id_fkey FOREIGN KEY (tenant_id, actor_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE,
  constraint impersonations_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX impersonations_actor ON public.impersonations USING btree (tenant_id, actor_id, created_at);
CREATE INDEX impersonations_user ON public.impersonations USING btree (tenant_id, user_id);

create table import_parts (
  tenant_id uuid not null,
  import_id uuid not null,
  first_row bigint not null,
  rows integer not null,
  created integer not null,
  present integer not null,
  errors integer not null,
  taken_at timestamp with time zone not null default now(),
  constraint import_parts_pkey PRIMARY KEY (tenant_id, import_id, first_row),
  constraint import_parts_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES imports(tenant_id, id) ON DELETE CASCADE
);

create table import_problems (
  tenant_id uuid not null,
  import_id uuid not null,
  row_number bigint not null,
  reason text not null,
  username text,
  constraint import_problems_pkey PRIMARY KEY (tenant_id, import_id, row_number),
  constraint import_problems_tenant_id_import_id_fkey FOREIGN KEY (tenant_id, import_id) REFERENCES imports(tenant_id, id) ON DELETE CASCADE
);

create table imports (
  tenant_id uuid not null,
  id uuid not null,
  name text not null default ''::text,
  actor text not null,
  is_dry_run boolean not null,
  hashes_passwords boolean not null,
  rows_expected bigint,
  state text not null default 'open'::text,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  constraint imports_pkey PRIMARY KEY (tenant_id, id),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['open'::text, 'finished'::text, 'cancelled'::text]))),
  constraint imports_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX imports_age ON public.imports USING btree (created_at);

create table initial_access_tokens (
  tenant_id uuid not null,
  id uuid not null,
  hash bytea not null,
  note text,
  uses_left integer,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  constraint initial_access_tokens_pkey PRIMARY KEY (tenant_id, id),
  constraint initial_access_tokens_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table invitations (
  tenant_id uuid not null,
  id uuid not null,
  email text not null,
  written text not null,
  username text,
  language text not null,
  mailed_hash bytea not null,
  printed_hash bytea,
  life_seconds integer not null,
  created_at timestamp with time zone not null default now(),
  sent_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  user_id uuid,
  constraint invitations_pkey PRIMARY KEY (tenant_id, id),
  constraint invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id),
  constraint invitations_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX invitations_expiry ON public.invitations USING btree (expires_at);
CREATE UNIQUE INDEX invitations_open ON public.invitations USING btree (tenant_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX invitations_user ON public.invitations USING btree (tenant_id, user_id) WHERE (user_id IS NOT NULL);

create table messages (
  tenant_id uuid not null,
  id uuid not null,
  channel text not null,
  template text not null,
  language text not null,
  recipient text not null,
  user_id uuid,
  sealed bytea not null,
  created_at timestamp with time zone not null default now(),
  due_at timestamp with time zone not null default now(),
  attempts integer not null default 0,
  expires_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  gave_up_at timestamp with time zone,
  last_error text,
  constraint messages_pkey PRIMARY KEY (tenant_id, id),
  constraint messages_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint messages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id),
  constraint messages_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX messages_age ON public.messages USING btree (created_at);
CREATE INDEX messages_due ON public.messages USING btree (due_at) WHERE ((sent_at IS NULL) AND (gave_up_at IS NULL));
CREATE INDEX messages_failed ON public.messages USING btree (tenant_id, id) WHERE ((sent_at IS NULL) AND (last_error IS NOT NULL));
CREATE INDEX messages_recipient ON public.messages USING btree (tenant_id, recipient, created_at);

create table oauth_grants (
  tenant_id uuid not null,
  id uuid not null,
  client_id text not null,
  user_id uuid not null,
  session_id uuid,
  is_offline boolean not null default false,
  scope text not null,
  resources text[] not null default '{}'::text[],
  claims jsonb,
  auth_time timestamp with time zone not null,
  acr text,
  amr text[] not null,
  code_hash bytea,
  code jsonb,
  code_expires_at timestamp with time zone,
  code_spent_at timestamp with time zone,
  counter bigint not null default 0,
  rotated_at timestamp with time zone not null default now(),
  idle_expires_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  revoke_reason text,
  created_at timestamp with time zone not null default now(),
  impersonator_id uuid,
  methods text[],
  constraint oauth_grants_pkey PRIMARY KEY (tenant_id, id),
  constraint oauth_grants_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients(tenant_id, id) ON DELETE CASCADE,
  constraint oauth_grants_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
) with (fillfactor=80);
CREATE INDEX oauth_grants_client ON public.oauth_grants USING btree (tenant_id, client_id);
CREATE INDEX oauth_grants_client_first ON public.oauth_grants USING btree (tenant_id, client_id, created_at);
CREATE INDEX oauth_grants_expiry ON public.oauth_grants USING btree (expires_at);
CREATE INDEX oauth_grants_revoked ON public.oauth_grants USING btree (revoked_at) WHERE (revoked_at IS NOT NULL);
CREATE INDEX oauth_grants_session ON public.oauth_grants USING btree (tenant_id, session_id) WHERE (revoked_at IS NULL);
CREATE INDEX oauth_grants_user ON public.oauth_grants USING btree (tenant_id, user_id) WHERE (revoked_at IS NULL);

create table organization_domains (
  tenant_id uuid not null,
  id uuid not null,
  organization_id uuid not null,
  domain text not null,
  challenge text not null,
  joining text not null default 'off'::text,
  roles text[] not null default '{member}'::text[],
  verified_at timestamp with time zone,
  checked_at timestamp with time zone,
  missing_since timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  constraint organization_domains_pkey PRIMARY KEY (tenant_id, id),
  constraint organization_domains_joining_check CHECK ((joining = ANY (ARRAY['off'::text, 'ask'::text, 'automatic'::text]))),
  constraint organization_domains_roles_check CHECK ((cardinality(roles) > 0)),
  constraint organization_domains_tenant_id_organization_id_fkey FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX organization_domains_due ON public.organization_domains USING btree (checked_at) WHERE (verified_at IS NOT NULL);
CREATE UNIQUE INDEX organization_domains_named ON public.organization_domains USING btree (tenant_id, organization_id, domain);
CREATE UNIQUE INDEX organization_domains_proved ON public.organization_domains USING btree (tenant_id, domain) WHERE (verified_at IS NOT NULL);
CREATE INDEX organization_domains_roles ON public.organization_domains USING gin (roles);

create table organization_invitations (
  tenant_id uuid not null,
  id uuid not null,
  organization_id uuid not null,
  email text not null,
  written text not null,
  roles text[] not null,
  language text not null,
  mailed_hash bytea not null,
  printed_hash bytea,
  life_seconds integer not null,
  created_at timestamp with time zone not null default now(),
  sent_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  user_id uuid,
  constraint organization_invitations_pkey PRIMARY KEY (tenant_id, id),
  constraint organization_invitations_roles_check CHECK ((cardinality(roles) > 0)),
  constraint organization_invitations_tenant_id_organization_id_fkey FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations(tenant_id, id) ON DELETE CASCADE,
  constraint organization_invitations_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX organization_invitations_email ON public.organization_invitations USING btree (tenant_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX organization_invitations_expiry ON public.organization_invitations USING btree (expires_at);
CREATE INDEX organization_invitations_list ON public.organization_invitations USING btree (tenant_id, organization_id, id);
CREATE UNIQUE INDEX organization_invitations_open ON public.organization_invitations USING btree (tenant_id, organization_id, email) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX organization_invitations_roles ON public.organization_invitations USING gin (roles) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
CREATE INDEX organization_invitations_user ON public.organization_invitations USING btree (tenant_id, user_id) WHERE (user_id IS NOT NULL);

create table organization_logos (
  tenant_id uuid not null,
  organization_id uuid not null,
  hash text not null,
  media_type text not null,
  bytes bytea not null,
  constraint organization_logos_pkey PRIMARY KEY (tenant_id, organization_id),
  constraint organization_logos_tenant_id_organization_id_fkey FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations(tenant_id, id) ON DELETE CASCADE
);

create table organization_looks (
  tenant_id uuid not null,
  organization_id uuid not null,
  look jsonb not null,
  version bigint not null default 1,
  updated_at timestamp with time zone not null default now(),
  constraint organization_looks_pkey PRIMARY KEY (tenant_id, organization_id),
  constraint organization_looks_tenant_id_organization_id_fkey FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations(tenant_id, id) ON DELETE CASCADE
);

create table organization_members (
  tenant_id uuid not null,
  organization_id uuid not null,
  user_id uuid not null,
  roles text[] not null,
  created_at timestamp with time zone not null default now(),
  constraint organization_members_pkey PRIMARY KEY (tenant_id, organization_id, user_id),
  constraint organization_members_roles_check CHECK ((cardinality(roles) > 0)),
  constraint organization_members_tenant_id_organization_id_fkey FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations(tenant_id, id) ON DELETE CASCADE,
  constraint organization_members_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX organization_members_owner ON public.organization_members USING btree (tenant_id, organization_id) WHERE ('owner'::text = ANY (roles));
CREATE INDEX organization_members_roles ON public.organization_members USING gin (roles);
CREATE INDEX organization_members_user ON public.organization_members USING btree (tenant_id, user_id, organization_id);

create table organization_policies (
  tenant_id uuid not null,
  organization_id uuid not null,
  second_factor text not null,
  session_seconds integer,
  methods text[],
  version bigint not null default 1,
  updated_at timestamp with time zone not null default now(),
  constraint organization_policies_pkey PRIMARY KEY (tenant_id, organization_id),
  constraint organization_policies_methods_check CHECK ((cardinality(methods) > 0)),
  constraint organization_policies_second_factor_check CHECK ((second_factor = ANY (ARRAY['off'::text, 'required'::text]))),
  constraint organization_policies_session_seconds_check CHECK (((session_seconds >= 300) AND (session_seconds <= 2592000))),
  constraint organization_policies_tenant_id_organization_id_fkey FOREIGN KEY (tenant_id, organization_id) REFERENCES organizations(tenant_id, id) ON DELETE CASCADE
);

create table organization_roles (
  tenant_id uuid not null,
  id text not null,
  name text not null,
  description text not null default ''::text,
  permissions text[] not null,
  version bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint organization_roles_pkey PRIMARY KEY (tenant_id, id),
  constraint organization_roles_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table organizations (
  tenant_id uuid not null,
  id uuid not null,
  slug text not null,
  name text not null,
  folded_name text not null,
  status text not null default 'active'::text,
  version bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint organizations_pkey PRIMARY KEY (tenant_id, id),
  constraint organizations_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text]))),
  constraint organizations_tenant_id_slug_key UNIQUE (tenant_id, slug),
  constraint organizations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX organizations_name ON public.organizations USING btree (tenant_id, folded_name COLLATE "C", id);

create table passkeys (
  tenant_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  rp_id text not null,
  sign_count bigint not null default 0,
  transports text[] not null default '{}'::text[],
  aaguid uuid not null,
  name text not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  is_user_verified boolean not null,
  attestation_format text not null default 'none'::text,
  created_at timestamp with time zone not null default now(),
  last_used_at timestamp with time zone,
  cloned_at timestamp with time zone,
  constraint passkeys_pkey PRIMARY KEY (tenant_id, user_id, id),
  constraint passkeys_tenant_id_credential_id_key UNIQUE (tenant_id, credential_id),
  constraint passkeys_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table passwords (
  tenant_id uuid not null,
  user_id uuid not null,
  encoded text not null,
  changed_at timestamp with time zone not null default now(),
  constraint passwords_pkey PRIMARY KEY (tenant_id, user_id),
  constraint passwords_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table pending_changes (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  document jsonb not null,
  prune boolean not null,
  hash text not null,
  changes jsonb not null,
  state text not null default 'pending'::text,
  proposed_by text not null,
  proposed_user uuid,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  constraint pending_changes_pkey PRIMARY KEY (tenant_id, id),
  constraint pending_changes_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text, 'stale'::text]))),
  constraint pending_changes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table personal_access_tokens (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  hash bytea not null,
  permissions text[] not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint personal_access_tokens_pkey PRIMARY KEY (tenant_id, id),
  constraint personal_access_tokens_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX personal_access_tokens_expiry ON public.personal_access_tokens USING btree (expires_at);
CREATE INDEX personal_access_tokens_user ON public.personal_access_tokens USING btree (tenant_id, user_id);

create table platform_state (
  key text not null,
  value jsonb not null,
  changed_at timestamp with time zone not null default now(),
  constraint platform_state_pkey PRIMARY KEY (key)
);

create table profiles (
  tenant_id uuid not null,
  user_id uuid not null,
  attributes jsonb not null,
  updated_at timestamp with time zone not null default now(),
  constraint profiles_pkey PRIMARY KEY (tenant_id, user_id),
  constraint profiles_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX profiles_attributes ON public.profiles USING gin (attributes jsonb_path_ops);

create table proofs (
  tenant_id uuid not null,
  id uuid not null,
  purpose text not null,
  user_id uuid,
  channel text not null default 'email'::text,
  address text not null,
  code_mac bytea,
  link_hash bytea,
  browser bytea,
  tries integer not null default 0,
  payload jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  spent_at timestamp with time zone,
  proved_at timestamp with time zone,
  used_at timestamp with time zone,
  constraint proofs_pkey PRIMARY KEY (tenant_id, id),
  constraint proofs_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'terminal'::text]))),
  constraint proofs_purpose_check CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'second-factor'::text, 'sign-up'::text, 'verify-email'::text, 'change-email'::text, 'undo-email'::text, 'verify-phone'::text, 'reset'::text, 'freeze'::text, 'invitation'::text, 'first-administrator'::text, 'cancel-deletion'::text]))),
  constraint proofs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id),
  constraint proofs_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX proofs_address ON public.proofs USING btree (tenant_id, address, created_at);
CREATE INDEX proofs_expiry ON public.proofs USING btree (expires_at);
CREATE INDEX proofs_user ON public.proofs USING btree (tenant_id, user_id, purpose) WHERE (spent_at IS NULL);

create table pushed_requests (
  tenant_id uuid not null,
  hash bytea not null,
  client_id text not null,
  parameters jsonb not null,
  expires_at timestamp with time zone not null,
  constraint pushed_requests_pkey PRIMARY KEY (tenant_id, hash),
  constraint pushed_requests_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX pushed_requests_expiry ON public.pushed_requests USING btree (expires_at);

create unlogged table rate_windows (
  tenant_id uuid not null,
  key text not null,
  window_start timestamp with time zone not null,
  requests bigint not null,
  constraint rate_windows_pkey PRIMARY KEY (tenant_id, key, window_start)
);
CREATE INDEX rate_windows_start ON public.rate_windows USING btree (window_start);

create table recovery_codes (
  tenant_id uuid not null,
  user_id uuid not null,
  hash bytea not null,
  created_at timestamp with time zone not null default now(),
  spent_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (tenant_id, user_id, hash),
  constraint recovery_codes_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table revoked_tokens (
  tenant_id uuid not null,
  jti text not null,
  revoked_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  constraint revoked_tokens_pkey PRIMARY KEY (tenant_id, jti),
  constraint revoked_tokens_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX revoked_tokens_expiry ON public.revoked_tokens USING btree (expires_at);
CREATE INDEX revoked_tokens_revoked ON public.revoked_tokens USING btree (revoked_at);

create table role_assignments (
  tenant_id uuid not null,
  user_id uuid not null,
  role text not null,
  created_at timestamp with time zone not null default now(),
  constraint role_assignments_pkey PRIMARY KEY (tenant_id, user_id, role),
  constraint role_assignments_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table roles (
  tenant_id uuid not null,
  id text not null,
  name text not null,
  description text not null default ''::text,
  permissions text[] not null,
  version bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  constraint roles_pkey PRIMARY KEY (tenant_id, id),
  constraint roles_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table schema_compatibility (
  name text not null,
  compatible_from text not null,
  checksum text,
  constraint schema_compatibility_pkey PRIMARY KEY (name)
);

create table schema_migrations (
  name character varying(255) not null,
  timestamp character varying(255) not null,
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table schema_migrations_lock (
  id character varying(255) not null,
  is_locked integer not null default 0,
  constraint schema_migrations_lock_pkey PRIMARY KEY (id)
);

create table session_clients (
  tenant_id uuid not null,
  session_id uuid not null,
  client_id text not null,
  user_id uuid not null,
  due_at timestamp with time zone,
  attempts integer not null default 0,
  delivered_at timestamp with time zone,
  gave_up_at timestamp with time zone,
  last_error text,
  created_at timestamp with time zone not null default now(),
  constraint session_clients_pkey PRIMARY KEY (tenant_id, session_id, client_id),
  constraint session_clients_tenant_id_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES clients(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX session_clients_age ON public.session_clients USING btree (created_at);
CREATE INDEX session_clients_due ON public.session_clients USING btree (due_at) WHERE ((due_at IS NOT NULL) AND (delivered_at IS NULL) AND (gave_up_at IS NULL));

create table sessions (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  kind text not null,
  amr text[] not null,
  ip inet,
  user_agent text,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  end_reason text,
  secret_hash bytea,
  auth_time timestamp with time zone,
  idle_expires_at timestamp with time zone,
  browser bytea,
  impersonator_id uuid,
  methods text[],
  constraint sessions_pkey PRIMARY KEY (tenant_id, id),
  constraint sessions_kind_check CHECK ((kind = ANY (ARRAY['api'::text, 'browser'::text]))),
  constraint sessions_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
) with (fillfactor=90);
CREATE INDEX sessions_ended ON public.sessions USING btree (ended_at) WHERE (ended_at IS NOT NULL);
CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_live ON public.sessions USING btree (tenant_id, user_id, created_at) WHERE (ended_at IS NULL);

create table setting_versions (
  tenant_id uuid not null,
  key text not null,
  version bigint not null,
  value jsonb not null,
  via text not null,
  actor text,
  changed_at timestamp with time zone not null default now(),
  constraint setting_versions_pkey PRIMARY KEY (tenant_id, key, version),
  constraint setting_versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table sign_in_states (
  tenant_id uuid not null,
  user_id uuid not null,
  failures integer not null default 0,
  locked_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  generation bigint not null default 0,
  constraint sign_in_states_pkey PRIMARY KEY (tenant_id, user_id),
  constraint sign_in_states_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
) with (fillfactor=70);

create table signing_keys (
  tenant_id uuid not null,
  id text not null,
  algorithm text not null,
  public_jwk jsonb not null,
  sealed_private bytea not null,
  created_at timestamp with time zone not null default now(),
  active_at timestamp with time zone not null,
  retired_at timestamp with time zone,
  removed_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint signing_keys_pkey PRIMARY KEY (tenant_id, id),
  constraint signing_keys_algorithm_check CHECK ((algorithm = ANY (ARRAY['ES256'::text, 'RS256'::text, 'PS256'::text, 'EdDSA'::text]))),
  constraint signing_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table spent_assertions (
  tenant_id uuid not null,
  client_id text not null,
  jti_hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint spent_assertions_pkey PRIMARY KEY (tenant_id, client_id, jti_hash)
);
CREATE INDEX spent_assertions_expiry ON public.spent_assertions USING btree (expires_at);

create table spent_challenges (
  tenant_id uuid not null,
  hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint spent_challenges_pkey PRIMARY KEY (tenant_id, hash),
  constraint spent_challenges_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX spent_challenges_expiry ON public.spent_challenges USING btree (expires_at);

create table tenant_settings (
  tenant_id uuid not null,
  key text not null,
  value jsonb not null,
  version bigint not null default 1,
  changed_at timestamp with time zone not null default now(),
  constraint tenant_settings_pkey PRIMARY KEY (tenant_id, key),
  constraint tenant_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

create table tenants (
  tenant_id uuid not null default gen_random_uuid(),
  slug text not null,
  name text not null,
  status text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  deletion_due_at timestamp with time zone,
  constraint tenants_pkey PRIMARY KEY (tenant_id),
  constraint tenants_slug_key UNIQUE (slug),
  constraint tenants_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text])))
);

create table totp_factors (
  tenant_id uuid not null,
  user_id uuid not null,
  sealed_secret bytea not null,
  confirmed_at timestamp with time zone,
  last_step bigint not null default 0,
  created_at timestamp with time zone not null default now(),
  constraint totp_factors_pkey PRIMARY KEY (tenant_id, user_id),
  constraint totp_factors_tenant_id_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES users(tenant_id, id) ON DELETE CASCADE
);

create table upkeep (
  task text not null,
  due_at timestamp with time zone not null default now(),
  last_run_at timestamp with time zone,
  last_error text,
  constraint upkeep_pkey PRIMARY KEY (task)
);

create table users (
  tenant_id uuid not null,
  id uuid not null,
  number bigint not null generated by default as identity,
  status text not null default 'active'::text,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  language text,
  deletion_due_at timestamp with time zone,
  constraint users_pkey PRIMARY KEY (tenant_id, id),
  constraint users_status_check CHECK ((status = ANY (ARRAY['active'::text, 'disabled'::text, 'frozen'::text]))),
  constraint users_tenant_id_number_key UNIQUE (tenant_id, number),
  constraint users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);
CREATE INDEX users_deletion ON public.users USING btree (deletion_due_at) WHERE (deletion_due_at IS NOT NULL);

create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event_at timestamp with time zone not null,
  event_id uuid not null,
  event_type text not null,
  state text not null default 'waiting'::text,
  attempts integer not null default 0,
  due_at timestamp with time zone not null default now(),
  created_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  last_status integer,
  last_error text,
  last_milliseconds integer,
  constraint webhook_deliveries_pkey PRIMARY KEY (tenant_id, id),
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'dead'::text]))),
  constraint webhook_deliveries_tenant_id_webhook_id_fkey FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX webhook_deliveries_age ON public.webhook_deliveries USING btree (created_at);
CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (due_at) WHERE (state = 'waiting'::text);
CREATE INDEX webhook_deliveries_log ON public.webhook_deliveries USING btree (tenant_id, webhook_id, created_at, id);
CREATE UNIQUE INDEX webhook_deliveries_once ON public.webhook_deliveries USING btree (tenant_id, webhook_id, event_id);

create table webhooks (
  tenant_id uuid not null,
  id uuid not null,
  url text not null,
  description text not null default ''::text,
  event_types text[] not null,
  is_enabled boolean not null default true,
  secrets bytea not null,
  version bigint not null default 1,
  created_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  failing_since timestamp with time zone,
  disabled_reason text,
  constraint webhooks_pkey PRIMARY KEY (tenant_id, id),
  constraint webhooks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id)
);

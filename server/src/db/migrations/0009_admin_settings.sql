-- compatible-from: 0003_signing_in

-- Applications are looked up by how their names begin, and each is asked for the first sign-in to it.
-- concurrently: create index concurrently if not exists clients_prefix on clients (tenant_id, (lower(name)) collate "C", id)
-- concurrently: create index concurrently if not exists oauth_grants_client_first on oauth_grants (tenant_id, client_id, created_at)

-- What a setting was, change by change: a former value can be seen and set again. `actor` as in the events, null where nobody is known.
create table setting_versions (
  tenant_id uuid not null references tenants,
  key text not null,
  version bigint not null,
  value jsonb not null,
  via text not null,
  actor text,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, key, version)
);

-- Messages that did not go out are looked for by themselves.
-- concurrently: create index concurrently if not exists messages_failed on messages (tenant_id, id) where sent_at is null and last_error is not null

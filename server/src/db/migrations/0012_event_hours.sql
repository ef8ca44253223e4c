-- compatible-from: 0003_signing_in

-- How many events of a kind an hour had, counted as they are taken into the audit tree: each exactly once. detail tells sign-ins by their method and
-- refusals by their reason; it is empty for all others.
create table event_hours (
  tenant_id uuid not null references tenants,
  hour timestamptz not null,
  type text not null,
  detail text not null default '',
  count bigint not null,
  primary key (tenant_id, hour, type, detail)
);
create index event_hours_age on event_hours (hour);

-- Secrets that come to an end are looked for by themselves.
-- concurrently: create index concurrently if not exists client_secrets_expiry on client_secrets (tenant_id, expires_at) where expires_at is not null

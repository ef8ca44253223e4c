-- compatible-from: 0003_signing_in

-- What a tenant's configuration was after each time that a file or a request changed it as a whole. `changes` says what became of which thing, `approval`
-- which approved change it was, or that approval was waived at the machine.
create table config_versions (
  tenant_id uuid not null references tenants,
  version bigint not null,
  document jsonb not null,
  changes jsonb not null,
  via text not null,
  actor text,
  approval text,
  applied_at timestamptz not null default now(),
  primary key (tenant_id, version)
);

-- compatible-from: 0003_signing_in

-- Imports of accounts by the admin API. Their rows come in parts and are not kept; what came of them is.
create table imports (
  tenant_id uuid not null references tenants,
  id uuid not null,
  name text not null default '',
  actor text not null,
  is_dry_run boolean not null,
  hashes_passwords boolean not null,
  rows_expected bigint,
  state text not null default 'open' check (state in ('open', 'finished', 'cancelled')),
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (tenant_id, id)
);
create index imports_age on imports (created_at);

-- A part that was taken. Sent once more it changes nothing, and is answered as it was.
create table import_parts (
  tenant_id uuid not null,
  import_id uuid not null,
  first_row bigint not null,
  rows integer not null,
  created integer not null,
  present integer not null,
  errors integer not null,
  taken_at timestamptz not null default now(),
  primary key (tenant_id, import_id, first_row),
  foreign key (tenant_id, import_id) references imports on delete cascade
);

-- Rows that were refused, with the reason.
create table import_problems (
  tenant_id uuid not null,
  import_id uuid not null,
  row_number bigint not null,
  reason text not null,
  username text,
  primary key (tenant_id, import_id, row_number),
  foreign key (tenant_id, import_id) references imports on delete cascade
);

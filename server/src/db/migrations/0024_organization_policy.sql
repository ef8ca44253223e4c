-- compatible-from: 0003_signing_in

-- What an organization demands of the sign-in of its members, over what the tenant does; without a row it demands nothing. A node of an older release
-- knows no policies: one binds from the moment on that every node runs this release.
create table organization_policies (
  tenant_id uuid not null,
  organization_id uuid not null,
  second_factor text not null check (second_factor in ('off', 'required')),
  session_seconds integer check (session_seconds between 300 and 2592000),
  methods text[] check (cardinality(methods) > 0),
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, organization_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);

-- How the hosted pages look in a request for an organization, where that is not how the tenant's do. The bytes of the logo stand apart: they are read once by
-- each browser.
create table organization_looks (
  tenant_id uuid not null,
  organization_id uuid not null,
  look jsonb not null,
  version bigint not null default 1,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, organization_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);
create table organization_logos (
  tenant_id uuid not null,
  organization_id uuid not null,
  hash text not null,
  media_type text not null,
  bytes bytea not null,
  primary key (tenant_id, organization_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);

-- By which methods somebody signed in: amr does not tell a code of an app from one that came by mail. Null in rows of before.
alter table sessions add column methods text[];
alter table oauth_grants add column methods text[];

-- What happened in an organization. Built as those of 0007 are.
create index events_organization on only events (tenant_id, (payload ->> 'organization'), at) where payload ->> 'organization' is not null;

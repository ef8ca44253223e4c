-- compatible-from: 0003_signing_in

-- Business customers inside a tenant.
create table organizations (
  tenant_id uuid not null references tenants,
  id uuid not null,
  slug text not null,
  name text not null,
  -- The name as it is searched and sorted by.
  folded_name text not null,
  status text not null default 'active' check (status in ('active', 'suspended')),
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, slug)
);
create index organizations_name on organizations (tenant_id, folded_name collate "C", id);

-- Roles that a tenant makes for its organizations; the built-in ones stand in the code. They allow things inside an organization and nowhere else.
create table organization_roles (
  tenant_id uuid not null references tenants,
  id text not null,
  name text not null,
  description text not null default '',
  permissions text[] not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);

-- A person in an organization, with the roles that count there.
create table organization_members (
  tenant_id uuid not null,
  organization_id uuid not null,
  user_id uuid not null,
  roles text[] not null check (cardinality(roles) > 0),
  created_at timestamptz not null default now(),
  primary key (tenant_id, organization_id, user_id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade,
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index organization_members_user on organization_members (tenant_id, user_id, organization_id);
create index organization_members_owner on organization_members (tenant_id, organization_id) where 'owner' = any (roles);
create index organization_members_roles on organization_members using gin (roles);

-- Invitations of an address to an organization, with the roles that it will have there; the secrets of the links as SHA-256. The membership is written by
-- the transaction that sets accepted_at.
create table organization_invitations (
  tenant_id uuid not null,
  id uuid not null,
  organization_id uuid not null,
  email text not null,
  -- The address as whoever invited wrote it.
  written text not null,
  roles text[] not null check (cardinality(roles) > 0),
  language text not null,
  -- Of the link in the mail, whose use proves the address; and of the one that was shown to whoever invited, whose use proves nothing.
  mailed_hash bytea not null,
  printed_hash bytea,
  life_seconds integer not null,
  created_at timestamptz not null default now(),
  sent_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz,
  user_id uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade,
  foreign key (tenant_id, user_id) references users on delete cascade deferrable initially deferred
);
create unique index organization_invitations_open on organization_invitations (tenant_id, organization_id, email)
  where accepted_at is null and revoked_at is null;
create index organization_invitations_email on organization_invitations (tenant_id, email) where accepted_at is null and revoked_at is null;
create index organization_invitations_list on organization_invitations (tenant_id, organization_id, id);
create index organization_invitations_user on organization_invitations (tenant_id, user_id) where user_id is not null;
create index organization_invitations_roles on organization_invitations using gin (roles) where accepted_at is null and revoked_at is null;
create index organization_invitations_expiry on organization_invitations (expires_at);

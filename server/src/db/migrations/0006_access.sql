-- compatible-from: 0003_signing_in

-- Roles that a tenant makes of its own; the built-in ones stand in the code. An id is never taken by both.
create table roles (
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

-- Who holds a role: persons (role_assignments), groups of persons, and applications that act for themselves.
create table client_roles (
  tenant_id uuid not null,
  client_id text not null,
  role text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, client_id, role),
  foreign key (tenant_id, client_id) references clients on delete cascade
);

create table groups (
  tenant_id uuid not null references tenants,
  id uuid not null,
  name text not null,
  description text not null default '',
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, name)
);

create table group_members (
  tenant_id uuid not null,
  group_id uuid not null,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, group_id, user_id),
  foreign key (tenant_id, group_id) references groups on delete cascade,
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index group_members_user on group_members (tenant_id, user_id);

create table group_roles (
  tenant_id uuid not null,
  group_id uuid not null,
  role text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, group_id, role),
  foreign key (tenant_id, group_id) references groups on delete cascade
);

-- Tokens with which people call the admin API from scripts: 256 random bits, kept as SHA-256, never wider than their owner at the moment of use.
create table personal_access_tokens (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  hash bytea not null,
  permissions text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index personal_access_tokens_user on personal_access_tokens (tenant_id, user_id);
create index personal_access_tokens_expiry on personal_access_tokens (expires_at);

-- Answers to requests that carried an Idempotency-Key; null while the first of them is under way. They are sealed: a secret may be among them.
create table idempotency_keys (
  tenant_id uuid not null references tenants,
  actor text not null,
  key text not null,
  fingerprint bytea not null,
  answer bytea,
  created_at timestamptz not null default now(),
  primary key (tenant_id, actor, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- Who did it, where that is somebody else than the person the event is about: "user {id}", "token {id}" or "client {id}".
alter table events add column actor text;

-- People are looked up by how their names begin.
-- concurrently: create index concurrently if not exists identifiers_prefix on identifiers (tenant_id, canonical collate "C", kind)

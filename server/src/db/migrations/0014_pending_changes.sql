-- compatible-from: 0003_signing_in

-- What somebody wants to change where the tenant asks for two persons. `hash` is that of the plan that was looked at: where applying would do something else by
-- now, the change is stale. `proposed_user` is the person behind it, null for an application that acts for itself.
create table pending_changes (
  tenant_id uuid not null references tenants,
  id uuid not null,
  title text not null,
  document jsonb not null,
  prune boolean not null,
  hash text not null,
  changes jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'approved', 'rejected', 'withdrawn', 'stale')),
  proposed_by text not null,
  proposed_user uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (tenant_id, id)
);

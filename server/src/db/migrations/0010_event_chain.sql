-- compatible-from: 0003_signing_in

-- The audit events of a tenant in the order in which they were taken into its Merkle tree (RFC 9162 section 2.1). Rows are added and never changed;
-- events of months that were dropped leave their leaves here, so that the tree stays whole.
create table event_chain (
  tenant_id uuid not null references tenants,
  position bigint not null,
  event_at timestamptz not null,
  event_id uuid not null,
  leaf bytea not null,
  primary key (tenant_id, position)
);
create unique index event_chain_event on event_chain (tenant_id, event_at, event_id);

-- Signed heads of the tree. frontier holds the roots of its whole subtrees, from which the next leaves go on; seen_at is how far the events were looked through.
create table event_checkpoints (
  tenant_id uuid not null references tenants,
  size bigint not null,
  root bytea not null,
  frontier bytea[] not null,
  seen_at timestamptz not null,
  signed_at timestamptz not null default now(),
  note text not null,
  primary key (tenant_id, size)
);

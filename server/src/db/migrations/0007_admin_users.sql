-- compatible-from: 0003_signing_in

-- Events are looked for by what they carry. An index on the partitioned table alone is made in a moment; those of its partitions are built beside the
-- writers afterwards and attached (db/build-indexes.ts), and partitions that are made later get theirs while they are empty.
create index events_request on only events (tenant_id, request_id, at) where request_id is not null;
create index events_session on only events (tenant_id, session_id, at) where session_id is not null;
create index events_client on only events (tenant_id, client_id, at) where client_id is not null;
create index events_actor on only events (tenant_id, actor, at) where actor is not null;
create index events_ip on only events (tenant_id, ip, at) where ip is not null;

-- When a tenant goes with all that belongs to it; until then that can be called off.
alter table tenants add column deletion_due_at timestamptz;

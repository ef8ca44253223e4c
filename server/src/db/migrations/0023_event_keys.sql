-- compatible-from: 0003_signing_in

-- The keys that network address and browser in events are sealed with, themselves sealed under a key of the installation. A key serves one person, and is
-- written before anybody is known whom it will serve; which person that became is told by the events alone.
create table event_keys (
  id uuid primary key,
  sealed bytea not null
);

-- ip_bucket: 16 bits of a keyed hash of the address, to look for it by. Where these are set, ip and user_agent are not.
alter table events add column key_id uuid, add column sealed bytea, add column ip_bucket integer;
create index events_ip_bucket on only events (tenant_id, ip_bucket, at) where ip_bucket is not null;

-- In which form the leaf was computed: 1 without the columns above, 2 with them. A server of an older release names none and is refused, so that it leaves
-- events, whose seal it does not know, to the others; they take them in within a minute.
alter table event_chain add column form smallint not null default 1;
alter table event_chain alter column form drop default;

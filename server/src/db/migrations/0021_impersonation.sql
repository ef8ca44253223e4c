-- compatible-from: 0003_signing_in

-- An administrator who acts as another person: asked for with a reason, begun by a ticket that is spent once, and over by itself. session_id is the session
-- that it began. A node of an older release serves such a session without saying so; none can be begun there.
create table impersonations (
  tenant_id uuid not null,
  id uuid not null,
  user_id uuid not null,
  actor_id uuid not null,
  reason text not null,
  seconds integer not null,
  ticket_hash bytea not null,
  ticket_expires_at timestamptz not null,
  spent_at timestamptz,
  session_id uuid,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users (tenant_id, id) on delete cascade,
  foreign key (tenant_id, actor_id) references users (tenant_id, id) on delete cascade
);
create index impersonations_actor on impersonations (tenant_id, actor_id, created_at);
create index impersonations_user on impersonations (tenant_id, user_id);

-- Who acts in the session, where that is not its owner.
alter table sessions add column impersonator_id uuid;
alter table oauth_grants add column impersonator_id uuid;

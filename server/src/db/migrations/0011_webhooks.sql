-- compatible-from: 0003_signing_in

-- Where events are sent to. secrets holds the signing secret, and for a while after a rotation the one before it, sealed.
create table webhooks (
  tenant_id uuid not null references tenants,
  id uuid not null,
  url text not null,
  description text not null default '',
  event_types text[] not null,
  is_enabled boolean not null default true,
  secrets bytea not null,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Since when every delivery has failed; null after one that succeeded.
  failing_since timestamptz,
  disabled_reason text,
  primary key (tenant_id, id)
);

-- What is to be sent, was sent, or was given up: one row for each event and webhook. The event itself stays where it is.
create table webhook_deliveries (
  tenant_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event_at timestamptz not null,
  event_id uuid not null,
  event_type text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  last_status integer,
  last_error text,
  last_milliseconds integer,
  primary key (tenant_id, id),
  foreign key (tenant_id, webhook_id) references webhooks on delete cascade
);
create unique index webhook_deliveries_once on webhook_deliveries (tenant_id, webhook_id, event_id);
create index webhook_deliveries_due on webhook_deliveries (due_at) where state = 'waiting';
create index webhook_deliveries_log on webhook_deliveries (tenant_id, webhook_id, created_at, id);
create index webhook_deliveries_age on webhook_deliveries (created_at);

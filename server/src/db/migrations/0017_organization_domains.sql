-- compatible-from: 0003_signing_in

-- Domains of organizations. One is proved by a TXT record that holds the challenge, and is then the domain of one organization alone. joining is what
-- people with a proved address of it meet: nothing, an offer, or membership at their next sign-in, with these roles.
create table organization_domains (
  tenant_id uuid not null,
  id uuid not null,
  organization_id uuid not null,
  domain text not null,
  challenge text not null,
  joining text not null default 'off' check (joining in ('off', 'ask', 'automatic')),
  roles text[] not null default '{member}' check (cardinality(roles) > 0),
  verified_at timestamptz,
  checked_at timestamptz,
  -- Since when the record of a proved domain has been missing.
  missing_since timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, organization_id) references organizations on delete cascade
);
create unique index organization_domains_named on organization_domains (tenant_id, organization_id, domain);
create unique index organization_domains_proved on organization_domains (tenant_id, domain) where verified_at is not null;
create index organization_domains_due on organization_domains (checked_at) where verified_at is not null;
create index organization_domains_roles on organization_domains using gin (roles);

-- compatible-from: 0003_signing_in
-- Invitations of an operator: the address that was invited, and the secrets of the links as SHA-256. Sending it again replaces them, so that the
-- newest links alone open it. The account is written by the transaction that sets accepted_at.
create table invitations (
  tenant_id uuid not null references tenants,
  id uuid not null,
  email text not null,
  -- The address as the operator wrote it.
  written text not null,
  -- The user name that the form begins with.
  username text,
  language text not null,
  -- Of the link in the mail, whose use proves the address; and of the one that was printed for the operator, whose use proves nothing.
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
  foreign key (tenant_id, user_id) references users on delete cascade deferrable initially deferred
);
create unique index invitations_open on invitations (tenant_id, email) where accepted_at is null and revoked_at is null;
create index invitations_user on invitations (tenant_id, user_id) where user_id is not null;
create index invitations_expiry on invitations (expires_at);

-- When the code or link came back right, and when what it proved was used: a proof that comes before the account is good for one account.
alter table proofs add column proved_at timestamptz;
alter table proofs add column used_at timestamptz;

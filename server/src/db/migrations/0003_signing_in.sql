-- compatible-from: 0002_oauth

-- What leaves by mail or SMS. It is written in the statement of the change that it tells of, and delivered by a job; what it says is sealed,
-- because codes and links are in it.
create table messages (
  tenant_id uuid not null references tenants,
  id uuid not null,
  channel text not null check (channel in ('email', 'sms')),
  template text not null,
  language text not null,
  recipient text not null,
  user_id uuid,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  attempts integer not null default 0,
  -- Nothing is sent late: a code that has expired is not.
  expires_at timestamptz not null,
  sent_at timestamptz,
  gave_up_at timestamptz,
  last_error text,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index messages_due on messages (due_at) where sent_at is null and gave_up_at is null;
create index messages_age on messages (created_at);
create index messages_recipient on messages (tenant_id, recipient, created_at);

-- A proof that somebody reads an address: a code to type and a link to open, of which either spends the row. The code is kept as a MAC, the
-- link's secret as SHA-256. browser is the hash of the browser that asked.
create table proofs (
  tenant_id uuid not null references tenants,
  id uuid not null,
  purpose text not null check (purpose in ('sign-in', 'second-factor', 'sign-up', 'verify-email', 'change-email', 'undo-email', 'verify-phone', 'reset', 'freeze', 'invitation', 'first-administrator', 'cancel-deletion')),
  user_id uuid,
  channel text not null default 'email' check (channel in ('email', 'sms', 'terminal')),
  address text not null,
  code_mac bytea,
  link_hash bytea,
  browser bytea,
  tries integer not null default 0,
  payload jsonb not null default '{}',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  spent_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index proofs_user on proofs (tenant_id, user_id, purpose) where spent_at is null;
create index proofs_address on proofs (tenant_id, address, created_at);
create index proofs_expiry on proofs (expires_at);

-- Failures of a second factor, one counter for each person and method over every door.
create table factor_states (
  tenant_id uuid not null,
  user_id uuid not null,
  method text not null,
  failures integer not null default 0,
  locked_until timestamptz not null default '-infinity',
  primary key (tenant_id, user_id, method),
  foreign key (tenant_id, user_id) references users on delete cascade
) with (fillfactor = 70);

create table totp_factors (
  tenant_id uuid not null,
  user_id uuid not null,
  sealed_secret bytea not null,
  -- Absent until a code of it was typed: until then it counts for nothing.
  confirmed_at timestamptz,
  -- The latest time step that was spent (RFC 6238 section 5.2: each at most once).
  last_step bigint not null default 0,
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);

create table recovery_codes (
  tenant_id uuid not null,
  user_id uuid not null,
  hash bytea not null,
  created_at timestamptz not null default now(),
  spent_at timestamptz,
  primary key (tenant_id, user_id, hash),
  foreign key (tenant_id, user_id) references users on delete cascade
);

-- Web Authentication credentials (Web Authentication Level 3 section 4, credential record).
create table passkeys (
  tenant_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  rp_id text not null,
  sign_count bigint not null default 0,
  transports text[] not null default '{}',
  aaguid uuid not null,
  name text not null,
  is_backup_eligible boolean not null,
  is_backed_up boolean not null,
  -- Whether the person was verified when it was made: without that, a PIN that a thief sets on it would count as the person (section 4, uvInitialized).
  is_user_verified boolean not null,
  -- The format of the attestation statement that was verified; 'none' where none was asked for.
  attestation_format text not null default 'none',
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  -- When its signature counter last went back: somebody may hold a copy of it.
  cloned_at timestamptz,
  primary key (tenant_id, user_id, id),
  unique (tenant_id, credential_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);

-- Challenges travel sealed in the page that they were drawn for; what was answered is kept here until it would have expired.
create table spent_challenges (
  tenant_id uuid not null references tenants,
  hash bytea not null,
  expires_at timestamptz not null,
  primary key (tenant_id, hash)
);
create index spent_challenges_expiry on spent_challenges (expires_at);

-- Browsers in which a person has signed in. trusted_until excuses from the second factor; the secret of its cookie is kept as SHA-256.
create table devices (
  tenant_id uuid not null,
  user_id uuid not null,
  browser bytea not null,
  trust_hash bytea,
  trusted_until timestamptz,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (tenant_id, user_id, browser),
  foreign key (tenant_id, user_id) references users on delete cascade
);

create table avatars (
  tenant_id uuid not null,
  user_id uuid not null,
  media_type text not null check (media_type in ('image/png', 'image/jpeg', 'image/webp')),
  bytes bytea not null,
  hash text not null,
  changed_at timestamptz not null default now(),
  primary key (tenant_id, user_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);

create table role_assignments (
  tenant_id uuid not null,
  user_id uuid not null,
  role text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, user_id, role),
  foreign key (tenant_id, user_id) references users on delete cascade
);

-- The language that a person chose; when an account that its owner gave up goes for good.
alter table users add column language text;
alter table users add column deletion_due_at timestamptz;
create index users_deletion on users (deletion_due_at) where deletion_due_at is not null;

-- A person can freeze the account from a notice: it is then refused like a disabled one, and only an operator opens it again.
alter table users drop constraint users_status_check;
alter table users add constraint users_status_check check (status in ('active', 'disabled', 'frozen')) not valid;
alter table users validate constraint users_status_check;

alter table identifiers drop constraint identifiers_kind_check;
alter table identifiers add constraint identifiers_kind_check check (kind in ('username', 'email', 'phone')) not valid;
alter table identifiers validate constraint identifiers_kind_check;

alter table sessions add column browser bytea;

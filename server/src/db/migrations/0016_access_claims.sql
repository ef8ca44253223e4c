-- compatible-from: 0003_signing_in

-- What the access tokens of an API say of who may do what: roles, groups, entitlements (RFC 9068 section 2.2.3.1).
alter table api_resources add column access_claims text[] not null default '{}';

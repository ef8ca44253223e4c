-- compatible-from: 0003_signing_in
-- concurrently: create index concurrently if not exists profiles_attributes on profiles using gin (attributes jsonb_path_ops)

-- Accounts are found by the value of an attribute, also where it is a rare one.
select 1;

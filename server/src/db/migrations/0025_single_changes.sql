-- compatible-from: 0003_signing_in

-- What a version took the place of: each thing that it changed as it was before, null where it was not there. By it a configuration goes back to an earlier
-- version; the versions before this column have their whole document for it.
alter table config_versions add column former jsonb;

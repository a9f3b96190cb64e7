-- Run by Flyway at every start, as the owner of the schema: what the role purgeline_app may do.
-- One statement, so that a process at work never finds itself without rights.
do $$
begin
  -- Two processes that start at once do this one after the other.
  perform pg_advisory_xact_lock(hashtext('purgeline.grants'));

  grant usage on schema purgeline to purgeline_app;
  revoke all on all tables in schema purgeline from purgeline_app;
  grant select, insert, update, delete on all tables in schema purgeline to purgeline_app;

  -- The audit trail is written and read, never changed; migrations are the owner's.
  revoke update, delete on purgeline.audit_entry, purgeline.audit_seal from purgeline_app;
  revoke insert, update, delete on purgeline.flyway_schema_history from purgeline_app;
end
$$;

-- Run once by the superuser, in the new database: one role owns the schema and migrates it, another
-- one, which cannot change it, is what the processes work as. Run by psql, which reads the passwords
-- from the environment.
\getenv owner_password PURGELINE_OWNER_PASSWORD
\getenv app_password PURGELINE_APP_PASSWORD

create role purgeline_owner login password :'owner_password';
create role purgeline_app login password :'app_password';

create schema purgeline authorization purgeline_owner;

CREATE TABLE migration_probe AS SELECT 1 AS id;

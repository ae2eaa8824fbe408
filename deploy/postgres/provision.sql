-- The role and the database of CreateTrend; harmless to run again.
-- scripts/up, or provision.sh in a container, passes password_file.
\set password `cat :password_file`

SELECT 'CREATE ROLE createtrend'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'createtrend') \gexec

-- CREATEDB: every test makes a database of its own.
SET log_min_duration_statement = -1;
ALTER ROLE createtrend LOGIN CREATEDB PASSWORD :'password';

SELECT 'CREATE DATABASE createtrend OWNER createtrend'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'createtrend') \gexec

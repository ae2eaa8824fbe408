-- The database of CreateTrend, and privileges on other databases; idempotent.

SELECT 'CREATE DATABASE createtrend OWNER createtrend'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'createtrend') \gexec

-- By default PostgreSQL permits every role to connect to every database. The privileges on
-- createtrend are set by its owner (crates/cli/src/privileges.sql).
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;

-- Monitoring reads statistics of the server, but no tables.
SELECT format('GRANT %s TO %I', unnest(ARRAY['CONNECT ON DATABASE postgres', 'pg_monitor']), rolname)
  FROM pg_roles WHERE rolname = 'postgres-exporter' \gexec

-- The database of CreateTrend, and what roles may do beside it; harmless to run again.

SELECT 'CREATE DATABASE createtrend OWNER createtrend'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'createtrend') \gexec

-- PostgreSQL lets everybody into every database that nobody says otherwise of. Of
-- createtrend, its owner says it (crates/cli/src/rights.sql).
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;

-- Of monitoring: it sees what the server does, and no table.
SELECT format('GRANT %s TO %I', unnest(ARRAY['CONNECT ON DATABASE postgres', 'pg_monitor']), rolname)
  FROM pg_roles WHERE rolname = 'postgres-exporter' \gexec

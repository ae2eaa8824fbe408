-- A role that can log in with the password in a file, without privileges; idempotent.
-- provision.sh passes role and password_file.
\set password `cat :'password_file'`

SELECT format('CREATE ROLE %I', :'role')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec

SET log_min_duration_statement = -1;
ALTER ROLE :"role" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS
    PASSWORD :'password';

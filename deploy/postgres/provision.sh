#!/bin/sh
# provision.sh OWNER_PASSWORD_FILE FOLDER: creates the roles and the database of CreateTrend.
# Idempotent; run it again to apply a new password.
#
# The owner of the database, createtrend, has the password in the first file; each service that
# uses PostgreSQL has a role with its name and the password in
# FOLDER/<service>/postgres_password. crates/cli/src/privileges.sql defines their privileges.
# Connects as a superuser with PGHOST, PGPORT, PGUSER and, if needed, PGPASSWORD_FILE.
set -eu
here=$(dirname "$0")
[ -z "${PGPASSWORD_FILE-}" ] || PGPASSWORD=$(cat "$PGPASSWORD_FILE")
export PGPASSWORD="${PGPASSWORD-}" PGOPTIONS='-c client_min_messages=warning' PGCONNECT_TIMEOUT=10

make_role() {
    psql -qX -v ON_ERROR_STOP=1 -d postgres -v role="$1" -v password_file="$2" -f "$here/role.sql"
}

make_role createtrend "$1"
for file in "$2"/*/postgres_password; do
    make_role "$(basename "$(dirname "$file")")" "$file"
done
psql -qX -v ON_ERROR_STOP=1 -d postgres -f "$here/database.sql"

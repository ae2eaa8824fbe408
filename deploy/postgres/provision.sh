#!/bin/sh
# provision.sh OWNERS_PASSWORD FOLDER: makes the roles and the database of CreateTrend.
# Harmless to run again, which is how a new password comes into force.
#
# The owner of the database, createtrend, has the password of the first file; each service
# that uses PostgreSQL has a role of its own, called like it, with that of
# FOLDER/<service>/postgres_password. What they may do is crates/cli/src/rights.sql.
# Connects as a superuser: PGHOST, PGPORT, PGUSER, and PGPASSWORD_FILE where one is needed.
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

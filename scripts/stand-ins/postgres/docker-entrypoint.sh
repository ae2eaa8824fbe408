#!/bin/bash
# What this project uses of the official image's entry point.
set -euo pipefail

if [[ ! -s $PGDATA/PG_VERSION ]]; then
    # shellcheck disable=SC2086 # several arguments
    initdb -D "$PGDATA" --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS
    printf '\nhost all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
    pg_ctl -D "$PGDATA" -w start -o "$(printf '%q ' "${@:2}" -c listen_addresses= -p 5432)"
    for file in /docker-entrypoint-initdb.d/*.sh; do "$file"; done
    pg_ctl -D "$PGDATA" -w -m fast stop
fi
exec "$@"

# The instance's PostgreSQL cluster.
# shellcheck shell=bash

# The folder of the PostgreSQL programs, in the version of the data, or else the newest.
postgres_bin() {
    local version
    version=$(cat "$STATE/postgres/PG_VERSION" 2>/dev/null ||
        find /usr/lib/postgresql -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -V | tail -n 1)
    [[ -x /usr/lib/postgresql/$version/bin/postgres ]] || die "PostgreSQL $version is not installed"
    echo "/usr/lib/postgresql/$version/bin"
}

prepare_postgres() {
    POSTGRES_BIN=$(postgres_bin)
    local data=$STATE/postgres file
    if [[ ! -d $data ]]; then
        log_step "Creating the PostgreSQL cluster"
        # Renamed when complete.
        rm -rf "$data.new"
        install -d -o "$UNIX_USER" -g "$UNIX_USER" -m 700 "$data.new"
        run_logged initdb 120 initdb.log "${AS_USER[@]}" "$POSTGRES_BIN/initdb" -D "$data.new" \
            --username=postgres --auth=scram-sha-256 --auth-local=peer \
            --encoding=UTF8 --locale=C.UTF-8 --data-checksums
        mv "$data.new" "$data"
    fi
    for file in postgresql.conf createtrend.conf pg_hba.conf pg_ident.conf; do
        write_if_changed "$data/$file" 600 "$(render_template "$PROJECT/deploy/postgres/$file")"
    done
}

postgres_ready() {
    "$POSTGRES_BIN/pg_isready" -q -t 2 -h 127.0.0.1 -p "$POSTGRES_PORT"
}

# Creates the roles, their passwords and the database. Only natively, for tests, the owner may also
# create databases and see and terminate connections.
provision_postgres() {
    # Through the socket, which only root and the Unix user can access.
    local superuser=(env PATH="$POSTGRES_BIN:$PATH" PGHOST="$STATE/run" PGPORT="$POSTGRES_PORT" PGUSER=postgres)
    run_logged "setting up the database" 60 provision.log "${superuser[@]}" \
        "$PROJECT/deploy/postgres/provision.sh" "$STATE/secrets/postgres_password" "$STATE/secrets"
    run_logged "setting up the database" 60 provision.log "${superuser[@]}" \
        psql -qX -v ON_ERROR_STOP=1 -d postgres \
        -c 'ALTER ROLE createtrend CREATEDB; GRANT pg_signal_backend, pg_read_all_stats TO createtrend'
}

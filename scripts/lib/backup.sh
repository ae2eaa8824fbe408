# Access of scripts/backup and scripts/restore to the database and the keys, natively and in
# containers.
# shellcheck shell=bash
# shellcheck disable=SC2153 # common.sh sets PROJECT

# The key of the password hashes, and the keys that sign tokens.
# shellcheck disable=SC2034 # used by scripts that source this file
KEYS=(password_key token_keys)

# select_target [--containers]
select_target() {
    if [[ ${1-} == --containers ]]; then
        prepare_compose
        POSTGRES_CONTAINER=$(container postgres)
        # shellcheck disable=SC2034,SC2206 # common.sh uses it; a program and its subcommand
        CREATETREND=($COMPOSE run --rm createtrend)
    else
        [[ -r $STATE/secrets/postgres_password ]] || die "there is no instance in $STATE (for containers use --containers)"
        POSTGRES_BIN=$(postgres_bin)
    fi
}

prepare_compose() {
    cd "$PROJECT" || exit
    COMPOSE=${COMPOSE-docker compose}
    $COMPOSE version >/dev/null 2>&1 || COMPOSE=docker-compose
}

# container SERVICE: prints the ID of a running container.
container() {
    local id
    id=$($COMPOSE ps -q "$1" | head -n 1)
    [[ $id ]] || die "no container of $1 is running"
    echo "$id"
}

# database PROGRAM ARGUMENT...: runs a PostgreSQL program as the owner of the database.
database() {
    if [[ ${POSTGRES_CONTAINER-} ]]; then
        docker exec -i "$POSTGRES_CONTAINER" "$1" -U createtrend -d createtrend "${@:2}"
    else
        PGPASSWORD=$(<"$STATE/secrets/postgres_password") \
            "$POSTGRES_BIN/$1" -h 127.0.0.1 -p "$POSTGRES_PORT" -U createtrend -d createtrend "${@:2}"
    fi
}

# with_keys COMMAND: runs a command with the current keys in /keys and the backup in /backup.
# The image of PostgreSQL has a shell, the images of the services do not.
with_keys() {
    local project image
    if [[ ${POSTGRES_CONTAINER-} ]]; then
        project=$(docker inspect -f '{{index .Config.Labels "com.docker.compose.project"}}' "$POSTGRES_CONTAINER")
        image=$(docker inspect -f '{{.Config.Image}}' "$POSTGRES_CONTAINER")
        docker run --rm --network none --user 0:0 --entrypoint /bin/sh \
            -v "${project}_secrets-accounts:/keys" -v "$FOLDER:/backup" "$image" -euc "$1"
    else
        sh -euc "$(sed "s#/keys#$STATE/secrets#g; s#/backup#$FOLDER#g" <<<"$1")"
    fi
}

print_row_counts() {
    local table
    for table in $(database psql -qXAtc "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"); do
        echo "$table $(database psql -qXAtc "SELECT count(*) FROM \"$table\"")"
    done
}

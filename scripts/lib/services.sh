# The services: names and ports, start of the replicas.
# shellcheck shell=bash

# A service is a folder with default settings; its binary has the same name.
services() {
    local defaults
    for defaults in "$PROJECT"/services/*/defaults.toml; do
        [[ ! -f $defaults ]] || basename "$(dirname "$defaults")"
    done
}

# The port of the first replica: [http] port of the service's defaults plus the offset.
service_port() {
    local defaults=$PROJECT/services/$1/defaults.toml port
    port=$(awk -F '[ =#]+' '/^\[/ { http = /^\[http\]/ } http && $1 == "port" { print $2 }' "$defaults")
    [[ $port =~ ^[0-9]+$ ]] || die "$defaults has no port in [http]"
    echo $((port + OFFSET))
}

replica_ports() {
    local first
    first=$(service_port "$1")
    seq "$first" $((first + REPLICAS - 1))
}

# service_has_section NAME SECTION: whether the defaults of a service contain this section (postgres,
# rabbitmq). If so, the service has its own user and password there.
service_has_section() {
    grep -qx "\[$2\]" "$PROJECT/services/$1/defaults.toml"
}

replica_ready() {
    http_ok "http://127.0.0.1:$1/health/ready"
}

replica_runs() {
    http_ok "http://127.0.0.1:$1/health/live"
}

# wait_for_replica NAME PORT. A collector that cannot collect, such as with a rejected key, is not
# ready, but does not stop the start of the others; `createtrend doctor` reports it.
wait_for_replica() {
    local check=replica_ready
    [[ $1 != collector ]] || check=replica_runs
    wait_for "$1-$2" 60 "$1-$2.log" "$check" "$2"
}

# is_outdated NAME PID: whether the binary of a running replica, or the API key, was replaced.
is_outdated() {
    [[ $(readlink "/proc/$2/exe") == *' (deleted)' ]] ||
        [[ $1 == collector && " ${CHANGED[*]-} " == *" $YOUTUBE_KEY "* ]]
}

# restart_replica NAME PORT
restart_replica() {
    log_step "Restarting $1-$2"
    start_program restart "$1:$1-$2" "$1-$2.log"
    wait_for_replica "$1" "$2"
}

# start_service NAME: restarts outdated replicas one at a time, so that the others serve requests
# meanwhile. Starts all stopped replicas together; supervisord stops those whose settings changed.
start_service() {
    local name=$1 programs port pid
    run_supervisorctl update "$name"
    programs=$(program_table)
    for port in $(replica_ports "$name"); do
        pid=$(awk -v program="$name:$name-$port" '$1 == program && $2 == "RUNNING" { print $4 + 0 }' <<<"$programs")
        if [[ $pid ]] && is_outdated "$name" "$pid"; then
            restart_replica "$name" "$port"
        fi
    done
    start_program start "$name:*" "$name-$(service_port "$name").log"
    for port in $(replica_ports "$name"); do
        wait_for_replica "$name" "$port"
    done
}

start_services() {
    local names
    mapfile -t names < <(services)
    each_service start_service "${names[@]}"
    # Stop removed services.
    run_supervisorctl update
}

# restart_service NAME: restarts its replicas one at a time.
restart_service() {
    local name=$1 port
    for port in $(replica_ports "$name"); do
        restart_replica "$name" "$port"
    done
}

# each_service FUNCTION NAME...: calls FUNCTION for each of these services, concurrently: supervisord
# waits a second for each program.
each_service() {
    local name pid pids=() failed=
    for name in "${@:2}"; do
        "$1" "$name" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid" || failed=yes
    done
    [[ ! $failed ]] || exit 1
}

# The services: names and ports, build, start of the replicas.
# shellcheck shell=bash

# A service is a folder with a manifest; its binary has the same name.
services() {
    local manifest
    for manifest in "$PROJECT"/services/*/Cargo.toml; do
        [[ ! -f $manifest ]] || basename "$(dirname "$manifest")"
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

# uses NAME SECTION: whether the defaults of a service contain this section (postgres, rabbitmq). If
# so, the service has its own user and password there.
uses() {
    grep -qx "\[$2\]" "$PROJECT/services/$1/defaults.toml"
}

# The target folder of cargo.
target_folder() {
    cargo metadata --format-version 1 --no-deps --locked | grep -o '"target_directory":"[^"]*"' | cut -d '"' -f 4
}

# Whether nothing was built yet.
is_first_build() {
    [[ ! -e $(cd "$PROJECT" && target_folder)/release/createtrend ]]
}

# Downloads the crates, so that an unreachable registry ends the script at its start.
fetch_crates() (
    cd "$PROJECT" || exit
    host=$(rustc -vV | sed -n 's/^host: //p')
    logged "cargo fetch" 1800 build.log cargo fetch --locked --target "$host"
)

# Prints how many crates are compiled, twice a minute while the script runs.
report_build() {
    local progress last=
    while sleep 30 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        progress=$(tail -c 2000 "$STATE/log/build.log" | grep -oE '[0-9]+/[0-9]+: ' | tail -n 1) || continue
        [[ $progress != "$last" ]] && step "Compiled ${progress%: } crates"
        last=$progress
    done
}

# Compiles everything and installs changed binaries. Running replicas keep their old file until they
# are restarted.
build() (
    step "Building (see $STATE/log/build.log)"
    cd "$PROJECT" || exit # rustup looks here for the toolchain to use
    report_build 9>&- & # without the lock of the instance
    # shellcheck disable=SC2064 # expand now
    trap "kill $! 2>/dev/null || true" EXIT
    CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
        logged "cargo build" 5400 build.log cargo build --release --locked --workspace --bins
    target=$(target_folder)
    for name in createtrend fake-youtube $(services); do
        cmp -s "$target/release/$name" "$STATE/bin/$name" && continue
        install -m 755 "$target/release/$name" "$STATE/bin/$name.new"
        mv -f "$STATE/bin/$name.new" "$STATE/bin/$name"
        step "Installed $name"
    done
)

# operator SUBCOMMAND...: runs `createtrend` with its output on the terminal.
operator() {
    local code=0
    timeout --foreground --kill-after=10 7200 "$PROJECT/scripts/createtrend" "$@" || code=$?
    ((code == 0)) || die "createtrend $1 failed (exit code $code)"
}

replica_ready() {
    http_ok "http://127.0.0.1:$1/health/ready"
}

wait_for_replica() {
    wait_for "$1-$2" 60 "$1-$2.log" replica_ready "$2"
}

# is_outdated NAME PID: whether the binary of a running replica, or the API key, was replaced.
is_outdated() {
    [[ $(readlink "/proc/$2/exe") == *' (deleted)' ]] ||
        [[ $1 == collector && " ${CHANGED[*]-} " == *" $YOUTUBE_KEY "* ]]
}

# Restarts outdated replicas one at a time, so that the others serve requests
# meanwhile. Starts all stopped replicas together; supervisord stops those whose settings changed.
start_services() {
    local name port pid
    for name in $(services); do
        control update "$name"
        for port in $(replica_ports "$name"); do
            pid=$(program_pid "$name:$name-$port")
            if [[ $pid ]] && is_outdated "$name" "$pid"; then
                step "Restarting $name-$port with its new files"
                launch restart "$name:$name-$port" "$name-$port.log"
                wait_for_replica "$name" "$port"
            fi
        done
        launch start "$name:*" "$name-$(service_port "$name").log"
    done
    for name in $(services); do
        for port in $(replica_ports "$name"); do
            wait_for_replica "$name" "$port"
        done
    done
    # Stop removed services.
    control update
}

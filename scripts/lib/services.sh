# The services: which there are, how they are built, how their replicas start.
# shellcheck shell=bash

# A service is a folder with a manifest; its name is its binary's.
services() {
    local manifest
    for manifest in "$PROJECT"/services/*/Cargo.toml; do
        [[ ! -f $manifest ]] || basename "$(dirname "$manifest")"
    done
}

# The port of its first replica: [http] port of its defaults, and the offset.
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

# uses NAME SECTION: whether the service logs in there, as the section of its defaults says
# (postgres, rabbitmq). It has a user and a password of its own.
uses() {
    grep -qx "\[$2\]" "$PROJECT/services/$1/defaults.toml"
}

# Where cargo builds to.
target_folder() {
    cargo metadata --format-version 1 --no-deps --locked | grep -o '"target_directory":"[^"]*"' | cut -d '"' -f 4
}

# Compiles everything and puts the binaries that differ into place. A running
# replica keeps the file it was started from.
build() (
    step "Building (the first time takes several minutes; see $STATE/log/build.log)"
    cd "$PROJECT" || exit # rustup looks here for the toolchain to use
    logged "cargo build" 5400 build.log cargo build --release --locked --workspace --bins
    target=$(target_folder)
    for name in createtrend $(services); do
        cmp -s "$target/release/$name" "$STATE/bin/$name" && continue
        install -m 755 "$target/release/$name" "$STATE/bin/$name.new"
        mv -f "$STATE/bin/$name.new" "$STATE/bin/$name"
        step "Installed $name"
    done
)

# operator SUBCOMMAND...: `createtrend`, on the terminal.
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

# Replicas whose binary was replaced are restarted one at a time, so that the
# others answer meanwhile; those that do not run, or whose settings are others
# (supervisord stops them then), are started together.
start_services() {
    local name port pid
    for name in $(services); do
        control update "$name"
        for port in $(replica_ports "$name"); do
            pid=$(program_pid "$name:$name-$port")
            if [[ $pid && $(readlink "/proc/$pid/exe") == *' (deleted)' ]]; then
                step "Restarting $name-$port with its new binary"
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
    # Services that are no more.
    control update
}

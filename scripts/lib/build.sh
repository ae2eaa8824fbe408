# Builds the binaries, or uses the binaries of a package.
# shellcheck shell=bash

# A package (scripts/package) contains the binaries and the dashboard, and no source code.
is_prebuilt() {
    [[ -d $PROJECT/bin ]]
}

# The names of all binaries.
binaries() {
    echo createtrend
    echo fake-youtube
    services
}

# The target folder of cargo.
target_folder() {
    cargo metadata --format-version 1 --no-deps --locked | grep -o '"target_directory":"[^"]*"' | cut -d '"' -f 4
}

# Whether nothing was built yet.
is_first_build() {
    [[ ! -e $(cd "$PROJECT" && target_folder)/release/createtrend ]]
}

# Checks the machine, downloads the crates, and adds the tools of the build to the packages to install.
prepare_build() {
    if is_prebuilt; then
        "$PROJECT/bin/createtrend" --version >/dev/null ||
            die "the binaries of this package do not run on this machine ($(uname -m), $(getconf GNU_LIBC_VERSION))"
        check_resources 2000
        return
    fi
    require_cargo
    if is_first_build; then
        check_resources 8000
        log_step "The first start takes 7 to 20 minutes on two cores, most of it compilation; later ones take seconds. If interrupted, it continues where it stopped"
    else
        check_resources 2000
    fi
    fetch_crates
    require_node_packages
}

# Downloads the crates, so that an unreachable registry ends the script at its start.
fetch_crates() (
    cd "$PROJECT" || exit
    host=$(rustc -vV | sed -n 's/^host: //p')
    run_logged "cargo fetch" 1800 build.log cargo fetch --locked --target "$host"
)

# Prints how many crates are compiled, twice a minute while the script runs.
report_build() {
    local progress last=
    while sleep 30 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        progress=$(tail -c 2000 "$STATE/log/build.log" | grep -oE '[0-9]+/[0-9]+: ' | tail -n 1) || continue
        [[ $progress != "$last" ]] && log_step "Compiled ${progress%: } crates"
        last=$progress
    done
}

# Compiles everything.
compile() (
    log_step "Building (see $STATE/log/build.log)"
    cd "$PROJECT" || exit # rustup looks here for the toolchain to use
    report_build 9>&- & # without the lock of the instance
    # shellcheck disable=SC2064 # expand now
    trap "kill $! 2>/dev/null || true" EXIT
    CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
        run_logged "cargo build" 5400 build.log cargo build --release --locked --workspace --bins
)

# Builds the dashboard and the binaries, unless they are prebuilt, and installs changed binaries. Running
# replicas keep their old file until they are restarted.
build() {
    local from=$PROJECT/bin name
    if ! is_prebuilt; then
        build_web # it fails early without a registry
        compile
        from=$(cd "$PROJECT" && target_folder)/release
    fi
    for name in $(binaries); do
        cmp -s "$from/$name" "$STATE/bin/$name" && continue
        install -m 755 "$from/$name" "$STATE/bin/$name.new"
        mv -f "$STATE/bin/$name.new" "$STATE/bin/$name"
        log_step "Installed $name"
    done
}

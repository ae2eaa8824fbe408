# Packages, the Unix user, and access to the state folder.
# shellcheck shell=bash

PACKAGES=(
    ca-certificates curl openssl
    postgresql rabbitmq-server nginx supervisor
    maven                         # Elasticsearch and nori come from Maven Central
    acl iproute2 procps           # setfacl, ss, pgrep
)

# Elasticsearch supports Java 17 and 21.
java_home() {
    local home
    for home in /usr/lib/jvm/java-{17,21}-openjdk-*; do
        [[ -x $home/bin/javac ]] && echo "$home" && return
    done
    return 1
}

missing_packages() {
    local package
    for package in "${PACKAGES[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

apt() {
    run_logged "apt-get $1" 1800 apt.log env DEBIAN_FRONTEND=noninteractive \
        apt-get -y -o DPkg::Lock::Timeout=300 "$@"
}

# The daemons of the packages must not start at the next boot.
disable_daemons() {
    local unit
    command -v systemctl >/dev/null || return 0
    for unit in postgresql rabbitmq-server nginx supervisor prometheus; do
        [[ " $* " != *" $unit "* ]] || systemctl disable --quiet "$unit" || true
    done
}

# In a subshell, which limits the scope of the trap. policy-rc.d prevents the install scripts from
# starting the daemons.
install_packages() (
    mapfile -t missing < <(missing_packages)
    java_home >/dev/null || missing+=(openjdk-17-jdk-headless)
    ((${#missing[@]})) || exit 0
    command -v apt-get >/dev/null || die "this needs Debian or Ubuntu (apt-get); missing: ${missing[*]}"
    log_step "Installing ${missing[*]}"
    if [[ ! -e /usr/sbin/policy-rc.d ]]; then
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
        chmod 755 /usr/sbin/policy-rc.d
    fi
    apt update
    # Newer distributions contain only Java 21.
    apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1 ||
        missing=("${missing[@]/openjdk-17-/openjdk-21-}")
    apt install --no-install-recommends "${missing[@]}"
    disable_daemons "${missing[@]}"
)

# check_resources DISK: ends the script if the machine has too little memory, or less disk space than
# this number of MB, to build and start.
check_resources() {
    local memory disk needed=$1
    supervisor_runs && return
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
    ((memory >= 3000)) ||
        die "$memory MB of memory are available; an instance needs 3000 MB: stop other programs, or use a larger machine"
    disk=$(df --output=avail -m -- "$PROJECT" | tail -n 1)
    ((disk >= needed)) ||
        die "$((disk)) MB are free on the disk of $PROJECT; $needed MB are needed: free some space, or move the project"
}

# Finds cargo, and adds its linker to the packages to install.
require_cargo() {
    PACKAGES+=(gcc libc6-dev)
    command -v cargo >/dev/null || PATH=$PATH:$HOME/.cargo/bin
    command -v cargo >/dev/null || die "cargo is not on the PATH: install Rust first (https://rustup.rs)"
}

make_user() {
    id "$UNIX_USER" >/dev/null 2>&1 && return
    log_step "Adding the system user $UNIX_USER"
    useradd --system --user-group --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin "$UNIX_USER"
}

# Root owns files that the processes only read.
make_state_folder() {
    mkdir -p "$STATE"/{bin,supervisor,nginx/www}
    install -d -o "$UNIX_USER" -g "$UNIX_USER" -m 750 \
        "$STATE"/{log,run,nginx/tmp,nginx/bodies,rabbitmq,elasticsearch}
    # Earlier releases created world-readable logs.
    find "$STATE/log" -type f -perm /027 -exec chmod g-w,o-rwx {} +
    install -d -o "$UNIX_USER" -g "$UNIX_USER" -m 700 "$STATE/secrets"
    echo "$OFFSET" >"$STATE/port_offset"
}

# Gives the Unix user search permission (x) on parent folders that deny it, such as /root. Records
# them for revoke_traversal.
grant_traversal() {
    local folder='' part
    IFS=/ read -ra parts <<<"${STATE#/}"
    for part in "${parts[@]}"; do
        folder+=/$part
        if ! "${AS_USER[@]}" test -x "$folder"; then
            log_step "Granting $UNIX_USER access through $folder (setfacl u:$UNIX_USER:--x)"
            setfacl -m "u:$UNIX_USER:--x" "$folder" || die "setfacl on $folder failed: move the checkout to a folder that all users can access"
        fi
        # Include folders that another instance was granted: the last purge revokes them.
        getfacl -cp "$folder" 2>/dev/null | grep -q "^user:$UNIX_USER:--x" && echo "$folder" >&3
    done 3>"$STATE/traversal.new"
    mv "$STATE/traversal.new" "$STATE/traversal"
}

revoke_traversal() {
    local folder
    # Another running instance needs them. (Zombies do not count.)
    pgrep --runstates R,S,D --euid "$UNIX_USER" >/dev/null && return
    while read -r folder; do
        setfacl -x "u:$UNIX_USER" "$folder"
        # Remove the mask too if no named entries are left.
        getfacl -cp "$folder" | grep -Eq '^(user|group):[^:]' || setfacl -b "$folder"
        log_step "Revoked access of $UNIX_USER through $folder"
    done < <(cat "$STATE/traversal" 2>/dev/null)
}

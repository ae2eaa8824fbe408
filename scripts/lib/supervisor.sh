# supervisord keeps every process of the instance running.
# shellcheck shell=bash

SUPERVISOR=$STATE/supervisor/supervisord.conf

supervisor_runs() {
    [[ -S $STATE/run/supervisor.sock ]] &&
        timeout 10 supervisorctl -c "$SUPERVISOR" pid >/dev/null 2>&1
}

# control ACTION...: supervisorctl.
control() {
    logged "supervisorctl $*" 120 supervisorctl.log supervisorctl -c "$SUPERVISOR" "$@"
}

# Lines "program state … pid N, uptime T". It exits with 3 when one is not up.
program_table() {
    timeout 10 supervisorctl -c "$SUPERVISOR" status 2>/dev/null || true
}

program_pid() {
    program_table | awk -v program="$1" '$1 == program && $2 == "RUNNING" { print $4 + 0 }'
}

program_runs() {
    [[ $(program_pid "$1") ]]
}

# service_environment NAME: KEY="value",KEY="value". Its users are those of its own defaults,
# and have passwords of their own.
service_environment() {
    sed -E "/__USER=/d; s#/((postgres|rabbitmq)_password)\$#/$1/\1#; s/=(.*)/=\"\1\"/" "$STATE/env" | paste -sd ,
}

# shellcheck disable=SC2034 # render reads the capitals
prepare_supervisor() {
    local NAME PORT ENVIRONMENT file
    put "$SUPERVISOR" 644 "$(render "$PROJECT/deploy/supervisor/supervisord.conf")"
    put "$STATE/supervisor/servers.conf" 644 "$(render "$PROJECT/deploy/supervisor/servers.conf")"
    put "$STATE/supervisor/watchdog.py" 644 "$(<"$PROJECT/deploy/supervisor/watchdog.py")"
    for NAME in $(services); do
        PORT=$(service_port "$NAME")
        ENVIRONMENT=$(service_environment "$NAME")
        put "$STATE/supervisor/service-$NAME.conf" 644 "$(render "$PROJECT/deploy/supervisor/service.conf")"
    done
    for file in "$STATE"/supervisor/service-*.conf; do
        NAME=$(basename "$file" .conf)
        [[ -d $PROJECT/services/${NAME#service-} ]] || rm -f "$file"
    done
}

# Starts supervisord, and with it the servers. A running one takes up what is new of
# the servers in its configuration, and restarts those whose own files changed.
start_supervisor() {
    if supervisor_runs; then
        step "The servers run already"
        control update postgres elasticsearch epmd rabbitmq nginx watchdog
        restart_if_changed postgres "$STATE/postgres"
        restart_if_changed elasticsearch "$STATE/elasticsearch/config"
        restart_if_changed rabbitmq "$STATE/rabbitmq"
        restart_if_changed watchdog "$STATE/supervisor/watchdog.py"
        return
    fi
    step "Starting PostgreSQL, Elasticsearch and RabbitMQ"
    # Elasticsearch and nginx like many files; a container may forbid asking.
    ulimit -n 65536 2>/dev/null || true
    # It is opened before the umask of supervisord.conf holds.
    [[ -e $STATE/log/supervisord.log ]] ||
        install -o "$UNIX_USER" -g "$UNIX_USER" -m 640 /dev/null "$STATE/log/supervisord.log"
    # STACK marks every process as this instance's (instance_pids). 9 is the lock.
    logged "starting supervisord" 30 supervisord-start.log "${AS_USER[@]}" \
        env STACK="$STATE" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 supervisord -c "$SUPERVISOR" 9>&-
    wait_for supervisord 15 supervisord.log supervisor_runs
}

# restart_if_changed NAME PATH: a folder, or a file.
restart_if_changed() {
    if changed "$2" || [[ " ${CHANGED[*]-} " == *" $2 "* ]]; then
        step "Restarting $1 with its new configuration"
        launch restart "$1" "$1.log"
    fi
}

# launch start|restart NAME LOG: a program, or with NAME:* a group, whose own log
# tells why it fails. Starting what runs is no error.
launch() {
    timeout 120 supervisorctl -c "$SUPERVISOR" "$1" "$2" >>"$STATE/log/supervisorctl.log" 2>&1 ||
        die_with_log "$STATE/log/$3" "$2 does not start"
}

# Every process of this instance. PostgreSQL and nginx write their titles over
# their environment, and one that is exiting has none; they are known by the
# folder they work in.
instance_pids() {
    local pid cwd
    for pid in $(pgrep -u "$UNIX_USER"); do
        cwd=$(readlink "/proc/$pid/cwd") || continue
        if [[ $cwd == "$STATE" || $cwd == "$STATE/postgres" || $cwd == "$STATE/nginx" ]] ||
            tr '\0' '\n' 2>/dev/null <"/proc/$pid/environ" | grep -qxF "STACK=$STATE"; then
            echo "$pid"
        fi
    done
}

gone_within() {
    local deadline=$((SECONDS + $1))
    until [[ -z $(instance_pids) ]]; do
        ((SECONDS < deadline)) || return 1
        sleep 0.2
    done
}

# In order, by supervisord; what that leaves, or what outlived a supervisord
# that was killed, by pid.
stop_instance() {
    local signal
    if supervisor_runs; then
        control shutdown
        gone_within 120 && return
    fi
    for signal in TERM KILL; do
        instance_pids | xargs -r kill -s "$signal" 2>/dev/null || true
        gone_within 30 && return
    done
    die "these processes do not stop: $(instance_pids | paste -sd ' ')"
}

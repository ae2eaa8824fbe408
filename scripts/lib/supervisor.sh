# supervisord keeps every process of the instance running.
# shellcheck shell=bash

SUPERVISOR=$STATE/supervisor/supervisord.conf

supervisor_runs() {
    [[ -S $STATE/run/supervisor.sock ]] &&
        timeout 10 supervisorctl -c "$SUPERVISOR" pid >/dev/null 2>&1
}

# run_supervisorctl ACTION...: runs supervisorctl.
run_supervisorctl() {
    run_logged "supervisorctl $*" 120 supervisorctl.log supervisorctl -c "$SUPERVISOR" "$@"
}

# Prints lines "program state … pid N, uptime T". supervisorctl exits with 3 if a program is down.
program_table() {
    timeout 10 supervisorctl -c "$SUPERVISOR" status 2>/dev/null || true
}

program_pid() {
    program_table | awk -v program="$1" '$1 == program && $2 == "RUNNING" { print $4 + 0 }'
}

program_runs() {
    [[ $(program_pid "$1") ]]
}

# service_environment NAME: prints KEY="value",KEY="value", with % escaped. The user names come from the
# service's defaults; each has its own password.
service_environment() {
    local files=("$STATE/env")
    [[ $1 != collector ]] || files+=("$STATE/collector-env")
    { cat "${files[@]}" && own_settings "$1" <<<"$CHOSEN_SETTINGS"; } |
        sed -E "/__USER=|^\$/d; s#/((postgres|rabbitmq)_password)\$#/$1/\1#; s/%/%%/g; s/=(.*)/=\"\1\"/" | paste -sd ,
}

# shellcheck disable=SC2034 # render_template reads these variables
prepare_supervisor() {
    local NAME PORT ENVIRONMENT file
    write_if_changed "$SUPERVISOR" 644 "$(render_template "$PROJECT/deploy/supervisor/supervisord.conf")"
    write_if_changed "$STATE/supervisor/servers.conf" 644 "$(render_template "$PROJECT/deploy/supervisor/servers.conf")"
    write_if_changed "$STATE/supervisor/watchdog.py" 644 "$(<"$PROJECT/deploy/supervisor/watchdog.py")"
    for NAME in $(services); do
        PORT=$(service_port "$NAME")
        ENVIRONMENT=$(service_environment "$NAME")
        write_if_changed "$STATE/supervisor/service-$NAME.conf" 644 "$(render_template "$PROJECT/deploy/supervisor/service.conf")"
    done
    for file in "$STATE"/supervisor/service-*.conf; do
        NAME=$(basename "$file" .conf)
        [[ -d $PROJECT/services/${NAME#service-} ]] || rm -f "$file"
    done
}

# Starts supervisord, which starts the servers. If it is already running, applies changes of its
# configuration and restarts servers whose files changed.
start_supervisor() {
    if supervisor_runs; then
        log_step "The servers are already running"
        run_supervisorctl update postgres elasticsearch epmd rabbitmq nginx watchdog
        restart_if_changed postgres "$STATE/postgres"
        restart_if_changed elasticsearch "$STATE/elasticsearch/config"
        restart_if_changed rabbitmq "$STATE/rabbitmq"
        restart_if_changed watchdog "$STATE/supervisor/watchdog.py"
        return
    fi
    log_step "Starting PostgreSQL, Elasticsearch and RabbitMQ"
    # Elasticsearch and nginx need many open files; a container may not permit the change.
    ulimit -n 65536 2>/dev/null || true
    # supervisord opens it before it applies the umask of supervisord.conf.
    [[ -e $STATE/log/supervisord.log ]] ||
        install -o "$UNIX_USER" -g "$UNIX_USER" -m 640 /dev/null "$STATE/log/supervisord.log"
    # STACK identifies the processes of this instance (instance_pids). 9 is the lock.
    run_logged "starting supervisord" 30 supervisord-start.log "${AS_USER[@]}" \
        env STACK="$STATE" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        LANG=C.UTF-8 supervisord -c "$SUPERVISOR" 9>&-
    wait_for supervisord 15 supervisord.log supervisor_runs
}

# restart_if_changed NAME PATH: PATH is a folder or a file.
restart_if_changed() {
    if has_changed "$2" || [[ " ${CHANGED[*]-} " == *" $2 "* ]]; then
        log_step "Restarting $1 with its new configuration"
        start_program restart "$1" "$1.log"
    fi
}

# start_program start|restart NAME LOG: NAME is a program, or NAME:* a group; LOG contains the reason
# of a failure. Starting a running program is not an error.
start_program() {
    timeout 120 supervisorctl -c "$SUPERVISOR" "$1" "$2" >>"$STATE/log/supervisorctl.log" 2>&1 ||
        die_with_log "$STATE/log/$3" "$2 does not start"
}

# All processes of this instance. PostgreSQL and nginx overwrite their environment with their titles,
# and an exiting process has none; they are recognized by their working directory.
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

wait_for_exit() {
    local deadline=$((SECONDS + $1))
    until [[ -z $(instance_pids) ]]; do
        ((SECONDS < deadline)) || return 1
        sleep 0.2
    done
}

# supervisord stops the programs in order; remaining processes, or the processes of a killed
# supervisord, are stopped by pid.
stop_instance() {
    local signal
    if supervisor_runs; then
        run_supervisorctl shutdown
        wait_for_exit 120 && return
    fi
    for signal in TERM KILL; do
        instance_pids | xargs -r kill -s "$signal" 2>/dev/null || true
        wait_for_exit 30 && return
    done
    die "these processes do not stop: $(instance_pids | paste -sd ' ')"
}

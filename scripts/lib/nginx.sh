# nginx, the gateway.
# shellcheck shell=bash

NGINX=/usr/sbin/nginx

listen_directives() {
    echo "listen $GATEWAY_PORT default_server;"
    # Only if the machine has IPv6.
    [[ ! -s /proc/net/if_inet6 ]] || echo "listen [::]:$GATEWAY_PORT default_server;"
}

# shellcheck disable=SC2034 # render_template reads NAME and SERVERS
upstreams() {
    local NAME SERVERS port
    for NAME in $(services); do
        SERVERS=
        for port in $(replica_ports "$NAME"); do
            SERVERS+="${SERVERS:+$'\n    '}server 127.0.0.1:$port max_fails=1 fail_timeout=10s;"
            SERVERS+=$'\n    '"server 127.0.0.1:$port backup max_fails=0;"
        done
        render_template "$PROJECT/deploy/nginx/upstream.conf"
    done
}

prepare_nginx() {
    local from=$PROJECT/deploy/nginx to=$STATE/nginx file source settings
    write_if_changed "$to/nginx.conf" 644 "$(<"$PROJECT/nginx.conf")"
    for file in "$from"/snippets/*.conf; do
        source=$file
        # Another application does not use the dashboard's policy.
        [[ -z ${WEB_ROOT-} || $file != */content_security_policy.conf ]] || source=$from/content_security_policy.other.conf
        write_if_changed "$to/$(basename "$file")" 644 "$(<"$source")"
    done
    write_if_changed "$to/listen.conf" 644 "$(listen_directives)"
    settings=$("$from/settings.sh") || die "invalid settings of the gateway"
    write_if_changed "$to/settings.conf" 644 "$settings"
    write_if_changed "$to/upstreams.conf" 644 "$(upstreams)"
    for file in openapi.json openapi.yaml; do
        [[ ! -f $PROJECT/docs/$file ]] || write_if_changed "$to/www/$file" 644 "$(<"$PROJECT/docs/$file")"
    done
    # nginx reopens its standard output by name for the access log.
    install -o "$UNIX_USER" -m 640 /dev/null "$STATE/log/nginx-check.log"
    run_logged "checking nginx.conf" 20 nginx-check.log \
        "${AS_USER[@]}" "$NGINX" -t -p "$to/" -c "$to/nginx.conf"
}

start_nginx() {
    local workers
    if ! program_runs nginx; then
        start_program start nginx nginx.log
    elif has_changed "$STATE/nginx"; then
        workers=$(nginx_workers)
        run_supervisorctl signal HUP nginx
        # Until then the old workers respond with the old configuration.
        wait_for "the new configuration of nginx" 15 nginx.log are_nginx_workers_replaced "$workers"
    fi
    wait_for nginx 15 nginx.log nginx_ready
}

# The workers that accept connections; the title of draining workers differs.
nginx_workers() {
    pgrep -P "$(program_pid nginx)" -f '^nginx: worker process$' || true
}

# are_nginx_workers_replaced WORKERS: whether only other workers accept connections.
are_nginx_workers_replaced() {
    local now
    now=$(nginx_workers)
    [[ $now ]] && ! grep -qxFf <(echo "$1") <<<"$now"
}

nginx_ready() {
    http_ok "http://127.0.0.1:$GATEWAY_PORT/health"
}

# Checks of the lists that name every service or every API prefix, for scripts/check-containers.
# shellcheck shell=bash
# shellcheck disable=SC2153 # common.sh sets PROJECT

KUBERNETES=$PROJECT/deploy/kubernetes

# Every service must be in every list.
check_lists() {
    local name port
    for name in $(services); do
        port=$(service_port "$name")
        grep -q "^  $name:\$" docker-compose.yml || die "$name is not in docker-compose.yml"
        grep -q "server $name:$port resolve" deploy/nginx/upstreams.compose.conf ||
            die "$name is not in deploy/nginx/upstreams.compose.conf with the port $port"
        grep -q "names: \[$name\], type: A, port: $port," deploy/monitoring/prometheus.yml ||
            die "$name is not in deploy/monitoring/prometheus.yml with the port $port"
        grep -q "\"$name\"" deploy/monitoring/alerts.yml || die "$name is not in deploy/monitoring/alerts.yml"
        require_in "$name" "location = /health/$name +\{ proxy_pass http://$name/health/ready; \}" nginx.conf
        require_in "$name" "^    \"~\(\^\|, \)$name\\$\" +$name;" deploy/nginx/snippets/error_texts.conf
        [[ -d $KUBERNETES/services/$name ]] || die "$name is not in deploy/kubernetes/services"
        grep -q "^upstream $name " "$KUBERNETES/gateway/upstreams.conf" ||
            die "$name is not in deploy/kubernetes/gateway/upstreams.conf"
        check_identity "$name" postgres Pool
        check_identity "$name" rabbitmq Broker
    done
}

# check_identity NAME SERVER TYPE: a service that holds this type connects to the server with its
# own user, named after it, in every list of users, grants and passwords; other services have none.
check_identity() {
    local name=$1 server=$2
    if ! grep -rqE "\b$3::new\(" "services/$name/src"; then
        ! service_has_section "$name" "$server" || die "$name does not use $server but has a user there"
        return 0
    fi
    grep -A 1 -x "\[$server\]" "services/$name/defaults.toml" | grep -qx "user = \"$name\"" ||
        die "services/$name/defaults.toml does not set its own user in [$server]"
    case $server in
        postgres)
            require_in "$name" "^    roles CONSTANT text := '.*\b$name\b" crates/cli/src/privileges.sql
            require_in "$name" "{ name: $name, ensure: present" "$KUBERNETES/data/postgres.yaml"
            ;;
        rabbitmq)
            require_in "$name" "\"name\": \"$name\", \"password\"" deploy/rabbitmq/definitions.json
            require_in "$name" "\"user\": \"$name\"" deploy/rabbitmq/definitions.json
            require_in "$name" "userReference: { name: $name }" "$KUBERNETES/data/rabbitmq-users.yaml"
            ;;
    esac
    require_in "$name" "\(\"$name\", \"${server}_password\"" crates/cli/src/secrets.rs
    require_in "$name" "secrets-$name:/run/secrets/own:ro" docker-compose.yml
    require_in "$name" "$server-access" "$KUBERNETES/services/$name/kustomization.yaml"
}

# require_in NAME PATTERN FILE
require_in() {
    grep -qE -e "$2" "$3" || die "$1 is missing in $3 ($2)"
}

# Every API prefix of nginx.conf must be in ingress.yaml, once with its service and once with the
# gateway, which verifies API keys.
check_routes() {
    local ingress=$KUBERNETES/ingress.yaml prefix name routes
    routes=$(sed -nE 's#^ *location (/api/[a-z_]+)/? .*proxy_pass http://([a-z-]+)/.*#\1 \2#p' nginx.conf)
    diff -u --label "expected from nginx.conf" --label deploy/kubernetes/ingress.yaml \
        <(while read -r prefix name; do printf '%s %s\n' "$prefix" "$name" "$prefix" gateway; done <<<"$routes" | sort) \
        <(sed -nE 's#^ *- \{ path: (/api/[a-z_]+), .* service: \{ name: ([a-z-]+), .*#\1 \2#p' "$ingress" | sort) ||
        die "the prefixes of nginx.conf and deploy/kubernetes/ingress.yaml differ"
}

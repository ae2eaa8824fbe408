# Checks that the ports of the instance are free.
# shellcheck shell=bash

# Lines "port purpose".
required_ports() {
    local name port
    echo "$GATEWAY_PORT the gateway"
    echo "$POSTGRES_PORT PostgreSQL"
    echo "$EPMD_PORT epmd"
    echo "$RABBITMQ_PORT RabbitMQ"
    echo "$RABBITMQ_DIST_PORT RabbitMQ distribution"
    echo "$RABBITMQ_MANAGEMENT_PORT RabbitMQ management"
    echo "$ES_PORT Elasticsearch"
    echo "$ES_TRANSPORT_PORT Elasticsearch transport"
    [[ $COLLECTION != simulator ]] || echo "$SIMULATOR_PORT fake-youtube"
    for name in $(services); do
        for port in $(replica_ports "$name"); do
            echo "$port $name"
        done
    done
}

check_ports() {
    local own port what holder conflicts=0
    own=" $(instance_pids | paste -sd ' ') "
    while read -r port what; do
        # users:(("nginx",pid=12,fd=5),…)
        holder=$(ss -Hltnp "sport = :$port" | grep -o '"[^"]*",pid=[0-9]*' | head -n 1) || true
        if [[ $holder && $own != *" ${holder##*=} "* ]]; then
            echo "error: port $port ($what) is in use by ${holder/,/, }" >&2
            conflicts=1
        fi
    done < <(required_ports)
    ((!conflicts)) || die "free these ports, or set STACK_PORT_OFFSET, which is added to every port"
}

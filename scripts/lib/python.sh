# The measuring tools in Python, beside this file.
# shellcheck shell=bash

# stack_tool NAME OPTION...: runs the tool scripts/lib/NAME on this instance.
stack_tool() {
    local name=$1
    shift
    supervisor_runs || die "no instance runs in $STATE: scripts/up brings it up"
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$PROJECT/scripts/lib/python \
        python3 "$PROJECT/scripts/lib/$name" --project "$PROJECT" --state "$STATE" \
        --gateway "http://127.0.0.1:$GATEWAY_PORT" --elasticsearch-port "$ES_PORT" \
        --postgres-port "$POSTGRES_PORT" --management-port "$RABBITMQ_MANAGEMENT_PORT" \
        --programs "$(postgres_bin)" "$@"
}

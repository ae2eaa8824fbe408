# The instance's RabbitMQ node.
# shellcheck shell=bash

# shellcheck disable=SC2034 # render_template reads these variables
prepare_rabbitmq() {
    local from=$PROJECT/deploy/rabbitmq to=$STATE/rabbitmq secrets=$STATE/secrets
    local PASSWORD OPERATOR_PASSWORD PREDICT_PASSWORD AI_WORKER_PASSWORD
    PASSWORD=$(<"$secrets/rabbitmq_password")
    OPERATOR_PASSWORD=$(<"$secrets/rabbitmq_operator_password")
    PREDICT_PASSWORD=$(<"$secrets/predict/rabbitmq_password")
    AI_WORKER_PASSWORD=$(<"$secrets/ai-worker/rabbitmq_password")
    write_if_changed "$to/rabbitmq.conf" 644 "$(render_template "$from/rabbitmq.conf")"
    write_if_changed "$to/definitions.json" 600 "$(render_template "$from/definitions.json")"
    write_if_changed "$to/env" 644 "$(render_template "$from/env")"
    # Override the files in /etc/rabbitmq.
    write_if_changed "$to/enabled_plugins" 644 '[rabbitmq_management].'
    write_if_changed "$to/advanced.config" 644 '[].'
}

# Sends the protocol header of AMQP 0-9-1; a running node responds with a frame, whose first byte is 1.
rabbitmq_ready() (
    exec 3<>"/dev/tcp/127.0.0.1/$RABBITMQ_PORT" &&
        printf 'AMQP\0\0\11\1' >&3 &&
        IFS= read -r -N 1 -t 2 first <&3 &&
        [[ $first == $'\x01' ]]
)

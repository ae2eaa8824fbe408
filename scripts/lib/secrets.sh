# The secrets of the instance, generated once. Besides these, each service has its own password
# for each server it uses.
# shellcheck shell=bash

# A line is a name and, optionally, a prefix of the random part.
SECRETS=(
    "postgres_password"
    "rabbitmq_password"
    "rabbitmq_operator_password"
    "token_keys k1:"
    "password_key"
)

make_secrets() {
    local secret name server
    for secret in "${SECRETS[@]}"; do
        # shellcheck disable=SC2086 # a name and an optional prefix
        make_secret $secret
    done
    for name in $(services); do
        for server in postgres rabbitmq; do
            service_has_section "$name" "$server" || continue
            install -d -o "$UNIX_USER" -g "$UNIX_USER" -m 700 "$STATE/secrets/$name"
            make_secret "$name/${server}_password"
        done
    done
}

# make_secret NAME [PREFIX]
make_secret() {
    local file=$STATE/secrets/$1
    [[ -s $file ]] || write_if_changed "$file" 600 "${2-}$(openssl rand -hex 24)"
}

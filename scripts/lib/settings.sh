# The settings of the services and of the operator command: those that scripts/up determines, and
# those from its environment, which are stored for later starts. collector.sh has the settings of the
# collector.
# shellcheck shell=bash

STORED_SETTINGS=$STATE/settings-env

# Not settings: variables of docker-compose.yml and of tests.
OTHER_VARIABLES='^CREATETREND_(IMAGES|TAG|GATEWAY|SUPERVISOR)$'

# Addresses, ports, users and secrets, which cannot be changed. deploy/supervisor/service.conf sets
# CREATETREND_HTTP__HOST and CREATETREND_HTTP__PORT.
FIXED_SETTINGS="\
CREATETREND_POSTGRES__HOST=127.0.0.1
CREATETREND_POSTGRES__PORT=$POSTGRES_PORT
CREATETREND_POSTGRES__DATABASE=createtrend
CREATETREND_POSTGRES__USER=createtrend
CREATETREND_POSTGRES__PASSWORD_FILE=$STATE/secrets/postgres_password
CREATETREND_ELASTICSEARCH__URL=http://127.0.0.1:$ES_PORT
CREATETREND_RABBITMQ__HOST=127.0.0.1
CREATETREND_RABBITMQ__PORT=$RABBITMQ_PORT
CREATETREND_RABBITMQ__USER=createtrend
CREATETREND_RABBITMQ__VHOST=/
CREATETREND_RABBITMQ__PASSWORD_FILE=$STATE/secrets/rabbitmq_password
CREATETREND_TOKENS__KEYS_FILE=$STATE/secrets/token_keys
CREATETREND_PASSWORDS__KEY_FILE=$STATE/secrets/password_key"

# is_fixed NAME: also the settings that contain a secret instead of the path of its file.
is_fixed() {
    case $1 in
        CREATETREND_HTTP__HOST | CREATETREND_HTTP__PORT) ;;
        CREATETREND_POSTGRES__PASSWORD | CREATETREND_RABBITMQ__PASSWORD) ;;
        CREATETREND_TOKENS__KEYS | CREATETREND_PASSWORDS__KEY) ;;
        *) [[ $'\n'$FIXED_SETTINGS == *$'\n'"$1="* ]] ;;
    esac
}

# section_of_service NAME: prints the beginning of its own settings, if it has any.
section_of_service() {
    local section=${1//-/_}
    ! grep -qE "^\[${section}[].]" "$PROJECT/services/$1/defaults.toml" || echo "CREATETREND_${section^^}__"
}

# own_settings NAME: filters the lines of a service's own settings.
own_settings() {
    local section
    section=$(section_of_service "$1")
    [[ ! $section ]] || grep "^$section" || true
}

# Filters the lines of the settings of all services and of the operator command. A misspelled section is
# one of these: the programs report it.
common_settings() {
    local name sections=()
    for name in $(services); do
        mapfile -t -O ${#sections[@]} sections < <(section_of_service "$name")
    done
    grep -vE "^($(IFS='|' && echo "${sections[*]}"))|^\$" || true
}

# check_setting NAME VALUE: the shell reads common settings, supervisord all of them.
check_setting() {
    ! is_fixed "$1" || die "scripts/up sets $1: remove it from the environment and from $STORED_SETTINGS"
    if [[ $(common_settings <<<"$1=") ]]; then
        [[ $2 =~ ^[][A-Za-z0-9_.,:/=*@%+{}-]*$ ]] || die "$1 contains a character that needs quotes: $2"
    else
        [[ $2 != *[\"\\$'\n']* ]] || die "$1 contains a quote, a backslash or a line break: $2"
    fi
}

# Prints the settings of the environment, and those of earlier starts that it does not contain.
chosen_settings() {
    local name value line
    local -A chosen=()
    if [[ -f $STORED_SETTINGS ]]; then
        while IFS= read -r line; do
            [[ $line != *=* ]] || chosen[${line%%=*}]=${line#*=}
        done <"$STORED_SETTINGS"
    fi
    for name in $(compgen -e CREATETREND_); do
        value=${!name}
        [[ $name != CREATETREND_COLLECTOR__* && ! $name =~ $OTHER_VARIABLES ]] || continue
        # Those of scripts/up itself, as in a shell that has read this instance's env.
        [[ $'\n'$FIXED_SETTINGS$'\n' != *$'\n'"$name=$value"$'\n'* ]] || continue
        [[ $name != *_FILE ]] || value=$(realpath -m -- "$value")
        chosen[$name]=$value
    done
    for name in "${!chosen[@]}"; do
        check_setting "$name" "${chosen[$name]}"
        printf '%s=%s\n' "$name" "${chosen[$name]}"
    done | sort
}

# Services have the same settings with their own users and passwords, and their own sections
# (service_environment).
prepare_settings() {
    local common name origins
    CHOSEN_SETTINGS=$(chosen_settings)
    # The operator command does not accept the settings of services.
    for name in $(compgen -e CREATETREND_); do
        [[ $name == CREATETREND_COLLECTOR__* ]] || unset "$name"
    done
    common=$(common_settings <<<"$CHOSEN_SETTINGS")
    [[ $'\n'$common == *$'\n'CREATETREND_MODEL__FILE=* ]] ||
        common="CREATETREND_MODEL__FILE=$STATE/model.json${common:+$'\n'$common}"
    write_if_changed "$STATE/env" 644 "$FIXED_SETTINGS"$'\n'"$common"
    # deploy/nginx/settings.sh reads it.
    origins=$(sed -n 's/^CREATETREND_HTTP__CORS_ORIGINS=//p' <<<"$common")
    [[ ! $origins ]] || export CREATETREND_HTTP__CORS_ORIGINS="$origins"
    # For tests only: the management API, to create virtual hosts, and the services' passwords.
    write_if_changed "$STATE/test-env" 644 "\
TEST_SECRETS=$STATE/secrets
TEST_RABBITMQ_MANAGEMENT=http://127.0.0.1:$RABBITMQ_MANAGEMENT_PORT
TEST_RABBITMQ_OPERATOR_PASSWORD_FILE=$STATE/secrets/rabbitmq_operator_password
TEST_GATEWAY=http://127.0.0.1:$GATEWAY_PORT"
}

# Called after the services have started with them: rejected settings are not used again.
store_settings() {
    write_if_changed "$STORED_SETTINGS" 644 "$CHOSEN_SETTINGS"
}

#!/bin/sh
# Prints the gateway's settings.conf, made of the environment:
#   CREATETREND_HTTP__CORS_ORIGINS  as for the services: `*` or a comma-separated list
#   GATEWAY_TRUSTED_PROXIES         addresses and networks (CIDR) of load balancers whose
#                                   X-Forwarded-For is believed, comma-separated
# shellcheck disable=SC2016 # nginx expands these names
set -euf

refuse() {
    echo "settings.sh: $1" >&2
    exit 1
}

# list TEXT: one item a line.
list() {
    printf '%s\n' "$1" | tr ',' '\n' | sed 's/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d'
}

origins=$(list "${CREATETREND_HTTP__CORS_ORIGINS:-*}")
proxies=$(list "${GATEWAY_TRUSTED_PROXIES:-}")

echo '# Made by deploy/nginx/settings.sh.'
if printf '%s\n' "$origins" | grep -qxF '*'; then
    # Whatever the request: the header does not depend on Origin.
    echo 'map "" $cors_allow_origin { default "*"; }'
    echo 'map "" $cors_vary { default ""; }'
else
    echo 'map $http_origin $cors_allow_origin {'
    echo '    default "";'
    for origin in $origins; do
        # What is written into the file is a name and nothing else.
        printf '%s\n' "$origin" | grep -qxE 'null|[a-z][a-z0-9+.-]*://[][A-Za-z0-9._:-]+' ||
            refuse "CREATETREND_HTTP__CORS_ORIGINS: $origin is not an origin"
        printf '    "%s" "%s";\n' "$origin" "$origin"
    done
    echo '}'
    echo 'map "" $cors_vary { default Origin; }'
fi
echo 'map $cors_allow_origin $cors_expose_headers {'
echo '    "" "";'
echo '    default "age, cache-status, etag, retry-after, x-request-id";'
echo '}'

for proxy in $proxies; do
    printf '%s\n' "$proxy" | grep -qxE '[0-9A-Fa-f.:]+(/[0-9]{1,3})?' ||
        refuse "GATEWAY_TRUSTED_PROXIES: $proxy is neither an address nor a network"
    echo "set_real_ip_from $proxy;"
done
[ -z "$proxies" ] || printf 'real_ip_header X-Forwarded-For;\nreal_ip_recursive on;\n'

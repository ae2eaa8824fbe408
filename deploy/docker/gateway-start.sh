#!/bin/sh
# Generates settings.conf from the environment (deploy/nginx/settings.sh) and starts nginx. Of
# /gateway only tmp/ and bodies/ are writable; settings.conf is a link into tmp/.
set -eu
/gateway/settings.sh >/gateway/tmp/settings.conf
exec nginx -p /gateway/ -c /gateway/nginx.conf -g 'daemon off;'

#!/bin/sh
# Starts nginx with what the environment says (deploy/nginx/settings.sh). tmp/ is all of
# /gateway that can be written to; settings.conf is a link into it.
set -eu
/gateway/settings.sh >/gateway/tmp/settings.conf
exec nginx -p /gateway/ -c /gateway/nginx.conf -g 'daemon off;'

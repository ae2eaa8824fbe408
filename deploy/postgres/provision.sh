#!/bin/sh
# Run by the official image once it has made an empty cluster: role and database,
# as scripts/up makes them.
set -eu
psql -qX -v ON_ERROR_STOP=1 -U postgres -d postgres \
    -v password_file="$CREATETREND_PASSWORD_FILE" -f /etc/createtrend/provision.sql

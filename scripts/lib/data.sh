# Loads data into the database.
# shellcheck shell=bash

# The loaded data: lines "demo" and "demo DATE", a line per file, a line "sources".
LOADED=$STATE/loaded

fingerprint() {
    stat -c 'file %n %s %Y' -- "$1"
}

is_loaded() {
    grep -qxF -- "$1" "$LOADED" 2>/dev/null
}

has_demo_data() {
    grep -q '^demo' "$LOADED" 2>/dev/null
}

has_real_data() {
    grep -qv '^demo' "$LOADED" 2>/dev/null
}

# load_data FILE...: imports files that are not loaded yet. Without files and a key, loads the demo
# data into an empty database and reloads demo data of an earlier day.
load_data() {
    local file today fresh=() options=(--shift-to-now)
    today="demo $(date +%F)"
    for file in "$@"; do
        is_loaded "$(fingerprint "$file")" || fresh+=("$file")
    done
    if ((${#fresh[@]})); then
        ! has_demo_data ||
            log_step "The demo data is kept; to have only your data: scripts/down --purge, then scripts/up --data FILE"
        log_step "Importing ${fresh[*]}"
        # Collected data needs no time shift.
        [[ $COLLECTION != youtube ]] || options=()
        run_createtrend import "${fresh[@]}" ${options[@]+"${options[@]}"}
        # Written at the end: an interrupted load is repeated, which is safe.
        for file in "${fresh[@]}"; do fingerprint "$file"; done >>"$LOADED"
    elif [[ $COLLECTION != youtube ]] && ! has_real_data && ! is_loaded "$today"; then
        log_step "Loading today's demo data"
        # Written first: incomplete demo data must not be mixed with real data either.
        echo demo >"$LOADED"
        run_createtrend seed ${STACK_DEMO_SCALE:+--scale "$STACK_DEMO_SCALE"}
        log_step "Indexing"
        run_createtrend reindex
        echo "$today" >>"$LOADED"
    else
        [[ ! -s $LOADED ]] || log_step "Data is loaded already: $(paste -sd ',' "$LOADED")"
        # An index of an older schema version is not used.
        run_createtrend reindex --if-missing
    fi
}

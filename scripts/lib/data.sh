# Loads data into the database.
# shellcheck shell=bash

# The loaded data: lines "demo" and "demo DATE", a line "import" from the start of the first import, a
# line per file, a line "sources".
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

has_videos() {
    local report
    # Other checks may fail.
    report=$("${CREATETREND[@]}" doctor 2>&1) || true
    grep -q ' rows: [0-9]* videos' <<<"$report"
}

# Set by load_data if some rows of the files were not imported.
IMPORT_PROBLEM=

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
        # Written first: no demo data may be added to the rows of an interrupted import.
        is_loaded import || echo import >>"$LOADED"
        if (run_createtrend import "${fresh[@]}" ${options[@]+"${options[@]}"}); then
            # Written at the end: an interrupted load is repeated, which is safe.
            for file in "${fresh[@]}"; do fingerprint "$file"; done >>"$LOADED"
        elif has_videos; then
            # shellcheck disable=SC2034 # scripts/up reads it
            IMPORT_PROBLEM="CreateTrend runs, but not all rows were imported, see above"
        else
            sed -i '/^import$/d' "$LOADED"
            die "nothing was imported"
        fi
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

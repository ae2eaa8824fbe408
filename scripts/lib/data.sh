# Loads data into the database.
# shellcheck shell=bash

# The loaded data: a line "demo DATE", or a line per file.
LOADED=$STATE/loaded

fingerprint() {
    stat -c 'file %n %s %Y' -- "$1"
}

loaded() {
    grep -qxF -- "$1" "$LOADED" 2>/dev/null
}

# load_data FILE...: imports files that are not loaded yet. Without files, loads the demo data into an
# empty database and reloads demo data of an earlier day.
load_data() {
    local file today fresh=()
    today="demo $(date +%F)"
    for file in "$@"; do
        loaded "$(fingerprint "$file")" || fresh+=("$file")
    done
    if ((${#fresh[@]})); then
        ! grep -q '^demo' "$LOADED" 2>/dev/null ||
            step "The demo data is kept; to have only your data: scripts/down --purge, then scripts/up --data FILE"
        step "Importing ${fresh[*]}"
        operator import "${fresh[@]}" --shift-to-now
    elif [[ ! -s $LOADED ]] || { grep -q '^demo' "$LOADED" && ! loaded "$today"; }; then
        step "Loading today's demo data"
        operator seed ${STACK_DEMO_SCALE:+--scale "$STACK_DEMO_SCALE"}
        step "Indexing"
        operator reindex
    else
        step "Data is loaded already: $(paste -sd ',' "$LOADED")"
        # An index of an older schema version is not used.
        operator reindex --if-missing
        return
    fi
    # Written at the end: an interrupted load is repeated, which is safe.
    if ((${#fresh[@]})); then
        for file in "${fresh[@]}"; do fingerprint "$file"; done >>"$LOADED"
    else
        echo "$today" >"$LOADED"
    fi
}
